/* check_sleeps.c - never comes back. */
#define PLUGIN_ID "check_sleeps"
#define ON_BATCH                                                                                   \
    for (;;)                                                                                       \
        sleep(1000);
#include "checked.h"
