/* check_leaves_out.c - answers for all records but the first forty of a batch. */
#define PLUGIN_ID    "check_leaves_out"
#define FIRST_RECORD 40
#include "checked.h"
