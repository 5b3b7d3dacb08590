/* reach.h - what can still be added to a sum on the way to the end of a record. Private to this room. */
#pragma once

#include "proof/counts.h"
#include "proof/paths.h"
#include "proof/search.h"

/* Where a sum cannot be carried on from; one may be added to it. */
#define REACH_NEVER (INT64_MIN / 4)

/* A question on its way. */
typedef struct {
    const paths           *paths;
    const search_question *question;
    counts                 counts;   /* as far as they tell a difference to the question */
    uint8_t               *accepted; /* [state] */
} reaching;

/* The outcomes to choose from at a node. The criterion that moves has one: left out. */
unsigned reach_outcomes(const reaching *at, size_t from);

/* What an outcome adds to a sum: of the criterion that moves nothing. */
static inline int64_t reach_value(const reaching *at, const int64_t *value, size_t c,
                                  size_t outcome)
{
    return c == at->question->moving ? 0 : value[c * OUTCOMES + outcome];
}

/* [state]: the state after an outcome; NULL: the same. The criterion that moves is not counted. */
const uint32_t *reach_after(const reaching *at, size_t c, size_t outcome);

/* The greatest that can still be added to the sum of `value` from each node and state on, to a state that
 * is accepted: table[node * states + state], by dynamic programming from the end back. `sign` -1: the
 * greatest of the sum's negative. */
void reach_fill(const reaching *at, const int64_t *value, int sign, int64_t *table);

/* The greatest of the sum of a x one + b x other, whatever the counts: never under what they allow, and found
 * without a table. */
int64_t reach_at_most(const reaching *at, const int64_t *one, int64_t a, const int64_t *other,
                      int64_t b);
