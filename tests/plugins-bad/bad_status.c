/* bad_status.c - every status is one that there is not. */
#define PLUGIN_ID    "bad_status"
#define STATUS_GIVEN 5
#include "base.h"
