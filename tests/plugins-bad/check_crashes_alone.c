/* check_crashes_alone.c - crashes on a batch of one record. */
#define PLUGIN_ID "check_crashes_alone"
#define ON_BATCH                                                                                   \
    if (batch->count == 1)                                                                         \
        abort();
#include "checked.h"
