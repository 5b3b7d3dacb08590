/* check_wants_this_host.c - works with a host whose table is as long as today's alone. */
#define PLUGIN_ID "check_wants_this_host"
#define ON_ENTRY                                                                                   \
    if (host->struct_size != sizeof *host)                                                         \
        return NULL;
#include "checked.h"
