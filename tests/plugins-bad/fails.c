/* fails.c - says that the measure failed. */
#define PLUGIN_ID "fails"
#define RUN_GIVEN 7
#include "base.h"
