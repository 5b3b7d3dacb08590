/* needs_symbol.c - calls a function that nobody has. */
#define PLUGIN_ID "needs_symbol"
#include "base.h"

int32_t assay_test_of_nobody(void);

ASSAY_PLUGIN_EXPORT int32_t assay_test_of_somebody(void)
{
    return assay_test_of_nobody();
}
