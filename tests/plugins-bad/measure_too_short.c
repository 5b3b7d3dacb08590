/* measure_too_short.c - the table of a measure is shorter than the ABI promises. */
#define PLUGIN_ID    "measure_too_short"
#define MEASURE_SIZE (uint32_t) offsetof(struct assay_measure, run)
#include "base.h"
