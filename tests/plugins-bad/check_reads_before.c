/* check_reads_before.c - reads the value before the first of an input. */
#define PLUGIN_ID "check_reads_before"
#define ON_BATCH  sink = opened[-1];
#include "checked.h"
