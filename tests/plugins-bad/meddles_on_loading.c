/* meddles_on_loading.c - before its entry is called it changes the rights of a file. */
#include <sys/stat.h>

#define PLUGIN_ID "meddles_on_loading"
#include "base.h"

__attribute__((constructor)) static void meddle(void)
{
    chmod("/tmp/assay-meddled-with", 0777);
}
