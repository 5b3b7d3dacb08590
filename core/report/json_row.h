/* json_row.h - one record as a JSON object: a row of ndjson, an entry of json. */
#pragma once

#include "grading/grading.h"
#include "writing/buffer.h"

/* The object, without a line end. */
void json_row(buffer *out, const graded_batch *batch, size_t record);

/* The member "value" of a criterion's value: a level's id, true or false, a number, or null. */
void json_value_member(buffer *out, const graded_group *group, size_t criterion, size_t k);
