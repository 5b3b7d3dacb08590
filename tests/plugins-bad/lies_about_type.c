/* lies_about_type.c - the manifest says that opened is a date. */
#define PLUGIN_ID   "lies_about_type"
#define OPENED_TYPE ASSAY_NUMBER
#include "base.h"
