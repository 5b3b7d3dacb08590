#include "report/row_proof.h"

#include <sodium.h>
#include <stdlib.h>

#include "report/row.h"
#include "writing/json_text.h"

enum { ROW_HASH_SIZE = 16 };

static bool find_cells(proof_fields *out, const graded_batch *batch, const graded_group *group)
{
    out->fields = origin_fields(&group->rubric, 1, &out->count);
    out->cells = calloc(out->count + 1, sizeof *out->cells);
    if (out->fields == NULL || out->cells == NULL) {
        return false;
    }
    for (size_t f = 0; f < out->count; f++) {
        out->cells[f] = graded_cells(batch, out->fields[f]);
    }
    return true;
}

bool row_proof_make(row_proof *out, const graded_batch *batch)
{
    *out = (row_proof){.batch = batch, .groups = calloc(batch->group_count + 1, sizeof *out->groups)};
    bool fine = out->groups != NULL;
    for (size_t g = 0; fine && g < batch->group_count; g++) {
        fine = find_cells(&out->groups[g], batch, &batch->groups[g]);
    }
    return fine;
}

void row_proof_free(row_proof *unwanted)
{
    for (size_t g = 0; unwanted->groups != NULL && g < unwanted->batch->group_count; g++) {
        free(unwanted->groups[g].fields);
        free(unwanted->groups[g].cells);
    }
    free(unwanted->groups);
    origin_rows_free(&unwanted->row);
}

static void hash_member(buffer *out, const char *name, const uint8_t *hash, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    json_name(out, name, false);
    buffer_byte(out, '"');
    for (size_t i = 0; i < size; i++) {
        buffer_byte(out, digits[hash[i] >> 4]);
        buffer_byte(out, digits[hash[i] & 15]);
    }
    buffer_byte(out, '"');
}

void row_proof_member(buffer *out, row_proof *proof, size_t record)
{
    const graded_batch *batch = proof->batch;
    uint8_t             hash[ROW_HASH_SIZE];
    if (batch->group[record] == GROUP_NONE) {
        buffer_string(out, ",\"row\":null");
        return;
    }
    const proof_fields *read = &proof->groups[batch->group[record]];
    if (!origin_rows_write(&proof->row, batch->audit_date, read->cells, read->count, record, 1)) {
        out->failed = true;
        return;
    }
    crypto_generichash(hash, sizeof hash, proof->row.at[0], proof->row.size[0], NULL, 0);
    hash_member(out, "row", hash, sizeof hash);
}

void rubric_proof_member(buffer *out, const graded_batch *batch, size_t record)
{
    const graded_group *group = row_group(batch, record);
    if (group == NULL) {
        buffer_string(out, ",\"rubric_sha256\":null");
    } else {
        hash_member(out, "rubric_sha256", group->rubric->hash, sizeof group->rubric->hash);
    }
}
