/* check_valid.c - nothing is wrong with it: what the others are measured by. */
#define PLUGIN_ID "check_valid"
#include "checked.h"
