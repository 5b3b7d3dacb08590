/* check_out_of_range.c - answers below its range. */
#define PLUGIN_ID "check_out_of_range"
#define ADDED     -5000000
#include "checked.h"
