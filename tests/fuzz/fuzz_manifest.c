/* fuzz_manifest.c - any bytes as a manifest: read or refused with a reason, never worse. */
#include <stdlib.h>

#include "loader/manifest_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    manifest        read = {0};
    manifest_memory memory = {0};
    error_list      errors = {0};

    const bool sound =
        manifest_read(&read, &memory, "plans.ini", "plans", (const char *)bytes, size, &errors);
    if (sound != (error_count(&errors) == 0))
        abort();
    for (size_t m = 0; sound && m < read.measure_count; m++) {
        const manifest_measure *measure = &read.measures[m];
        if (manifest_find(&read, text_of(measure->name)) != measure)
            abort();
        for (size_t i = 0; i < measure->input_count; i++)
            if ((measure->inputs[i].type == ASSAY_CHOICE) != (measure->inputs[i].choices != NULL))
                abort();
    }
    error_clear(&errors);
    manifest_release(&memory);
    return 0;
}
