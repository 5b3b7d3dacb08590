/* no_measure.c - a measure that is not there. */
#define PLUGIN_ID     "no_measure"
#define FIRST_MEASURE (1 ? NULL : &days_open)
#include "base.h"
