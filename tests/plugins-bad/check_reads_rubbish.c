/* check_reads_rubbish.c - looks at the value of an input that is missing. */
#define PLUGIN_ID "check_reads_rubbish"
#define ADDED     is_closed ? 0 : closed[i] & 1
#include "checked.h"
