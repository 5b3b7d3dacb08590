/* json_row.h - one record as a JSON object: a row of ndjson, an entry of json. */
#pragma once

#include "report/row_proof.h"

/* The object, without a line end. */
void json_row(buffer *out, const graded_batch *batch, size_t record);

/* The same with the hash of what the record says, and of its rubric where nothing else of the result has
 * that. */
void json_proved_row(buffer *out, row_proof *proof, bool with_rubric, size_t record);

/* The member "value" of a criterion's value: a level's id, true or false, a number, or null. */
void json_value_member(buffer *out, const graded_group *group, size_t criterion, size_t k);
