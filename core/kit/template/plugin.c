/* @NAME@.c - how long a request waited for its response.
 *
 * SPDX-License-Identifier: MIT-0. This file began as a template of assay that may be used in any
 * way; put your own licence here.
 *
 * A plugin measures: how long, how many, whether. What is good enough is for the rubric to say. The
 * contract is in <assay/plugin.h>, and @NAME@.ini makes the same declarations as data. */
#include <assay/plugin.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Dates of the years 1 to 9999 lie at most this far apart. */
#define LONGEST_DAYS 3652058

/* In the order in which the measure declares them. */
enum { AUDIT, REQUEST, RESPONSE };
enum { DUE_WITHIN };

/* What can be wrong with a record, in words that complete "the record says that". */
enum { FAULT_AFTER_AUDIT = ASSAY_FAULT, FAULT_RESPONSE_FIRST };
static const char *const faults[] = {
    "the request or the response came after the audit",
    "the response came before the request",
};

static const struct assay_input inputs[] = {
    {"audit_date", "the day on which the file was audited", ASSAY_DATE, 1, NULL},
    {"request_date", "the day on which the family asked", ASSAY_DATE, 1, NULL},
    {"response_date", "the day on which they had an answer", ASSAY_DATE, 0, NULL},
};

static const struct assay_parameter parameters[] = {
    {"due_within", "a wait up to this long is not yet late", "days", ASSAY_NUMBER, 0, 10, 0, 365},
};

/* One record: its status, and the days waited where that is ASSAY_VALUE or ASSAY_NOT_DUE. */
static uint8_t read_wait(const struct assay_batch *batch, uint32_t record, int32_t *days)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[AUDIT].values, *request = in[REQUEST].values,
                  *response = in[RESPONSE].values;
    int32_t until;

    /* Where an input that is required has no value, the host puts its status in place of ours. */
    if (in[AUDIT].status[record] != ASSAY_VALUE || in[REQUEST].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING;
    if (in[RESPONSE].status[record] == ASSAY_NOT_APPLICABLE)
        return ASSAY_NOT_APPLICABLE;

    /* No response yet: the family has waited until the day of the audit, not until today. */
    until = in[RESPONSE].status[record] == ASSAY_VALUE ? response[record] : audit[record];
    if (request[record] > audit[record] || until > audit[record])
        return FAULT_AFTER_AUDIT;
    if (until < request[record])
        return FAULT_RESPONSE_FIRST;
    *days = until - request[record];
    if (in[RESPONSE].status[record] != ASSAY_VALUE && *days <= batch->parameters[DUE_WITHIN])
        return ASSAY_NOT_DUE;
    return ASSAY_VALUE;
}

static int32_t run_wait(const struct assay_batch *batch, const struct assay_results *results)
{
    double  *values = results->values;
    uint32_t i;

    for (i = 0; i < batch->count; ++i) {
        int32_t days = 0;

        results->status[i] = read_wait(batch, i, &days);
        values[i] = days;
    }
    return 0;
}

static const struct assay_measure wait = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "wait",
    .help = "Days from the request to the response; 0 is the same day",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = inputs,
    .parameters = parameters,
    .faults = faults,
    .input_count = COUNT(inputs),
    .parameter_count = COUNT(parameters),
    .fault_count = COUNT(faults),
    .run = run_wait,
};

static const struct assay_measure *const measures[] = {&wait};

static const struct assay_plugin plugin = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = "@NAME@",
    .version = "1.0.0",
    .practice_area = "@AREA@",
    .summary = "@TITLE@: how long a request waited",
    .measures = measures,
    .measure_count = COUNT(measures),
};

ASSAY_PLUGIN_EXPORT const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    if (host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI)
        return NULL;
    return &plugin;
}
