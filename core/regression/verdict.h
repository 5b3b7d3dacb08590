/* verdict.h - how lists of verdicts are made. Private to this room. */
#pragma once

#include "origin/origin.h"
#include "regression/regression.h"

/* Verdicts that were made together, and their strings. */
struct verdict_block {
    verdict          *items;
    size_t            count;
    size_t            first; /* index of items[0] in its list */
    bool              disordered; /* as of a list; so the next */
    uint64_t          repeated;
    const yardstick **by; /* of verdict_block_of(): what its verdicts are by, in the order met */
    size_t            by_count;
    arena             memory;
};

/* What turns batches into blocks. */
typedef struct {
    const yardstick *yardsticks; /* of the rubrics that may grade */
    size_t           yardstick_count;
    const uint8_t     *key; /* 32 bytes: hash what the record says in these fields; NULL: not */
    const char *const *fields;
    size_t             field_count;
} verdict_maker;

/* A yardstick for every rubric of the side. NULL where memory is out. */
yardstick *yardsticks_of(const grading_side *side, size_t *count, arena *memory);
bool       yardstick_fold(yardstick *out, arena *memory);
bool       yardstick_make(yardstick *out, const rubric *of, arena *memory);

/* The verdicts of a batch; NULL where memory is out. Thread-safe. */
verdict_block *verdict_block_of(const verdict_maker *maker, const graded_batch *batch);
void           verdict_block_free(verdict_block *block); /* takes NULL */

/* Sees whether a block that is whole is in order. */
void verdict_block_look(verdict_block *block);

/* Adds a block that was looked through; it is the list's from then on, also where memory is out (false). */
bool verdicts_add(verdict_list *list, verdict_block *block);

/* The verdicts of a list by audit id, records of one id as they stand. NULL where memory is out. For the
 * caller to free. */
const verdict **verdicts_order(const verdict_list *list);

/* The outcome's word for a level or one of OUTCOME_. */
const char *outcome_word(const yardstick *by, uint8_t outcome);

/* The outcome as people are shown it: the label of its level, or "Insufficient evidence". */
const char *verdict_shown(const verdict *of);

/* Told of every block that a list grew by, one after another, on any thread. May be {0}. */
typedef struct {
    void (*grown)(void *user);
    void *user;
} list_watch;

/* verdicts_grade() with somebody who watches. */
bool verdicts_grade_watched(verdict_list *out, const grading_side *side, const diff_inputs *inputs,
                            const row_hashing *hashing, const list_watch *watch,
                            grade_totals *totals, error_list *errors);

/* Opens input `i` and grades it into a sink. */
bool side_grade(const grading_side *side, const diff_inputs *inputs, size_t i,
                const kept_cells *keep, const grade_sink *sink, grade_totals *totals,
                error_list *errors);
