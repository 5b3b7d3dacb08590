/* lies_about_required.c - the manifest says that opened is required. */
#define PLUGIN_ID       "lies_about_required"
#define OPENED_REQUIRED 0
#include "base.h"
