/* row.h - what a row of results says of one record, for every format alike (grading.md 9). */
#pragma once

#include "grading/grading.h"

/* The record's group, or NULL where no rubric was found for it. */
static inline const graded_group *row_group(const graded_batch *batch, size_t record)
{
    return batch->group[record] == GROUP_NONE ? NULL : &batch->groups[batch->group[record]];
}

/* True where score, margin, base, limits and requirements mean something: graded, by a rubric
 * that makes an overall judgement. */
static inline bool row_judged(const graded_batch *batch, size_t record)
{
    return batch->status[record] == STATUS_GRADED && batch->judgement[record] < LEVELS_MAX;
}

/* "good", "none" or "not_graded". */
static inline const char *row_judgement(const graded_batch *batch, size_t record)
{
    uint8_t judged = batch->judgement[record];
    if (batch->status[record] != STATUS_GRADED || judged == JUDGEMENT_NOT_GRADED) {
        return "not_graded";
    }
    return judged < LEVELS_MAX ? row_group(batch, record)->rubric->scale.ids[judged] : "none";
}

/* "graded", "insufficient_evidence" or "rejected". */
static inline const char *row_status(const graded_batch *batch, size_t record)
{
    static const char *const names[] = {"graded", "insufficient_evidence", "rejected"};
    return names[batch->status[record]];
}

/* A rating: a level's id, "missing" or "not_applicable" (also where it is not yet due). */
static inline const char *row_rating(const rubric *held, uint8_t rating)
{
    if (rating < LEVELS_MAX) {
        return held->scale.ids[rating];
    }
    return rating == RATING_MISSING ? "missing" : "not_applicable";
}

static inline const char *row_detail(const graded_batch *batch, size_t record)
{
    return batch->detail[record] != NULL ? batch->detail[record] : "";
}
