/* check_crashes_parameter.c - crashes on the greatest value of its parameter. */
#define PLUGIN_ID "check_crashes_parameter"
#define ON_BATCH                                                                                   \
    if (batch->parameters[0] >= 10)                                                                \
        abort();
#include "checked.h"
