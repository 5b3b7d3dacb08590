/* memo.h - what the short texts of a column were read as, remembered.
 *
 * A column of levels holds the same few texts over and over. Each is read once; after that
 * its bytes are compared with those remembered, 24 at a time, and that is all. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    MEMO_ENTRIES = 256, /* one for each value of a byte */
    MEMO_SIZE_MAX = 23  /* bytes of a text that is remembered; the 24th is its size */
};

typedef struct {
    uint64_t words[3];
} memo_key;

typedef struct {
    memo_key key;
    uint8_t  value;
    uint8_t  status;
} memo_entry;

/* The last word of a free entry's key: its size is that of no text. */
#define MEMO_FREE UINT64_MAX

/* Start with memo_clear(). One thread at a time. */
typedef struct {
    memo_entry entries[MEMO_ENTRIES];
} memo;

static inline void memo_clear(memo *known)
{
    for (size_t i = 0; i < MEMO_ENTRIES; i++) {
        known->entries[i] = (memo_entry){.key = {{0, 0, MEMO_FREE}}};
    }
}

static inline uint64_t memo_load(const void *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The key of `size` bytes, at most MEMO_SIZE_MAX; 24 bytes are readable at `bytes`. */
static inline memo_key memo_key_of(const char *bytes, size_t size)
{
    /* 24 bytes from 24 - size on: as many of them are kept as the text has. */
    static const unsigned char kept[48] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                           0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                           0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    const unsigned char       *mask = kept + 24 - size;
    return (memo_key){{memo_load(bytes) & memo_load(mask),
                       memo_load(bytes + 8) & memo_load(mask + 8),
                       (memo_load(bytes + 16) & memo_load(mask + 16)) ^ (uint64_t)size << 56}};
}

static inline bool memo_is(const memo_entry *entry, const memo_key *key)
{
    return ((entry->key.words[0] ^ key->words[0]) | (entry->key.words[1] ^ key->words[1]) |
            (entry->key.words[2] ^ key->words[2])) == 0;
}

/* The entry of a key, or the one where it is to be put. There are two places for each key, for
 * two texts that alternate in one place would never be found. */
static inline memo_entry *memo_place(memo *known, const memo_key *key)
{
    /* Odd numbers without a pattern; the upper bits of the products mix best. */
    uint64_t mixed = key->words[0] * UINT64_C(0x9E3779B97F4A7C15) ^
                     key->words[1] * UINT64_C(0xC2B2AE3D27D4EB4F) ^
                     key->words[2] * UINT64_C(0x165667B19E3779F9);
    memo_entry *first = &known->entries[mixed >> 56];
    if (memo_is(first, key) || first->key.words[2] == MEMO_FREE) {
        return first;
    }
    memo_entry *second = &known->entries[mixed >> 56 ^ 1];
    return memo_is(second, key) || second->key.words[2] == MEMO_FREE ? second : first;
}
