#include "report/plugins_used.h"

const manifest *plugins_used_next(const report_options *options, size_t *at,
                                  char isolation[ISOLATION_WORDS])
{
    while (options->plugins != NULL && *at < loader_count(options->plugins)) {
        const size_t  index = (*at)++;
        const plugin *opened = loader_opened(options->plugins, index);
        if (opened != NULL) {
            plugin_isolation(opened, isolation, ISOLATION_WORDS);
            return loader_manifest(options->plugins, index);
        }
    }
    return NULL;
}
