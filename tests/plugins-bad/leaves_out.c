/* leaves_out.c - answers for all records but the first. */
#define PLUGIN_ID        "leaves_out"
#define RECORDS_LEFT_OUT 1
#include "base.h"
