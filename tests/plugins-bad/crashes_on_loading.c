/* crashes_on_loading.c - ends its process before its entry is called. */
#include <stdlib.h>

#define PLUGIN_ID "crashes_on_loading"
#include "base.h"

__attribute__((constructor)) static void crash(void)
{
    abort();
}
