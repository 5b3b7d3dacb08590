/* check_crashes_missing.c - crashes where a record has nothing. */
#define PLUGIN_ID "check_crashes_missing"
#define ON_RECORD                                                                                  \
    int missing = 0;                                                                               \
    for (int k = 0; k < 5; ++k)                                                                    \
        missing += in[k].status[i] == ASSAY_MISSING;                                               \
    if (missing == 5)                                                                              \
        abort();
#include "checked.h"
