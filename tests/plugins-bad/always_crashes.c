/* always_crashes.c - ends its process whatever it is given. */
#include <stdlib.h>

#define PLUGIN_ID "always_crashes"
#define DAYS_GIVEN (abort(), 0)
#include "base.h"
