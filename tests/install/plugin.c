/* plugin.c - the smallest plugin; compiled as every language that the header promises. */
#include <assay/plugin.h>

static const struct assay_plugin plugin = {
    sizeof(struct assay_plugin),
    ASSAY_ABI,
    "smallest",
    "1.0.0",
    "smallest",
    "No measures",
    NULL,
    0,
    0,
};

const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    return host->newest_abi >= ASSAY_ABI ? &plugin : NULL;
}
