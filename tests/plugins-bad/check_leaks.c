/* check_leaks.c - allocates memory, and forgets it. */
#define PLUGIN_ID "check_leaks"

static void *volatile piece;
#define ON_BATCH piece = malloc(64);
#include "checked.h"
