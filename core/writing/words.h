/* words.h - ids and days as people read them. */
#pragma once

#include "writing/buffer.h"

/* An id in words: "care_leavers" as "Care leavers". */
void name_of_id(buffer *out, const char *id);

/* "2026-04" as "April 2026" */
void name_of_month(buffer *out, const char *month);

/* 31 March 2026 */
void name_of_day(buffer *out, int32_t day);
