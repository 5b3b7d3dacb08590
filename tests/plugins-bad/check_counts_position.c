/* check_counts_position.c - answers every fifth record of a batch otherwise. */
#define PLUGIN_ID "check_counts_position"
#define ADDED     i % 5 == 0
#include "checked.h"
