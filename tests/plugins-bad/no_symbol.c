/* no_symbol.c - a shared object that is no plugin. */
__attribute__((visibility("default"))) int assay_plugin_entrance(void);

int assay_plugin_entrance(void)
{
    return 0;
}
