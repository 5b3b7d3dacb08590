/* check_reads_past.c - reads the value behind the last of an input. */
#define PLUGIN_ID "check_reads_past"
#define ON_BATCH  sink = opened[batch->count];
#include "checked.h"
