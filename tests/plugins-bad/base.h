/* base.h - a small plugin that keeps every rule. Each file beside names itself in PLUGIN_ID,
 * changes one thing by a macro of those below, and includes this. Its manifest is base.ini.in,
 * or NAME.ini where there is one. */
#include <assay/plugin.h>
#include <math.h>
#include <stddef.h>

#ifndef PLUGIN_ABI
#define PLUGIN_ABI ASSAY_ABI
#endif
#ifndef PLUGIN_VERSION
#define PLUGIN_VERSION "1.0.0"
#endif
#ifndef PLUGIN_TABLE
#define PLUGIN_TABLE &table
#endif
#ifndef PLUGIN_SIZE
#define PLUGIN_SIZE (uint32_t)sizeof(struct assay_plugin)
#endif
#ifndef MEASURE_SIZE
#define MEASURE_SIZE (uint32_t)sizeof(struct assay_measure)
#endif
#ifndef MEASURE_COUNT
#define MEASURE_COUNT 2
#endif
#ifndef TABLE_ID
#define TABLE_ID PLUGIN_ID
#endif
#ifndef FIRST_MEASURE
#define FIRST_MEASURE &days_open
#endif
#ifndef DAYS_UNIT
#define DAYS_UNIT "days"
#endif
#ifndef PAUSE_STANDARD
#define PAUSE_STANDARD 2.5
#endif
#ifndef USES_CALENDAR
#define USES_CALENDAR 1
#endif
#ifndef OPENED_TYPE
#define OPENED_TYPE ASSAY_DATE
#endif
#ifndef OPENED_REQUIRED
#define OPENED_REQUIRED 1
#endif
#ifndef DAYS_MAXIMUM
#define DAYS_MAXIMUM 4000
#endif
#ifndef SECOND_CHOICE
#define SECOND_CHOICE "cp|child protection"
#endif
#ifndef FAULT_COUNT
#define FAULT_COUNT 1
#endif
#ifndef DAYS_RUN
#define DAYS_RUN run_days_open
#endif
/* What the measures answer where they have nothing to object to. */
#ifndef DAYS_GIVEN
#define DAYS_GIVEN closed[i] - opened[i]
#endif
#ifndef STATUS_GIVEN
#define STATUS_GIVEN ASSAY_VALUE
#endif
#ifndef FLAG_GIVEN
#define FLAG_GIVEN recorded[i]
#endif
#ifndef RUN_GIVEN
#define RUN_GIVEN 0
#endif
#ifndef RECORDS_LEFT_OUT
#define RECORDS_LEFT_OUT 0
#endif

static int32_t run_days_open(const struct assay_batch *batch, const struct assay_results *results)
{
    const int32_t *opened = batch->inputs[0].values;
    const int32_t *closed = batch->inputs[1].values;
    double        *days = results->values;

    for (uint32_t i = RECORDS_LEFT_OUT; i < batch->count; ++i) {
        if (batch->inputs[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_NOT_DUE;
        } else if (closed[i] < opened[i]) {
            results->status[i] = ASSAY_FAULT + 0;
        } else {
            results->status[i] = STATUS_GIVEN;
            days[i] = DAYS_GIVEN;
        }
    }
    return RUN_GIVEN;
}

static int32_t run_delay_explained(const struct assay_batch   *batch,
                                   const struct assay_results *results)
{
    const uint8_t *recorded = batch->inputs[0].values;
    uint8_t       *explained = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        results->status[i] = ASSAY_VALUE;
        explained[i] = FLAG_GIVEN;
    }
    return 0;
}

static const char *const plan_types[] = {"cin|child in need", SECOND_CHOICE, NULL};

static const struct assay_input days_inputs[] = {
    {"opened", "the day it was opened", OPENED_TYPE, OPENED_REQUIRED, NULL},
    {"closed", "the day it was closed", ASSAY_DATE, 0, NULL},
    {"plan_type", "the kind of plan", ASSAY_CHOICE, 0, plan_types},
};
static const struct assay_parameter days_parameters[] = {
    {"pause", "how long it may rest", "days", ASSAY_NUMBER, 0, PAUSE_STANDARD, 0, 10},
};
static const char *const days_faults[] = {"the plan ends before it starts"};

static const struct assay_measure days_open = {
    .struct_size = MEASURE_SIZE,
    .result = ASSAY_NUMBER,
    .name = "days_open",
    .help = "How long it was open; 0 is the same day",
    .unit = DAYS_UNIT,
    .minimum = 0,
    .maximum = DAYS_MAXIMUM,
    .inputs = days_inputs,
    .parameters = days_parameters,
    .faults = days_faults,
    .input_count = 3,
    .parameter_count = 1,
    .fault_count = FAULT_COUNT,
    .run = DAYS_RUN,
};

static const struct assay_input delay_inputs[] = {
    {"recorded", "a reason is recorded", ASSAY_FLAG, 1, NULL},
};
static const struct assay_parameter delay_parameters[] = {
    {"strict", "weekends count", "", ASSAY_FLAG, 0, 0, 0, 1},
};

static const struct assay_measure delay_explained = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_FLAG,
    .name = "delay_explained",
    .help = "Whether the delay has a reason",
    .unit = "",
    .inputs = delay_inputs,
    .parameters = delay_parameters,
    .input_count = 1,
    .parameter_count = 1,
    .uses_calendar = USES_CALENDAR,
    .run = run_delay_explained,
};

static const struct assay_measure *const measures[] = {FIRST_MEASURE, &delay_explained};

static const struct assay_plugin table = {
    .struct_size = PLUGIN_SIZE,
    .abi = PLUGIN_ABI,
    .id = TABLE_ID,
    .version = PLUGIN_VERSION,
    .practice_area = "plans",
    .summary = "A plugin for tests",
    .measures = measures,
    .measure_count = MEASURE_COUNT,
};

ASSAY_PLUGIN_EXPORT const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    /* Version 1 of the ABI has no service, and no host invents one. */
    const int sound = host->service("assay.example/1") == NULL && table.struct_size > 0;
    return sound ? PLUGIN_TABLE : NULL;
}
