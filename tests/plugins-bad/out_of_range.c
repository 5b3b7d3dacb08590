/* out_of_range.c - every answer is over the range that it declares. */
#define PLUGIN_ID  "out_of_range"
#define DAYS_GIVEN 4000.5
#include "base.h"
