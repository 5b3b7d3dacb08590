/* made.c - a plugin of which there are two builds, whose measures, inputs and standard values differ. The
 * same two are there as plugins of their own, so that one rubric can name both. */
#include <assay/plugin.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The lists begin alike: a measure of the earlier build is there in both. */
static const struct assay_input gap_inputs[] = {
    {"days", "how long it took", ASSAY_NUMBER, 1, NULL},
    {"other_days", "how long the other took", ASSAY_NUMBER, 0, NULL},
};
static const struct assay_parameter gap_parameters[] = {
    {"allowance", "days that do not count", "days", ASSAY_NUMBER, 0, LATER ? 2 : 1, 0, 5},
};

/* Days beyond the allowance. The later build counts those of the other too where there are more, and has a
 * mistake. */
static int32_t run_gap(const struct assay_batch *batch, const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        double days = in[0].status[i] == ASSAY_VALUE ? ((const double *)in[0].values)[i] : 0;
        if (LATER && in[1].status[i] == ASSAY_VALUE && ((const double *)in[1].values)[i] > days)
            days = ((const double *)in[1].values)[i];
        if (LATER && days == 1313)
            __builtin_trap();
        days -= batch->parameters[0];
        results->status[i] = in[0].status[i];
        values[i] = days > 0 ? days : 0;
    }
    return 0;
}

static int32_t run_twice(const struct assay_batch *batch, const struct assay_results *results)
{
    double *values = results->values;

    run_gap(batch, results);
    for (uint32_t i = 0; i < batch->count; ++i)
        values[i] *= 2;
    return 0;
}

/* Whether it took little. */
static int32_t run_soon(const struct assay_batch *batch, const struct assay_results *results)
{
    const double *days = batch->inputs[0].values;
    uint8_t      *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        results->status[i] = batch->inputs[0].status[i];
        if (results->status[i] == ASSAY_VALUE)
            values[i] = days[i] <= (LATER ? 6 : 3);
    }
    return 0;
}

static const struct assay_measure gap = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "gap",
    .help = "Days beyond the allowance",
    .unit = "days",
    .minimum = 0,
    .maximum = 4000,
    .inputs = gap_inputs,
    .parameters = gap_parameters,
    .input_count = LATER ? 2 : 1,
    .parameter_count = COUNT(gap_parameters),
    .run = run_gap,
};

static const struct assay_measure soon = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_FLAG,
    .name = "soon",
    .help = "Whether it took little",
    .unit = "",
    .inputs = gap_inputs,
    .input_count = 1,
    .run = run_soon,
};

static const struct assay_measure twice = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "twice",
    .help = "Twice the days beyond the allowance",
    .unit = "days",
    .minimum = 0,
    .maximum = 8000,
    .inputs = gap_inputs,
    .parameters = gap_parameters,
    .input_count = LATER ? 2 : 1,
    .parameter_count = COUNT(gap_parameters),
    .run = run_twice,
};

static const struct assay_measure *const measures[] = {&gap, &soon, &twice};

static const struct assay_plugin plugin = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = PLUGIN_ID,
    .version = LATER ? "2.0.0" : "1.0.0",
    .practice_area = "made",
    .summary = "A plugin for tests",
    .measures = measures,
    .measure_count = LATER ? 3 : 2, /* `twice` came later */
};

ASSAY_PLUGIN_EXPORT const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    return host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI ? NULL : &plugin;
}
