/* agree.h - whether a binary is what its manifest says. Private to the loader. */
#pragma once

#include "loader/loader.h"

/* Holds the table of a binary, whose ABI is taken, against the manifest; adds every difference
 * as a fault about the binary. What the table holds beyond the manifest (faults, functions) is
 * checked here too: afterwards each of its entries can be used. */
bool agree_check(const manifest *manifest, const struct assay_plugin *table, error_list *errors);

/* What version 1 of the ABI promises of its tables; later minor versions add members behind. */
enum {
    AGREE_PLUGIN_SIZE = offsetof(struct assay_plugin, reserved) + sizeof(uint32_t),
    AGREE_MEASURE_SIZE = offsetof(struct assay_measure, run) + sizeof(int32_t(*)(void))
};
