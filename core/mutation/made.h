/* made.h - records that notice what others do not. Private to this room. */
#pragma once

#include "mutation/watch.h"
#include "proof/proof.h"

/* How a mutant that no record noticed can be noticed. */
typedef enum {
    MADE_RECORD,     /* a record was made that notices it */
    MADE_EQUIVALENT, /* none can: proved */
    MADE_UNDECIDED
} made_answer;

typedef struct {
    const rubric          *rubric;
    const mutation_grader *grader;
    bool                   score; /* a change of score is noticed */
    record_maker          *maker; /* made when first needed; so is `differ` */
    record_maker          *probe; /* of the last probe: its records live as long */
    differing             *differ;
    unsigned               milliseconds;
    made_want             *wanted;  /* [criterion] */
    uint8_t               *ratings; /* [criterion] */
    error_list            *errors;
    arena                  memory;
} making;

/* Makes ready for the mutants of a rubric. False and `errors` filled where memory is out; making_free()
 * either way. */
bool making_init(making *out, const rubric *rubric, const mutation_grader *grader, bool score,
                 unsigned milliseconds, error_list *errors);
void making_free(making *making);

/* Finds a record that notices the mutant. MADE_RECORD: it is in `record`, and `seen` holds it alone. *why is
 * in words where the answer is another. The record's cells live until the next call. False and errors filled
 * where memory is out or grading fails. */
bool making_notice(making *making, const mutant *edit, made_answer *answer, const char **why,
                   made_record *record, watch *seen);

/* ---- Between made.c and made_value.c ---------------------------------------------------------------- */

/* Wants whatever comes of each criterion. */
void making_want_any(making *making);

/* Makes a record as wanted (by the rubric's own maker where `maker` is NULL) and tries it; *noticed where
 * that did it. */
bool making_try(making *making, record_maker *maker, const mutant *edit, made_record *record,
                watch *seen, bool *noticed);

/* As making_notice(): of an edited band; of the levels of yes and no, and missing. */
bool making_notice_band(making *making, const mutant *edit, made_answer *answer, const char **why,
                        made_record *record, watch *seen);
bool making_notice_value(making *making, const mutant *edit, made_answer *answer, const char **why,
                         made_record *record, watch *seen);
