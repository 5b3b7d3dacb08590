/* check_writes_input.c - writes to an input what is there already. */
#define PLUGIN_ID "check_writes_input"
#define ON_BATCH                                                                                   \
    if (batch->count > 0)                                                                          \
        *(volatile int32_t *)(uintptr_t)opened = opened[0];
#include "checked.h"
