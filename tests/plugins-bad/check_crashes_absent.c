/* check_crashes_absent.c - crashes where no record of a batch has visits. */
#define PLUGIN_ID "check_crashes_absent"
#define ON_BATCH                                                                                   \
    uint32_t absent = 0;                                                                           \
    for (uint32_t i = 0; i < batch->count; ++i)                                                    \
        absent += in[3].status[i] == ASSAY_MISSING;                                                \
    if (batch->count > 1 && absent == batch->count)                                                \
        abort();
#include "checked.h"
