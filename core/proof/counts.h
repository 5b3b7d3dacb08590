/* counts.h - how many weighted criteria are rated at each level that requirements count. Private to this
 * room.
 *
 * A state is a number for all counts together, and the counts are kept only as far as they can tell
 * the difference: first for the rubric, beyond the greatest that any of its requirements allows; then for
 * one question, as far as its answer can hang on them. */
#pragma once

#include "proof/domain.h"

typedef struct {
    size_t states;
    size_t sizes[LEVELS_MAX];   /* how many values a level's count has; 1 or 0: it is not counted */
    size_t strides[LEVELS_MAX]; /* of a count in a state */
    uint32_t *after[LEVELS_MAX]; /* [state]: with one more of that level; NULL: the same */
} counts;

/* False where memory is out, or, *too_many, where the requirements count so many levels that their states
 * cannot be kept. */
bool counts_make(counts *out, const domain *domain, arena *memory, bool *too_many);

/* The counts of a state of counts_make(): [level]. Levels that are not counted are 0. */
void counts_of(const counts *held, size_t state, unsigned counted[LEVELS_MAX]);

/* For a question that accepts some states and others not: those of `accept` [state] are alike as far as
 * what may come leads to the same. accepted [state of `out`] has room for one more than `whole` has. False
 * where memory is out. */
bool counts_narrow(counts *out, const counts *whole, const uint8_t *accept, uint8_t *accepted,
                   arena *memory);
