/* check_asks_clock.c - asks the clock. */
#define PLUGIN_ID "check_asks_clock"
#define ON_BATCH  sink = (int)time(NULL);
#include "checked.h"
