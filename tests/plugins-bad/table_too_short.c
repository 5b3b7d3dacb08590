/* table_too_short.c - its table is shorter than the ABI promises. */
#define PLUGIN_ID   "table_too_short"
#define PLUGIN_SIZE (uint32_t)sizeof(struct assay_plugin) - 8u
#include "base.h"
