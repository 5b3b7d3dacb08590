/* check_crashes_empty.c - crashes on a batch of no records. */
#define PLUGIN_ID "check_crashes_empty"
#define ON_BATCH                                                                                   \
    if (batch->count == 0)                                                                         \
        abort();
#include "checked.h"
