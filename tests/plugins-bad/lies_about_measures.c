/* lies_about_measures.c - the manifest has two measures. */
#define PLUGIN_ID     "lies_about_measures"
#define MEASURE_COUNT 1
#include "base.h"
