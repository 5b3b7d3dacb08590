/* check_hates_other_hosts.c - crashes on a host of another ABI. */
#define PLUGIN_ID "check_hates_other_hosts"
#define ON_ENTRY                                                                                   \
    if (host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI)                              \
        abort();
#include "checked.h"
