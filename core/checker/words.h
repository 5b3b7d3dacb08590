/* words.h - made records and answers as a person reads them. Private to this room. */
#pragma once

#include "checker/sample.h"
#include "writing/buffer.h"

/* Inputs, then parameters: "record 17: opened=2024-02-29 closed=missing visits=2024-03-01;2024-03-08
 * pause=2.5". */
void words_record(const sample *from, size_t record, buffer *out);

/* "35", "yes", "missing", "not due", "the fault "the plan ends before it starts"". */
void words_answer(const struct assay_measure *measure, uint8_t status, uint64_t bits, buffer *out);

/* What a measure may answer, where it answered `status`: "a number from 0 to 4000". */
void words_expected(const struct assay_measure *measure, uint8_t status, buffer *out);
