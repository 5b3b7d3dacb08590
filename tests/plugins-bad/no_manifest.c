/* no_manifest.c - nothing is wrong but that it has no manifest. */
#define PLUGIN_ID "no_manifest"
#include "base.h"
