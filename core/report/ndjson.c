#include "report/format.h"
#include "report/json_row.h"

static void ndjson_batch(const report_options *options, const graded_batch *batch, buffer *out)
{
    row_proof proof;
    (void)options;
    out->failed |= !row_proof_make(&proof, batch);
    for (size_t record = 0; record < batch->count && !out->failed; record++) {
        json_proved_row(out, &proof, true, record);
        buffer_byte(out, '\n');
    }
    row_proof_free(&proof);
}

const report_format format_ndjson = {.name = "ndjson", .render = ndjson_batch, .between = ""};
