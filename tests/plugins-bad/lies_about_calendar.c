/* lies_about_calendar.c - the manifest says that it counts by a calendar. */
#define PLUGIN_ID     "lies_about_calendar"
#define USES_CALENDAR 2
#include "base.h"
