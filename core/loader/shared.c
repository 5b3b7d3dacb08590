/* shared.c - a batch in the memory that host and worker share: only what the measures declare. */
#include <string.h>

#include "loader/runner.h"

/* Where the next array goes. The host remembers every offset that it reads again. */
typedef struct {
    plugin_runner *runner;
    worker_memory *memory;
    uint64_t       used;
    bool           full;
} layout;

enum { ALIGNMENT = 64 };

/* Room for `count` entries of `size` bytes, filled from `bytes` where it is not NULL. */
static uint64_t place(layout *at, const void *bytes, size_t count, size_t size)
{
    const uint64_t offset = (at->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const uint64_t total = (uint64_t)count * size;

    if (at->full || offset > WORKER_MEMORY_SIZE || total > WORKER_MEMORY_SIZE - offset) {
        at->full = true;
        return 0;
    }
    at->used = offset + total;
    if (bytes != NULL && total > 0)
        memcpy((char *)at->memory + offset, bytes, total);
    return offset;
}

size_t plugin_value_size(enum assay_type type)
{
    switch (type) {
    case ASSAY_NUMBER:
        return sizeof(double);
    case ASSAY_DATE:
    case ASSAY_DATES:
        return sizeof(int32_t);
    case ASSAY_FLAG:
    case ASSAY_CHOICE:
        break;
    }
    return sizeof(uint8_t);
}

static worker_column place_input(layout *at, const struct assay_column *input,
                                 enum assay_type type, size_t count)
{
    const size_t entries = input->offsets != NULL ? input->offsets[count] : count;

    return (worker_column){
        .status = place(at, input->status, count, 1),
        .values = place(at, input->values, entries, plugin_value_size(type)),
        .offsets = input->offsets != NULL
                       ? place(at, input->offsets, count + 1, sizeof(uint32_t))
                       : 0,
        .value_size = plugin_value_size(type),
    };
}

/* Measures of one run mostly count by one calendar: it is put there once. */
static uint64_t place_calendar(layout *at, const plugin_call *calls, size_t c)
{
    const struct assay_calendar *calendar = calls[c].batch.calendar;

    if (calendar == NULL)
        return 0;
    for (size_t before = 0; before < c; before++)
        if (calls[before].batch.calendar == calendar)
            return at->runner->shared[before].calendar;

    const size_t days = (size_t)(calendar->last - calendar->first) + 1;
    const worker_calendar shared = {
        .first = calendar->first,
        .last = calendar->last,
        .working_days = place(at, calendar->working_days, days, sizeof(int32_t)),
    };
    return place(at, &shared, 1, sizeof shared);
}

static void place_call(layout *at, const plugin_call *calls, size_t c)
{
    const plugin_call *call = &calls[c];
    const manifest_measure *declared =
        &at->runner->plugin->manifest->measures[call->measure];
    const size_t value_size = plugin_value_size(declared->result);
    worker_column inputs[MANIFEST_INPUTS_MAX];

    for (size_t i = 0; i < declared->input_count; i++)
        inputs[i] = place_input(at, &call->batch.inputs[i], declared->inputs[i].type,
                                call->batch.count);
    at->runner->shared[c] = (worker_call){
        .measure = (uint32_t)call->measure,
        .inputs = place(at, inputs, declared->input_count, sizeof inputs[0]),
        .parameters =
            place(at, call->batch.parameters, declared->parameter_count, sizeof(double)),
        .calendar = place_calendar(at, calls, c),
        .status = place(at, call->results.status, call->batch.count, 1),
        .values = place(at, call->results.values, call->batch.count, value_size),
        .value_size = (uint32_t)value_size,
        .input_count = (uint32_t)declared->input_count,
    };
}

bool shared_put(plugin_runner *runner, const plugin_call *calls, size_t count)
{
    worker_memory *memory = worker_shared(runner->worker);
    layout at = {.runner = runner, .memory = memory, .used = sizeof *memory};
    const uint32_t records = calls[0].batch.count;

    memory->count = records;
    memory->call_count = (uint32_t)count;
    memory->one_by_one = 0;
    memory->call = memory->record = 0;
    for (size_t c = 0; c < count; c++)
        place_call(&at, calls, c);
    runner->skip = place(&at, NULL, records, 1);
    if (at.full)
        return false;
    memory->skip = runner->skip;
    memset((char *)memory + runner->skip, 0, records);
    memcpy(memory->calls, runner->shared, count * sizeof runner->shared[0]);
    return true;
}

void shared_take(const plugin_runner *runner, plugin_call *calls, size_t count)
{
    const worker_memory *memory = worker_shared(runner->worker);
    const char *base = (const char *)memory;

    for (size_t c = 0; c < count; c++) {
        const worker_call *call = &runner->shared[c];
        const size_t records = calls[c].batch.count;

        calls[c].failed |= memory->calls[c].outcome != 0;
        memcpy(calls[c].results.status, base + call->status, records);
        memcpy(calls[c].results.values, base + call->values, records * call->value_size);
    }
}
