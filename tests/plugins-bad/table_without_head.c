/* table_without_head.c - its table ends before the ABI. */
#define PLUGIN_ID   "table_without_head"
#define PLUGIN_SIZE 4u
#include "base.h"
