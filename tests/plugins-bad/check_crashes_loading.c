/* check_crashes_loading.c - crashes while it is loaded. */
#define PLUGIN_ID "check_crashes_loading"
#include "checked.h"

static __attribute__((constructor)) void crash(void)
{
    abort();
}
