/* run.h - one measure on one batch, and the check of its answers. Private to the loader. */
#pragma once

#include "loader/plugin_set.h"

/* Makes every result invalid, so that an answer which the plugin does not give is none. */
void run_clear(const plugin *opened, const plugin_call *call);

/* Runs a call in this process. False where the measure says that it failed as a whole. */
bool run_in_process(const plugin *opened, plugin_call *call);

/* Checks the answers of a call, and masks those whose required inputs are not there. */
void run_check(const plugin *opened, const plugin_call *call);

/* How many fault texts a measure has. */
unsigned plugin_fault_count(const plugin *opened, size_t measure);
