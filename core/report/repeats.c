#include "report/repeats.h"

#include <stdlib.h>

enum { CAPACITY_FIRST = 1024 };

/* FNV-1a; never 0. */
static uint64_t hash_of(text value)
{
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < value.size; i++) {
        const unsigned char byte = (unsigned char)value.at[i];
        hash ^= byte >= 'A' && byte <= 'Z' ? byte | 0x20U : byte;
        hash *= 1099511628211U;
    }
    return hash != 0 ? hash : 1;
}

/* The slot of the hash, or the free one where it would go. At most half of them are taken. */
static uint64_t *slot_of(uint64_t *slots, size_t capacity, uint64_t hash)
{
    size_t at = (size_t)(hash ^ (hash >> 32)) & (capacity - 1);
    while (slots[at] != 0 && slots[at] != hash) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

static bool grow(repeats *to)
{
    const size_t capacity = to->capacity == 0 ? CAPACITY_FIRST : 2 * to->capacity;
    uint64_t    *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < to->capacity; i++) {
        if (to->slots[i] != 0) {
            *slot_of(slots, capacity, to->slots[i]) = to->slots[i];
        }
    }
    free(to->slots);
    to->slots = slots;
    to->capacity = capacity;
    return true;
}

bool repeats_add(repeats *to, text value, bool *before)
{
    if (2 * to->count >= to->capacity && !grow(to)) {
        return false;
    }
    const uint64_t hash = hash_of(value);
    uint64_t      *slot = slot_of(to->slots, to->capacity, hash);
    *before = *slot != 0;
    if (!*before && to->count == REPEATS_MAX) {
        to->full = true;
    } else if (!*before) {
        *slot = hash;
        to->count++;
    }
    return true;
}

void repeats_free(repeats *unwanted)
{
    free(unwanted->slots);
    *unwanted = (repeats){0};
}
