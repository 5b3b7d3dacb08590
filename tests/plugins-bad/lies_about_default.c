/* lies_about_default.c - the manifest says that it may rest 2.5 days. */
#define PLUGIN_ID      "lies_about_default"
#define PAUSE_STANDARD 3
#include "base.h"
