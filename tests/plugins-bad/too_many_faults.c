/* too_many_faults.c - more fault texts than a status byte can name. */
#define PLUGIN_ID   "too_many_faults"
#define FAULT_COUNT 201
#include "base.h"
