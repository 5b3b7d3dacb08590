/* search.h - whether ratings exist that meet some conditions: exact, or undecided. Private to this
 * room.
 *
 * grading.md 6 asks of ratings only sums and counts: score >= threshold is
 * sum of weight x (1000 points - threshold) >= 0, coverage likewise, and a requirement counts. So a
 * question is up to three sums with a least each, and which counts will do. For every criterion on
 * and every count so far the greatest and the least that the rest can add to each sum are found by
 * dynamic programming, from the last criterion back; the search then goes forward, along what can
 * still reach its end, and never twice through the same sums and counts. */
#pragma once

#include <time.h>

#include "proof/domain.h"

enum { LINES_MAX = 3 };

/* Sum of value[criterion * OUTCOMES + outcome], to be at least `least`. */
typedef struct {
    const int64_t *value;
    int64_t        least;
} search_line;

typedef struct {
    const uint16_t *allowed; /* [criterion]: outcomes */
    search_line     lines[LINES_MAX];
    size_t          line_count;
    const uint8_t  *accept; /* [count state]; see search_states() */
    size_t          moving; /* a criterion that is to be able to have all outcomes of `moves` in one
                                 world; its value and its count are left to who asks. SIZE_MAX: none */
    uint16_t        moves;
} search_question;

typedef enum { SEARCH_NO, SEARCH_YES, SEARCH_UNDECIDED, SEARCH_NO_MEMORY } search_answer;

/* Whether either of two questions is answered with yes; no, where both are answered with no. */
static inline search_answer search_either(search_answer one, search_answer other)
{
    if (one == SEARCH_YES || other == SEARCH_YES)
        return SEARCH_YES;
    return one > other ? one : other;
}

typedef struct search search;

/* When `milliseconds` from now are over. */
struct timespec search_end(unsigned milliseconds);

/* `ends`: when to give up. NULL where memory is out, or where the requirements count so many levels
 * that no search is possible (*too_many). */
search *search_new(const domain *domain, const struct timespec *ends, bool *too_many);
void    search_free(search *search); /* takes NULL */

/* How many states of counts there are: how many weighted criteria are rated at each level that
 * requirements count, as far as they can tell the difference. */
size_t search_states(const search *search);
/* The counts of a state: [level]. Levels that are not counted are 0. */
void search_counts(const search *search, size_t state, unsigned counted[LEVELS_MAX]);

/* SEARCH_YES: `chosen` [criterion] has the outcomes; that of `moving` means nothing. */
search_answer search_ask(search *search, const search_question *question, uint8_t *chosen);

/* Questions asked from now on are given up early: for somebody who has others to ask that may do as well. */
void search_hurry(search *search, bool hurry);

/* True once the time is up: every question is then undecided. */
bool search_is_over(const search *search);
