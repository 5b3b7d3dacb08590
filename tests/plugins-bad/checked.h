/* checked.h - a small plugin that passes every test of `assay plugin check`. Each file check_NAME.c
 * names itself in PLUGIN_ID, changes one thing by a macro of those below, and includes this. Its
 * manifest is checked.ini.in. */
#define _GNU_SOURCE
#include <assay/plugin.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* What it does when its entry is called, before it answers. `host` is at hand. */
#ifndef ON_ENTRY
#define ON_ENTRY
#endif
/* What it does with a batch before it looks at the records. */
#ifndef ON_BATCH
#define ON_BATCH
#endif
/* What it does with record `i` before it looks at it. */
#ifndef ON_RECORD
#define ON_RECORD
#endif
/* What it adds to the days of record `i`: 0 where it is right. */
#ifndef ADDED
#define ADDED 0
#endif
#ifndef RETURNED
#define RETURNED 0
#endif
#ifndef FIRST_RECORD
#define FIRST_RECORD 0
#endif

/* Where things go that nobody uses, so that the compiler does not leave them out. */
static volatile int sink;

static int32_t run_days_open(const struct assay_batch *batch, const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *opened = in[1].values, *closed = in[2].values;
    const int32_t             *visits = in[3].values;
    double                    *days = results->values;

    ON_BATCH
    for (uint32_t i = FIRST_RECORD; i < batch->count; ++i) {
        ON_RECORD
        const int     is_closed = in[2].status[i] == ASSAY_VALUE;
        const int32_t end = is_closed ? closed[i] : audit[i];
        int32_t       visited = 0;

        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING;
            continue;
        }
        if (in[3].status[i] == ASSAY_VALUE)
            for (uint32_t v = in[3].offsets[i]; v < in[3].offsets[i + 1]; ++v)
                visited += visits[v] >= opened[i] && visits[v] <= end;
        if (end < opened[i]) {
            results->status[i] = ASSAY_FAULT;
        } else {
            results->status[i] = ASSAY_VALUE;
            days[i] = end - opened[i] + visited + batch->parameters[0] + (ADDED);
        }
    }
    sink = (int)batch->count;
    return RETURNED;
}

static const char *const plan_types[] = {"cin|child in need", "cp|child protection", NULL};

static const struct assay_input days_inputs[] = {
    {"audit_date", "the day of the audit", ASSAY_DATE, 1, NULL},
    {"opened", "the day it was opened", ASSAY_DATE, 1, NULL},
    {"closed", "the day it was closed", ASSAY_DATE, 0, NULL},
    {"visits", "the days of visits", ASSAY_DATES, 0, NULL},
    {"plan_type", "the kind of plan", ASSAY_CHOICE, 0, plan_types},
};
static const struct assay_parameter days_parameters[] = {
    {"pause", "how long it may rest", "days", ASSAY_NUMBER, 0, 2.5, 0, 10},
};
static const char *const days_faults[] = {"the plan ends before it starts"};

static const struct assay_measure days_open = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "days_open",
    .help = "How long it was open; 0 is the same day",
    .unit = "days",
    .minimum = 0,
    .maximum = 4000000,
    .inputs = days_inputs,
    .parameters = days_parameters,
    .faults = days_faults,
    .input_count = 5,
    .parameter_count = 1,
    .fault_count = 1,
    .uses_calendar = 1,
    .run = run_days_open,
};

static const struct assay_measure *const measures[] = {&days_open};

static const struct assay_plugin table = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = PLUGIN_ID,
    .version = "1.0.0",
    .practice_area = "plans",
    .summary = "A plugin for tests",
    .measures = measures,
    .measure_count = 1,
};

ASSAY_PLUGIN_EXPORT const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    ON_ENTRY
    if (host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI)
        return NULL;
    return &table;
}
