/* check_writes_past.c - writes an answer behind the last. */
#define PLUGIN_ID "check_writes_past"
#define ON_BATCH  days[batch->count] = 0;
#include "checked.h"
