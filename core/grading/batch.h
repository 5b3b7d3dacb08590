/* batch.h - one chunk of records, graded by whatever rubrics they go to. Private to this room. */
#pragma once

#include "grading/detail.h"

/* One worker's arrays for the batch at hand: [record] unless said otherwise. */
typedef struct {
    grade_plan   *plan;
    chunk        *chunk;
    column        common[FIELD_COUNT];
    column        area;     /* practice_area as one of the plan's areas; without --rubric */
    group_work   *groups;   /* [rubric of the plan]; made when first met */
    graded_group *results;  /* [group] */
    size_t        capacity;
    size_t        count;
    uint32_t     *rows;     /* the record's place in the chunk */
    uint16_t     *rubric;   /* of the plan, or RUBRIC_NONE */
    uint64_t     *line;
    text         *practice_area;
    uint8_t      *auditor_grade;
    int32_t      *audit_date;
    uint8_t      *status;
    uint8_t      *judgement;
    uint8_t      *coverage;
    uint16_t     *group;
    uint32_t     *place;
    const char  **detail;
    bool         *blank;
    column       *kept_columns; /* [kept of the plan] */
    kept_field   *kept;
    runner_list   runners;
    arena         memory;  /* the arrays */
    arena         details; /* the words of the batch at hand */
} batch_work;

/* False where memory is out; batch_free() takes what was made. */
bool batch_init(batch_work *work, grade_plan *plan, error_list *errors);
void batch_free(batch_work *work);

/* Grades the worker's chunk. False where memory is out. */
bool batch_grade(batch_work *work, graded_batch *out);
