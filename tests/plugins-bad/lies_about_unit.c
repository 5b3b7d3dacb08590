/* lies_about_unit.c - the manifest says that it counts days. */
#define PLUGIN_ID "lies_about_unit"
#define DAYS_UNIT "weeks"
#include "base.h"
