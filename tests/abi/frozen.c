/* frozen.c - a plugin of the time of assay 0.1.0: it includes the header as it was then and nothing
 * else of ours. Every later assay of the same ABI must load what this compiles to, and get the
 * answers that frozen.py expects. Neither file is ever changed; a newer ABI gets files of its own. */
#include <plugin-1.0.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Days from the opening to the last visit, 100 for each choice before the one made, 1000 where seen,
 * the score and the offset; twice that where `twice` is set. It reads an input of every type. */
static int32_t run_sum(const struct assay_batch *batch, const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *opened = in[0].values, *visits = in[1].values;
    const uint8_t             *plan = in[2].values, *seen = in[3].values;
    const double              *score = in[4].values;
    double                    *sums = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        const uint32_t first = in[1].offsets[i], end = in[1].offsets[i + 1];
        double         sum = batch->parameters[0];

        if (in[0].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING;
        } else if (in[1].status[i] != ASSAY_VALUE || first == end) {
            results->status[i] = ASSAY_NOT_DUE;
        } else if (visits[first] < opened[i]) {
            results->status[i] = ASSAY_FAULT + 1;
        } else {
            sum += visits[end - 1] - opened[i];
            sum += in[2].status[i] == ASSAY_VALUE ? 100.0 * plan[i] : 0;
            sum += in[3].status[i] == ASSAY_VALUE ? 1000.0 * seen[i] : 0;
            sum += in[4].status[i] == ASSAY_VALUE ? score[i] : 0;
            sums[i] = batch->parameters[1] > 0 ? 2 * sum : sum;
            results->status[i] = ASSAY_VALUE;
        }
    }
    return 0;
}

static int32_t run_worked(const struct assay_batch *batch, const struct assay_results *results)
{
    const int32_t *opened = batch->inputs[0].values, *closed = batch->inputs[1].values;
    double        *days = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (batch->inputs[0].status[i] != ASSAY_VALUE ||
            batch->inputs[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING;
            continue;
        }
        days[i] = assay_working_days(batch->calendar, opened[i], closed[i]);
        results->status[i] = days[i] < 0 ? ASSAY_NOT_APPLICABLE : ASSAY_VALUE;
    }
    return 0;
}

static int32_t run_was_seen(const struct assay_batch *batch, const struct assay_results *results)
{
    const uint8_t *seen = batch->inputs[0].values;
    uint8_t       *answers = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        results->status[i] = batch->inputs[0].status[i];
        answers[i] = seen[i];
    }
    return 0;
}

static const char *const plans[] = {"cin|child in need", "cp|child protection", "care", NULL};
static const char *const sum_faults[] = {"it was never opened", "a visit came before the opening"};

static const struct assay_input sum_inputs[] = {
    {"opened", "the day it was opened", ASSAY_DATE, 1, NULL},
    {"visits", "the days of visits", ASSAY_DATES, 0, NULL},
    {"plan", "the kind of plan", ASSAY_CHOICE, 0, plans},
    {"seen", "the child was seen", ASSAY_FLAG, 0, NULL},
    {"score", "any number", ASSAY_NUMBER, 0, NULL},
};
static const struct assay_parameter sum_parameters[] = {
    {"offset", "added to every sum", "points", ASSAY_NUMBER, 0, 1000, 0, 10000},
    {"twice", "the sum counts twice", "", ASSAY_FLAG, 0, 0, 0, 1},
};
static const struct assay_input worked_inputs[] = {
    {"opened", "the day it was opened", ASSAY_DATE, 1, NULL},
    {"closed", "the day it was closed", ASSAY_DATE, 1, NULL},
};
static const struct assay_input seen_inputs[] = {
    {"seen", "the child was seen", ASSAY_FLAG, 1, NULL},
};

static const struct assay_measure sum = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "sum",
    .help = "A sum of all that the record has",
    .unit = "points",
    .minimum = -100000,
    .maximum = 100000,
    .inputs = sum_inputs,
    .parameters = sum_parameters,
    .faults = sum_faults,
    .input_count = COUNT(sum_inputs),
    .parameter_count = COUNT(sum_parameters),
    .fault_count = COUNT(sum_faults),
    .run = run_sum,
};
static const struct assay_measure worked = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "worked",
    .help = "Working days from the opening to the closing",
    .unit = "working days",
    .minimum = 0,
    .maximum = 10000,
    .inputs = worked_inputs,
    .input_count = COUNT(worked_inputs),
    .uses_calendar = 1,
    .run = run_worked,
};
static const struct assay_measure was_seen = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_FLAG,
    .name = "was_seen",
    .help = "Whether the child was seen",
    .unit = "",
    .inputs = seen_inputs,
    .input_count = COUNT(seen_inputs),
    .run = run_was_seen,
};
static const struct assay_measure *const measures[] = {&sum, &worked, &was_seen};

static const struct assay_plugin plugin = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = "frozen",
    .version = "1.0.0",
    .practice_area = "frozen",
    .summary = "What a plugin of assay 0.1.0 was",
    .measures = measures,
    .measure_count = COUNT(measures),
};

const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    if (host->struct_size < sizeof(struct assay_host) || host->oldest_abi > ASSAY_ABI ||
        host->newest_abi < ASSAY_ABI || host->service("assay.example/1") != NULL)
        return NULL;
    return &plugin;
}
