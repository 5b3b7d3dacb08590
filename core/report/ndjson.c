#include "report/format.h"
#include "report/json_row.h"

static void ndjson_batch(const report_options *options, const graded_batch *batch, buffer *out)
{
    (void)options;
    for (size_t record = 0; record < batch->count; record++) {
        json_row(out, batch, record);
        buffer_byte(out, '\n');
    }
}

const report_format format_ndjson = {.name = "ndjson", .render = ndjson_batch, .between = ""};
