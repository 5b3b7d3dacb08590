#include "grading/measure.h"

/* What a built-in measure of two dates says of a record that it cannot measure; the texts are in
 * detail.c. The numbers are those of a plugin's faults, of which a built-in has none. */
#include "grading/fault.h"

/* grading.md 4: missing before not applicable, as it says them; what is wrong before either. */
static uint8_t status_of_two(uint8_t a, uint8_t b)
{
    if (a == COLUMN_INVALID || b == COLUMN_INVALID)
        return COLUMN_INVALID;
    if (a == COLUMN_MISSING || b == COLUMN_MISSING)
        return COLUMN_MISSING;
    return a == COLUMN_NOT_APPLICABLE || b == COLUMN_NOT_APPLICABLE ? COLUMN_NOT_APPLICABLE
                                                                    : COLUMN_VALUE;
}

/* grading.md 4: calendar days from one date to another. */
static void days(const column *from, const column *to, size_t count, const measure_space *space)
{
    for (size_t k = 0; k < count; k++) {
        uint8_t status = status_of_two(from->status[k], to->status[k]);
        const int32_t passed = status == COLUMN_VALUE ? to->dates[k] - from->dates[k] : 0;

        if (passed < 0)
            status = FAULT_ENDS_BEFORE_START;
        space->status[k] = status;
        space->numbers[k] = passed;
    }
}

static bool outside(const struct assay_calendar *table, const column *dates, size_t k)
{
    return dates->status[k] == COLUMN_VALUE &&
           (dates->dates[k] < table->first || dates->dates[k] > table->last);
}

/* grading.md 4: working days d with from < d <= to; a date outside the calendar is invalid. */
static void working_days(const struct assay_calendar *table, const column *from, const column *to,
                         size_t count, const measure_space *space)
{
    for (size_t k = 0; k < count; k++) {
        uint8_t status = status_of_two(from->status[k], to->status[k]);
        int32_t passed = 0;

        if (status != COLUMN_INVALID && outside(table, from, k))
            status = FAULT_FROM_OUTSIDE_CALENDAR;
        else if (status != COLUMN_INVALID && outside(table, to, k))
            status = FAULT_TO_OUTSIDE_CALENDAR;
        else if (status == COLUMN_VALUE) {
            passed = assay_working_days(table, from->dates[k], to->dates[k]);
            if (passed < 0)
                status = FAULT_ENDS_BEFORE_START;
        }
        space->status[k] = status;
        space->numbers[k] = passed;
    }
}

/* A plugin sees no invalid values, and nothing of records to which its criterion does not apply. */
static const uint8_t *mask(const column *input, const uint8_t *applies, size_t count, uint8_t *out)
{
    if (!input->invalid && !applies)
        return input->status;
    for (size_t k = 0; k < count; k++) {
        const uint8_t status = input->status[k];
        out[k] = applies && !applies[k]     ? COLUMN_NOT_APPLICABLE
                 : status == COLUMN_INVALID ? COLUMN_MISSING
                                            : status;
    }
    return out;
}

static plugin_call call_of(const rubric_plan *bound, size_t c, const column *columns,
                           const uint8_t *applies, size_t count, const measure_space *space)
{
    const criterion *asked = &bound->rubric->criteria[c];

    for (size_t i = 0; i < asked->input_count; i++) {
        const column *input = &columns[bound->inputs[c][i]];
        space->inputs[i] = (struct assay_column){
            .status = mask(input, applies, count, space->masked + i * space->capacity),
            .values = input->values,
            .offsets = input->offsets,
        };
    }
    return (plugin_call){
        .measure = asked->plugin_measure,
        .batch =
            {
                .struct_size = sizeof(struct assay_batch),
                .count = (uint32_t)count,
                .inputs = space->inputs,
                .parameters = asked->parameters,
                .calendar = asked->calendar ? &asked->calendar->table : NULL,
            },
        .results =
            {
                .struct_size = sizeof(struct assay_results),
                .status = space->status,
                .values = asked->gives_flag ? (void *)space->bytes : (void *)space->numbers,
            },
    };
}

void measure_finish(const rubric_plan *bound, size_t c, const column *columns, size_t count,
                    const measure_space *space)
{
    for (size_t i = 0; i < bound->rubric->criteria[c].input_count; i++) {
        const column *input = &columns[bound->inputs[c][i]];
        for (size_t k = 0; input->invalid && k < count; k++)
            if (input->status[k] == COLUMN_INVALID)
                space->status[k] = COLUMN_INVALID;
    }
}

void measure_values(const rubric_plan *bound, size_t c, const column *columns,
                    const uint8_t *applies, size_t count, const measure_space *space,
                    criterion_values *out, plugin_call *call)
{
    const criterion *asked = &bound->rubric->criteria[c];
    const column *first = asked->input_count ? &columns[bound->inputs[c][0]] : NULL;

    *out = (criterion_values){.status = space->status, .numbers = space->numbers};
    switch (asked->kind) {
    case MEASURE_RATING:
    case MEASURE_YES_NO:
        *out = (criterion_values){.status = first->status, .bytes = first->bytes};
        break;
    case MEASURE_NUMBER:
        *out = (criterion_values){.status = first->status, .numbers = first->numbers};
        break;
    case MEASURE_DAYS:
        days(first, &columns[bound->inputs[c][1]], count, space);
        break;
    case MEASURE_WORKING_DAYS:
        working_days(&asked->calendar->table, first, &columns[bound->inputs[c][1]], count, space);
        break;
    case MEASURE_PLUGIN:
        if (asked->gives_flag)
            *out = (criterion_values){.status = space->status, .bytes = space->bytes};
        *call = call_of(bound, c, columns, applies, count, space);
        break;
    }
}
