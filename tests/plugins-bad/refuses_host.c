/* refuses_host.c - its entry returns NULL. */
#define PLUGIN_ID    "refuses_host"
#define PLUGIN_TABLE NULL
#include "base.h"
