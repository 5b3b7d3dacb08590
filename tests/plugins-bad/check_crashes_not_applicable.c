/* check_crashes_not_applicable.c - crashes where nothing applies to a record. */
#define PLUGIN_ID "check_crashes_not_applicable"
#define ON_RECORD                                                                                  \
    int absent = 0;                                                                                \
    for (int k = 0; k < 5; ++k)                                                                    \
        absent += in[k].status[i] == ASSAY_NOT_APPLICABLE;                                         \
    if (absent == 5)                                                                               \
        abort();
#include "checked.h"
