/* run.c - what a plugin answers, and whether it may be believed. */
#include <math.h>
#include <string.h>

#include "loader/run.h"

/* Records are checked in blocks whose notes stay in the first-level cache. */
enum { BLOCK = 1024 };

/* Makes stale values invalid, so that an answer which the plugin did not give is none. */
static void clear_results(const manifest_measure *measure, const struct assay_results *results,
                          size_t count)
{
    memset(results->status, PLUGIN_ANSWER_INVALID, count);
    if (measure->result == ASSAY_FLAG) {
        memset(results->values, PLUGIN_ANSWER_INVALID, count);
        return;
    }
    double *values = results->values;
    for (size_t i = 0; i < count; ++i)
        values[i] = NAN;
}

/* good[i] is 1 where the number is in the range that was declared, which no NaN is. */
static void check_numbers(const double *restrict values, double minimum, double maximum,
                          uint8_t *restrict good, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        good[i] = (uint8_t)((values[i] >= minimum) & (values[i] <= maximum));
}

static void check_flags(const uint8_t *restrict values, uint8_t *restrict good, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        good[i] = values[i] <= 1;
}

/* A status is a value that is good, one of the other three, or a fault that has a text. */
static void check_status(uint8_t *restrict status, const uint8_t *restrict good,
                         uint8_t fault_count, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        const uint8_t is_value = (uint8_t)((status[i] == ASSAY_VALUE) & good[i]);
        const uint8_t is_other = (uint8_t)((uint8_t)(status[i] - 1) < ASSAY_NOT_DUE);
        const uint8_t is_fault = (uint8_t)((uint8_t)(status[i] - ASSAY_FAULT) < fault_count);
        status[i] = (is_value | is_other | is_fault) != 0 ? status[i] : PLUGIN_ANSWER_INVALID;
    }
}

static void check_answers(const manifest_measure *measure, uint8_t fault_count,
                          const struct assay_results *results, size_t count)
{
    uint8_t good[BLOCK];
    for (size_t at = 0; at < count; at += BLOCK) {
        const size_t size = count - at < BLOCK ? count - at : BLOCK;
        if (measure->result == ASSAY_FLAG)
            check_flags((const uint8_t *)results->values + at, good, size);
        else
            check_numbers((const double *)results->values + at, measure->minimum, measure->maximum,
                          good, size);
        check_status(results->status + at, good, fault_count, size);
    }
}

/* Where the input's status is `wanted`, so is the result's. */
static void mask(uint8_t *restrict status, const uint8_t *restrict input, uint8_t wanted,
                 size_t count)
{
    for (size_t i = 0; i < count; ++i)
        status[i] = input[i] == wanted ? wanted : status[i];
}

/* grading.md 4: if either is missing the value is missing; if either is not applicable, so is the
 * value. In this order: with one of each, it is missing. */
static void mask_required(const manifest_measure *measure, const struct assay_batch *batch,
                          uint8_t *status)
{
    static const uint8_t order[] = {ASSAY_NOT_APPLICABLE, ASSAY_MISSING};
    for (size_t o = 0; o < sizeof order; ++o)
        for (size_t i = 0; i < measure->input_count; ++i)
            if (measure->inputs[i].required)
                mask(status, batch->inputs[i].status, order[o], batch->count);
}

bool run_in_process(const plugin *opened, plugin_call *call)
{
    const struct assay_measure *built = opened->table->measures[call->measure];

    return built->run(&call->batch, &call->results) == 0;
}

void run_clear(const plugin *opened, const plugin_call *call)
{
    clear_results(&opened->manifest->measures[call->measure], &call->results, call->batch.count);
}

void run_check(const plugin *opened, const plugin_call *call)
{
    const manifest_measure *declared = &opened->manifest->measures[call->measure];

    check_answers(declared, (uint8_t)plugin_fault_count(opened, call->measure), &call->results,
                  call->batch.count);
    mask_required(declared, &call->batch, call->results.status);
}

unsigned plugin_fault_count(const plugin *opened, size_t measure)
{
    if (opened->table != NULL)
        return opened->table->measures[measure]->fault_count;
    unsigned count = 0;
    while (plugin_fault_text(opened, measure, count) != NULL)
        count++;
    return count;
}

const char *plugin_fault_text(const plugin *opened, size_t measure, unsigned number)
{
    if (opened->table != NULL) {
        const struct assay_measure *built = opened->table->measures[measure];
        return number < built->fault_count ? built->faults[number] : NULL;
    }
    const char *said = opened->first_faults[measure];
    for (; *said != '\0' && number > 0; --number)
        said += strlen(said) + 1;
    return *said != '\0' ? said : NULL;
}
