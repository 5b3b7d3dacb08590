/* lies_about_id.c - its table has the name of another plugin. */
#define PLUGIN_ID "lies_about_id"
#define TABLE_ID  "plans"
#include "base.h"
