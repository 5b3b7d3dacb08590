/* spelling.c - a hash table of folded spellings, open addressing.
 *
 * It is asked once for each cell of a level or a choice, so keys are kept and compared as words of
 * eight bytes, and short plain text is folded eight bytes at a time. */
#include "base/spelling.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORD = 8,
    KEY_MAX = 1024, /* bytes of a folded spelling; a longer cell is none that a rubric lists */
    SHORT_KEY = 4 * WORD, /* bytes that fold_words() takes */
    FIRST_SLOTS = 16
};

/* A folded spelling: its bytes, the first in the lowest bits, the last word filled up with 0. */
typedef struct {
    size_t   size;
    uint64_t words[KEY_MAX / WORD];
} spelling_key;

typedef struct {
    uint64_t *words; /* NULL: free */
    uint32_t  size;  /* bytes */
    uint32_t  hash;
    uint8_t   value;
} slot;

struct spelling_table {
    spelling_kind kind;
    slot         *slots;
    size_t        slot_count; /* a power of two, at least twice `count` */
    size_t        count;
};

/* ---- Keys ------------------------------------------------------------------ */

static size_t word_count(size_t size)
{
    return (size + WORD - 1) / WORD;
}

/* 1 to 8 bytes, the first in the lowest bits. */
static inline uint64_t load(const char *at, size_t size)
{
    uint64_t word = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (size == WORD) {
        memcpy(&word, at, WORD);
        return word;
    }
    if (size >= 4) { /* the two halves overlap, and agree where they do */
        uint32_t low, high;
        memcpy(&low, at, 4);
        memcpy(&high, at + size - 4, 4);
        return low | (uint64_t)high << (size - 4) * 8;
    }
#endif
    for (size_t i = 0; i < size; i++)
        word |= (uint64_t)(unsigned char)at[i] << i * 8;
    return word;
}

/* Masks have the top bit of each byte that is meant. Every byte that is asked about is
 * under 0x80, so that no sum carries into the next. */
#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))
#define TOP_BITS        EACH_BYTE(0x80)

static inline uint64_t bytes_from(uint64_t word, unsigned lowest)
{
    return (word + EACH_BYTE(0x80 - lowest)) & TOP_BITS;
}

static inline uint64_t bytes_equal(uint64_t word, unsigned byte)
{
    return bytes_from(word, byte) & ~bytes_from(word, byte + 1);
}

/* What text_fold() or text_fold_name() gives, for the short plain text that nearly every cell
 * is. False where it takes the long way: not ASCII, control characters, two separators in a row.
 * `value` is trimmed and has 1 to SHORT_KEY bytes. */
static inline bool fold_words(spelling_kind kind, text value, uint64_t *words)
{
    uint64_t before = 0; /* 1: the last byte of the word before is a separator */
    for (size_t at = 0; at < value.size; at += WORD) {
        const size_t   size = value.size - at < WORD ? value.size - at : WORD;
        const uint64_t used = UINT64_MAX >> (WORD - size) * 8;
        /* 0x7F in the bytes behind the end: no letter, no separator, no control. */
        uint64_t word = load(value.at + at, size) | (EACH_BYTE(0x7F) & ~used);
        if ((word & TOP_BITS) != 0 || bytes_from(word, ' ') != TOP_BITS)
            return false;
        word |= (bytes_from(word, 'A') & ~bytes_from(word, 'Z' + 1)) >> 2; /* 0x20 */
        if (kind == SPELLING_NAME) {
            const uint64_t separators =
                bytes_equal(word, ' ') | bytes_equal(word, '-') | bytes_equal(word, '_');
            if ((separators & (separators << 8 | before)) != 0)
                return false;
            before = separators >> 63 << 7;
            const uint64_t whole = (separators >> 7) * 0xFF;
            word = (word & ~whole) | (EACH_BYTE('_') & whole);
        }
        words[at / WORD] = word & used;
    }
    return true;
}

/* Any text. False where it has no folded form of 1 to KEY_MAX bytes. */
static bool fold_any(spelling_kind kind, text value, spelling_key *key)
{
    char         folded[KEY_MAX];
    const size_t size = kind == SPELLING_NAME ? text_fold_name(value, folded, sizeof folded)
                                              : text_fold(value, folded, sizeof folded);
    if (size == SIZE_MAX || size == 0)
        return false;
    for (size_t at = 0; at < size; at += WORD)
        key->words[at / WORD] = load(folded + at, size - at < WORD ? size - at : WORD);
    key->size = size;
    return true;
}

