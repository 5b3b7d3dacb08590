/* not_a_number.c - every answer is NaN. */
#define PLUGIN_ID  "not_a_number"
#define DAYS_GIVEN (double)NAN
#include "base.h"
