/* fuzz_target.c - any bytes as a target: what is read can be met, and what is not is told. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "forecast/forecast.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const levels[] = {"inadequate", "requires_improvement", "good",
                                         "outstanding"};
    error_list               errors = {0};
    forecast_target          target;
    const text               written = {(const char *)bytes, size};

    if (forecast_target_read(written, levels, 4, &target, &errors)) {
        require(errors.count == 0);
        require(target.level >= 1 && target.level <= 3);
        require(target.share > 0 && target.share < 1);
    } else {
        require(errors.count == 1);
    }
    error_clear(&errors);
    return 0;
}
