/* seen.h - the places of a search that were searched in vain. Private to this room. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proof/search.h"

typedef struct {
    int64_t  sums[LINES_MAX];
    uint64_t state;
    uint32_t node;
    uint32_t search; /* which it belongs to; of another one: empty */
} seen_place;

/* Start with {0}; free with seen_free(). */
typedef struct {
    seen_place *places;
    size_t      size; /* a power of two */
    size_t      count;
    uint32_t    search;
} seen_set;

/* Empties it for another search. False where memory is out. */
bool seen_clear(seen_set *held);
void seen_free(seen_set *unwanted);

/* Adds a place; *was where it was there already. False where memory is out. */
bool seen_add(seen_set *held, seen_place place, bool *was);
