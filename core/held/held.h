/* held.h - records graded once and kept as columns, so that they can be graded again under an
 * edited rubric without being read again.
 *
 * A sink takes whatever grades records; what it was given is then joined to one batch, in input
 * order, each array in one piece. Grading again is what core/grading does with a batch, with the
 * values at hand: only a criterion whose rating rule was edited is rated anew. */
#pragma once

#include "grading/grading.h"

/* ---- Keeping ---------------------------------------------------------------- */

/* Start with {0}. Rubrics that grade must outlive it. */
typedef struct {
    graded_batch       batch;  /* every record of every input, once joined. Its groups are those
                                  of the rubrics, in the order in which records met them;
                                  groups[].rows are the records, rising. A record of a group that
                                  failed belongs to no group. `input` is "" */
    const char *const *inputs; /* names, in the order read */
    size_t             input_count;
    const uint32_t    *input; /* [record]: index into inputs */
    struct held_keep  *keep;  /* private */
} held_records;

/* A sink that keeps all that it is given in `held`. One sink takes any number of inputs, one after
 * the other, each graded by grade_input(). False where memory is out; held_free() either way. */
bool held_sink(held_records *held, grade_sink *out);

/* Makes `batch` and `inputs` of what was taken. Once, behind the last input. False where memory is
 * out. */
bool held_join(held_records *held);

void held_free(held_records *held);

/* ---- Grading again ---------------------------------------------------------- */

/* True where records held under `a` can be graded again under `b`: the same scale, and criterion
 * by criterion the same id, measure with its inputs, parameters and calendar, and `applies_if`. What
 * may differ: weights, bands, levels of yes and no, missing, limits, thresholds, requirements,
 * min_coverage, overall. */
bool held_same_measures(const rubric *a, const rubric *b);

/* True where the criterion gives every value the same rating under both: bands, levels of yes and
 * no, and missing are the same. */
bool held_same_rating(const criterion *a, const criterion *b);

/* What a group's records come to under an edited rubric: [k] in the group. Belongs to one thread; used
 * for one edit after another, each of which overwrites what the one before gave. */
typedef struct {
    graded_group         graded; /* `rubric` is the edited one; `rows`, `values`, `applies` and the
                                       ratings of criteria that were not edited are the group's own */
    const uint8_t       *status; /* grade_status */
    const uint8_t       *judgement; /* a level, JUDGEMENT_NONE or JUDGEMENT_NOT_GRADED */
    const uint8_t       *coverage;  /* whole percent; 0 where rejected */
    struct held_regrade *work;      /* private */
} held_grades;

/* Makes room for what `group` (of a batch that was joined; it must outlive `out`) comes to. `threads`
 * is as many as may work on one edit, at least 1. False where memory is out; held_grades_free()
 * either way. */
bool held_grades_init(held_grades *out, const graded_group *group, unsigned threads);
void held_grades_free(held_grades *grades);

/* Grades the group's records by `edited`, for which held_same_measures() holds and which must live
 * as long as its results are looked at. False where memory is out. */
bool held_regrade(held_grades *grades, const rubric *edited);
