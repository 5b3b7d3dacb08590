/* lies_about_version.c - the manifest says version 1.0.0. */
#define PLUGIN_ID      "lies_about_version"
#define PLUGIN_VERSION "1.1.0"
#include "base.h"
