/* The reader of cases: whatever the bytes, answers without NaN, or a refusal with a message. */
#include <stdint.h>
#include <stdlib.h>

#include "statistics_json/statistics_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    error_list errors = {0};
    buffer     out = {0};
    size_t     refused = 0;

    const bool answered =
        statistics_json_answer((const char *)data, size, "fuzz", &out, &refused, &errors);
    if (answered == (errors.count > 0) || (answered && !buffer_end(&out)))
        abort();
    buffer_free(&out);
    error_clear(&errors);
    return 0;
}
