/* lies_about_range.c - the manifest says 0 .. 4000. */
#define PLUGIN_ID    "lies_about_range"
#define DAYS_MAXIMUM 5000
#include "base.h"
