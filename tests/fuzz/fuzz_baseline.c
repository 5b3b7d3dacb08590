/* Baselines and saved results from strangers: read or refused, never believed. */
#include <stdlib.h>
#include <string.h>

#include "regression/regression.h"

static void read_result(const char *name, const uint8_t *data, size_t size)
{
    verdict_list list = {0};
    error_list   errors = {0};

    verdicts_read_bytes(&list, name, (const char *)data, size, NULL, &errors);
    verdicts_free(&list);
    error_clear(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    error_list errors = {0};
    baseline  *read = NULL;
    char      *copy = malloc(size + 1);

    if (!copy)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    baseline_read_bytes(&read, "made.baseline", copy, size, &errors);
    baseline_free(read);
    error_clear(&errors);
    read_result("made.csv", data, size);
    read_result("made.json", data, size);
    read_result("made.ndjson", data, size);
    return 0;
}
