/* fault_without_text.c - every status is a fault without a text. */
#define PLUGIN_ID    "fault_without_text"
#define STATUS_GIVEN ASSAY_FAULT + 1
#include "base.h"
