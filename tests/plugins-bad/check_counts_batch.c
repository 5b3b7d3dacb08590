/* check_counts_batch.c - answers otherwise in small batches. */
#define PLUGIN_ID "check_counts_batch"
#define ADDED     batch->count < 96
#include "checked.h"
