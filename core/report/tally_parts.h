/* tally_parts.h - the parts of a tally, for the files that count it. */
#pragma once

#include "report/tally.h"

/* The scale's or rubric's part, made at first sight; NULL where memory is out. `held` of a scale
 * may be NULL: records that no rubric was found for. */
tally_scale  *tally_scale_of(tally *tally, const rubric *held);
tally_rubric *tally_rubric_of(tally *tally, const rubric *held);

/* Adds one scale's counts to another's. False where memory is out. */
bool tally_add_scale(tally_scale *into, const tally_scale *from);

/* Takes the scale at `at` out. */
void tally_drop_scale(tally *tally, size_t at);

/* Widens the range of dates; DATE_NONE does nothing. */
void tally_see_dates(tally *tally, int32_t first, int32_t last);

/* Keeps why a record was rejected. False where memory is out. */
bool tally_rejected_record(tally *tally, const graded_batch *batch, size_t record);

/* Adds the rejected records of `from`. False where memory is out. */
bool tally_put_rejected(tally *into, const tally *from);
