/* check_follows_time_zone.c - answers otherwise west of Greenwich. */
#define PLUGIN_ID "check_follows_time_zone"
#define ADDED     timezone > 0
#include "checked.h"
