/* row_proof.h - what a record was graded from and by, as hashes: assay verify reads them. */
#pragma once

#include "grading/grading.h"
#include "origin/origin.h"
#include "writing/buffer.h"

/* The fields that a group's rubric reads, and their cells. */
typedef struct {
    const char  **fields;
    const text  **cells; /* [field]; NULL: the input has none */
    size_t        count;
} proof_fields;

/* Of one batch. Free with row_proof_free(). */
typedef struct {
    const graded_batch *batch;
    proof_fields       *groups;
    origin_rows         row;
} row_proof;

/* False where memory is out; row_proof_free() either way. */
bool row_proof_make(row_proof *out, const graded_batch *batch);
void row_proof_free(row_proof *proof);

/* The member "row": BLAKE2b, 128 bits, of origin_rows_write()'s bytes; null where no rubric is for the
 * record. It has no key: a random one would have to stand beside it and would hide nothing, and
 * the same record has to have the same hash when it is graded again. */
void row_proof_member(buffer *out, row_proof *proof, size_t record);

/* The member "rubric_sha256", likewise. */
void rubric_proof_member(buffer *out, const graded_batch *batch, size_t record);
