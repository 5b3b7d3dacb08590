/* check_fails.c - says that the measure failed. */
#define PLUGIN_ID "check_fails"
#define RETURNED  7
#include "checked.h"
