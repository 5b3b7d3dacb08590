/* spelling.h - a dictionary from the ways a thing is written to a small number. */
#pragma once

#include <stdint.h>

#include "base/text.h"

enum { SPELLING_NONE = -1 };

/* What counts as the same spelling. */
typedef enum {
    SPELLING_NAME, /* text_fold_name(): levels, choices */
    SPELLING_CASE  /* text_fold(): the values of applies_if */
} spelling_kind;

/* Read-only once filled; then safe on any thread. */
typedef struct spelling_table spelling_table;

/* NULL where memory is out. Free with spelling_free(), which takes NULL. */
spelling_table *spelling_new(spelling_kind kind);
void            spelling_free(spelling_table *table);

typedef enum { SPELLING_ADDED, SPELLING_TAKEN, SPELLING_UNREADABLE, SPELLING_NO_MEMORY } spelling_result;

/* Adds a spelling for `value` (0..250). SPELLING_TAKEN where it stands for another value
 * already; adding the same pair twice is SPELLING_ADDED. SPELLING_UNREADABLE: empty, not UTF-8
 * or over 1024 bytes. */
spelling_result spelling_add(spelling_table *table, text spelling, uint8_t value);

/* The value of a spelling, or SPELLING_NONE. */
int spelling_find(const spelling_table *table, text spelling);

/* True where both tables read every text as the same value. */
bool spelling_same(const spelling_table *a, const spelling_table *b);
