/* detail.h - why a record was rejected, in words. Private to this room. */
#pragma once

#include "grading/group.h"

/* Where the words come from and go to. */
typedef struct {
    const grade_plan *plan;
    const chunk      *chunk;
    arena            *memory;
} detail_source;

/* A text made as printf does; "out of memory" where there is none. */
const char *detail_text(arena *memory, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Why record k of a group is rejected: each field at fault with its column, its value and what was
 * expected, joined by "; ". */
const char *detail_of_values(const group_work *work, size_t k, const detail_source *source);

/* What is wrong with the value of `field`, which record `record` of the chunk has in `slot`. */
const char *detail_of_cell(const detail_source *source, const char *field, size_t slot,
                           size_t record, const char *wrong, const char *remedy);
