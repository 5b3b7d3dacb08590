/* watch.h - records, and what they would notice. Private to this room. */
#pragma once

#include "held/held.h"
#include "kit/kit.h"
#include "mutation/mutation.h"

/* What a case expects of its record; NOT_SAID where it says nothing. */
enum { NOT_SAID = 0xFE };
typedef struct {
    const char    *name;
    uint8_t        judgement;
    uint8_t        status;
    bool           limits_said;
    const bool    *limits;  /* [criterion]: to be among those that hold the judgement down */
    const uint8_t *ratings; /* [criterion] */
} watch_case;

/* Records held under a rubric, and graded once by it. What is expected of them is what their cases
 * say, or else that nothing changes. */
typedef struct {
    const rubric *rubric;
    const rubric *asked;  /* the rubric, and behind its criteria those of `probes` */
    size_t       *probes; /* [criterion]: which of `asked` has the same values whether the criterion
                                 applies or not; itself where it always applies */
    held_records  held;   /* under `asked` */
    graded_group  group;  /* all records, as graded by `rubric` */
    held_grades   own;    /* what they are graded */
    const watch_case *cases; /* [k]; NULL: none */
    const bool       *known; /* [k]: a baseline keeps it, and others notice nothing; NULL: all do */
    bool              score; /* a change of score is noticed; not where there are cases */
    arena             memory;
} watch;

/* As results write it: not due is not applicable. */
static inline uint8_t rating_written(uint8_t rating)
{
    return rating == RATING_NOT_DUE ? (uint8_t)RATING_NOT_APPLICABLE : rating;
}

/* Grades inputs by the rubric and holds them. `cases` (may be NULL): a file of cases, which is then what
 * is read. False and `errors` filled where that fails, or where a case fails. watch_free() either way. */
bool watch_records(watch *out, const rubric *rubric, const mutation_inputs *inputs,
                   const char *cases, const mutation_grader *grader, error_list *errors);
void watch_free(watch *watch);

/* One thread's room to grade again. */
typedef struct {
    const watch      *of;
    held_grades       grades;
    graded_group      changed; /* the group with one criterion asked of other records */
    uint8_t         **ratings;
    uint8_t         **applies;
    criterion_values *values;
    arena             memory;
} watcher;

/* False where memory is out; watcher_free() either way. */
bool watcher_init(watcher *out, const watch *of);
void watcher_free(watcher *watcher);

/* How many records notice the mutant, and the first of them (*first is set where there is one). False
 * where memory is out. */
bool watcher_count(watcher *watcher, const mutant *edit, uint64_t *noticed, size_t *first);

/* The record's name: its case, its audit_id, or the line it stands on. */
const char *watch_name(const watch *watch, size_t k, arena *memory);
