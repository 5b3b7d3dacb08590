/* check_ends_process.c - ends the process, as if all were well. */
#define PLUGIN_ID "check_ends_process"
#define ON_BATCH  _exit(0);
#include "checked.h"
