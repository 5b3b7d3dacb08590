/* check_exports.c - exports a second symbol. */
#define PLUGIN_ID "check_exports"
#include "checked.h"

__attribute__((visibility("default"))) int assay_test_second(void);

int assay_test_second(void)
{
    return 0;
}
