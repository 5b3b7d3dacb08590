/* manifest_faults.c - nothing is wrong but its manifest. */
#define PLUGIN_ID "manifest_faults"
#include "base.h"
