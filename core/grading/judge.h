/* judge.h - from values to ratings to a judgement, column by column. Private to this room. */
#pragma once

#include "grading/grading.h"

/* grading.md 5: rates `count` values. `applies` may be NULL. */
void rate_values(const criterion *asked, const criterion_values *values, const uint8_t *applies,
                 size_t count, uint8_t *ratings);

/* What judge_batch() fills, one entry a record. */
typedef struct {
    uint32_t *points;
    uint32_t *weight;
    uint32_t *missing; /* weight missing under `missing = ignore` */
    uint16_t *counts;  /* [level][record]: weighted criteria rated so */
    uint8_t  *cap;     /* the most that limits allow */
    uint8_t  *base;
    uint8_t  *stepped;
    uint8_t  *coverage;
    uint8_t  *judgement; /* a level, JUDGEMENT_NONE or JUDGEMENT_NOT_GRADED */
    size_t    capacity;  /* records that each array has room for */
} judge_space;

/* grading.md 6 for `count` records with ratings[criterion][record]. */
void judge_batch(const rubric *rubric, const uint8_t *const *ratings, size_t count,
                 const judge_space *space);
