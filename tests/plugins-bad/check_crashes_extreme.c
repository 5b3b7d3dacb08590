/* check_crashes_extreme.c - crashes on dates before the year 100. */
#define PLUGIN_ID "check_crashes_extreme"
#define ON_RECORD                                                                                  \
    if (in[1].status[i] == ASSAY_VALUE && opened[i] < -683000)                                     \
        abort();
#include "checked.h"
