/* valid.c - nothing is wrong with it: what the others are measured by. */
#define PLUGIN_ID "valid"
#include "base.h"
