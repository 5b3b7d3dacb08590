/* group.h - the records of one batch that go to one rubric. Private to this room. */
#pragma once

#include "grading/measure.h"
#include "grading/runners.h"

/* One worker's arrays for one rubric; made when the worker first meets it. */
typedef struct {
    rubric_plan      *bound;
    column           *columns; /* [use] */
    size_t            capacity;
    uint32_t         *rows;    /* [k]: the record's place in the chunk; filled by the batch */
    uint32_t         *records; /* [k]: and in the batch; likewise */
    size_t            count;
    measure_space    *spaces;  /* [criterion] */
    criterion_values *values;  /* [criterion] */
    uint8_t         **ratings; /* [criterion] */
    uint8_t         **applies; /* [criterion]: by [k]; NULL where it always applies */
    plugin_call      *calls;   /* [criterion]: those of one plugin side by side */
    runner_list      *runners; /* of the thread */
    uint8_t          *invalid; /* [k]: 1 where a rating is RATING_INVALID */
    judge_space       judged;
    const char       *failure; /* why no record was graded: a plugin failed as a whole; or NULL */
    char              failed[400]; /* what `failure` points at */
    bool              stopped;     /* ... and it will not be run again */
    bool              no_system;   /* ... because the system gives it no process */
    arena             memory;  /* the arrays */
} group_work;

/* Makes the columns of `bound` for an input; `runners` are the thread's. False where memory is out. */
bool group_init(group_work *work, rubric_plan *bound, const records *records,
                runner_list *runners);
void group_free(group_work *work);

/* Makes room for `capacity` records. False where memory is out. */
bool group_reserve(group_work *work, size_t capacity);

/* Grades records rows[0..count) of a chunk that was cut. False where memory is out. */
bool group_grade(group_work *work, const chunk *chunk);

/* The group as results. */
graded_group group_results(const group_work *work);
