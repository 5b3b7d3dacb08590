/* check_keeps_state.c - counts its calls, and lets the answer depend on that. */
#define PLUGIN_ID "check_keeps_state"

static int calls;
#define ON_BATCH ++calls;
#define ADDED    calls % 100
#include "checked.h"
