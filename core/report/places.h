/* places.h - how often something was found, and the first places. Of records check. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum {
    PLACES_KEPT = 20,  /* examples kept of each thing found */
    DISTINCT_KEPT = 12 /* different values kept of a field; likewise unknown practice areas */
};

/* Where something was found. */
typedef struct {
    uint64_t    line;
    const char *said; /* the cell as it stands, or what is wrong; "" where that says nothing */
} place;

typedef struct {
    uint64_t count;
    size_t   kept;
    place    first[PLACES_KEPT];
} places;

/* `said` is kept as it is passed: it lives as long as the places. */
void places_add(places *to, uint64_t line, const char *said);

/* A text and how often it was found. */
typedef struct {
    const char *said; /* shortened to 60 bytes */
    uint64_t    count;
    uint64_t    first_line;
} distinct;

typedef struct {
    distinct kept[DISTINCT_KEPT]; /* in the order found */
    size_t   count;
    uint64_t others; /* records with values not kept */
    uint64_t others_first_line;
} distinct_values;

/* Counts a value; letter case makes no difference. False where memory is out. */
bool distinct_add(distinct_values *to, text value, uint64_t line, arena *memory);