static bool make_key(spelling_kind kind, text value, spelling_key *key)
{
    value = text_trim(value);
    if (value.size == 0)
        return false;
    key->size = value.size;
    if (value.size <= SHORT_KEY && fold_words(kind, value, key->words))
        return true;
    return fold_any(kind, value, key);
}

/* The multiplier is 2^64 divided by the golden ratio (D. Knuth, The Art of Computer
 * Programming 3, 6.4). */
static uint32_t hash_of(const spelling_key *key)
{
    uint64_t hash = key->size;
    for (size_t i = 0; i < word_count(key->size); i++) {
        hash = (hash ^ key->words[i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

/* ---- The table -------------------------------------------------------------- */

spelling_table *spelling_new(spelling_kind kind)
{
    spelling_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return NULL;
    table->kind = kind;
    table->slot_count = FIRST_SLOTS;
    table->slots = calloc(FIRST_SLOTS, sizeof *table->slots);
    if (table->slots == NULL) {
        free(table);
        return NULL;
    }
    return table;
}

void spelling_free(spelling_table *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->slot_count; i++)
        free(table->slots[i].words);
    free(table->slots);
    free(table);
}

static bool holds(const slot *at, const spelling_key *key, uint32_t hash)
{
    if (at->hash != hash || at->size != key->size)
        return false;
    for (size_t i = 0; i < word_count(key->size); i++) {
        if (at->words[i] != key->words[i])
            return false;
    }
    return true;
}

/* The slot that holds the key, or the free one where it belongs. */
static slot *find_slot(const spelling_table *table, const spelling_key *key, uint32_t hash)
{
    size_t at = hash & (table->slot_count - 1);
    while (table->slots[at].words != NULL && !holds(&table->slots[at], key, hash))
        at = (at + 1) & (table->slot_count - 1);
    return &table->slots[at];
}

static bool grow(spelling_table *table)
{
    const size_t slot_count = table->slot_count * 2;
    slot        *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < table->slot_count; i++) {
        if (table->slots[i].words == NULL)
            continue;
        size_t at = table->slots[i].hash & (slot_count - 1);
        while (slots[at].words != NULL)
            at = (at + 1) & (slot_count - 1);
        slots[at] = table->slots[i];
    }
    free(table->slots);
    table->slots = slots;
    table->slot_count = slot_count;
    return true;
}

spelling_result spelling_add(spelling_table *table, text spelling, uint8_t value)
{
    spelling_key key;
    if (!make_key(table->kind, spelling, &key))
        return SPELLING_UNREADABLE;

    const uint32_t hash = hash_of(&key);
    slot          *at = find_slot(table, &key, hash);
    if (at->words != NULL)
        return at->value == value ? SPELLING_ADDED : SPELLING_TAKEN;

    if ((table->count + 1) * 2 > table->slot_count) {
        if (!grow(table))
            return SPELLING_NO_MEMORY;
        at = find_slot(table, &key, hash);
    }
    const size_t size = word_count(key.size) * WORD;
    uint64_t    *words = malloc(size);
    if (words == NULL)
        return SPELLING_NO_MEMORY;
    memcpy(words, key.words, size);
    *at = (slot){.words = words, .size = (uint32_t)key.size, .hash = hash, .value = value};
    table->count++;
    return SPELLING_ADDED;
}

int spelling_find(const spelling_table *table, text spelling)
{
    spelling_key key;
    if (!make_key(table->kind, spelling, &key))
        return SPELLING_NONE;
    const slot *at = find_slot(table, &key, hash_of(&key));
    return at->words == NULL ? SPELLING_NONE : at->value;
}

static bool is_in(const slot *one, const spelling_table *table)
{
    size_t at = one->hash & (table->slot_count - 1);

    for (; table->slots[at].words != NULL; at = (at + 1) & (table->slot_count - 1))
        if (table->slots[at].hash == one->hash && table->slots[at].size == one->size &&
            memcmp(table->slots[at].words, one->words, word_count(one->size) * WORD) == 0)
            return table->slots[at].value == one->value;
    return false;
}

bool spelling_same(const spelling_table *a, const spelling_table *b)
{
    if (a->kind != b->kind || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->slot_count; i++)
        if (a->slots[i].words != NULL && !is_in(&a->slots[i], b))
            return false;
    return true;
}
