#include "grading/detail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "grading/fault.h"

const char *detail_text(arena *memory, const char *format, ...)
{
    va_list arguments, again;

    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char *kept = length < 0 ? NULL : arena_array(memory, (size_t)length + 1, 1);
    if (kept)
        vsnprintf(kept, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return kept ? kept : "out of memory";
}

const char *detail_of_cell(const detail_source *source, const char *field, size_t slot,
                           size_t record, const char *wrong, const char *remedy)
{
    const size_t found = source->plan->columns[slot];
    const char *value = chunk_cell_text(source->chunk, slot, record, source->memory);

    if (found == COLUMN_NONE)
        return detail_text(source->memory, "%s: the input has no such column; %s", field, remedy);
    return detail_text(source->memory, "%s \"%s\" (column %zu) %s; %s", field, value, found + 1,
                       wrong, remedy);
}

/* "inadequate, requires_improvement, good or outstanding". */
static const char *list_of(arena *memory, const char *const *items, size_t count)
{
    const char *list = "";

    for (size_t i = 0; i < count; i++) {
        const char *joint = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        const int first_spelling = (int)strcspn(items[i], "|");
        list = detail_text(memory, "%s%s%.*s", list, joint, first_spelling, items[i]);
    }
    return list;
}

static size_t length_of(const char *const *items)
{
    size_t count = 0;
    while (items && items[count])
        count++;
    return count;
}

static const char *remedy_of(const criterion *asked, size_t input, const rubric *held,
                             const char *value, arena *memory)
{
    switch (asked->inputs[input].type) {
    case INPUT_LEVEL:
        return detail_text(memory, "write %s",
                           list_of(memory, held->scale.ids, held->scale.count));
    case INPUT_CHOICE: {
        const manifest_measure *measure = &asked->plugin->measures[asked->plugin_measure];
        const char *const *choices = measure->inputs[input].choices;
        return detail_text(memory, "write %s", list_of(memory, choices, length_of(choices)));
    }
    case INPUT_FLAG:
        return value_type_remedy(VALUE_FLAG);
    case INPUT_NUMBER:
        return value_type_remedy(VALUE_NUMBER);
    case INPUT_DATE:
        return date_remedy(text_of(value));
    case INPUT_DATES:
        return value_type_remedy(VALUE_DATES);
    }
    return "";
}

/* The inputs of criterion c that cannot be read. */
static const char *unreadable_inputs(const group_work *work, size_t c, size_t k,
                                     const detail_source *source)
{
    const rubric *held = work->bound->rubric;
    const criterion *asked = &held->criteria[c];
    const char *all = "";

    for (size_t i = 0; i < asked->input_count; i++) {
        const column *input = &work->columns[work->bound->inputs[c][i]];
        if (input->status[k] != COLUMN_INVALID)
            continue;
        const char *value =
            chunk_cell_text(source->chunk, input->slot, work->rows[k], source->memory);
        const char *wrong = input->type == VALUE_FLAG
                                ? "is neither yes nor no"
                                : detail_text(source->memory, "is not a %s",
                                              value_type_name(input->type));
        const char *one =
            detail_of_cell(source, asked->inputs[i].field, input->slot, work->rows[k], wrong,
                           remedy_of(asked, i, held, value, source->memory));
        all = detail_text(source->memory, "%s%s%s", all, *all ? "; " : "", one);
    }
    return all;
}

static const char *date_fault(const group_work *work, size_t c, size_t k,
                              const detail_source *source)
{
    const criterion *asked = &work->bound->rubric->criteria[c];
    const uint8_t status = work->values[c].status[k];
    const size_t at = status == FAULT_FROM_OUTSIDE_CALENDAR ? 0 : 1;
    const column *input = &work->columns[work->bound->inputs[c][at]];
    const char *wrong, *remedy;

    if (status == FAULT_ENDS_BEFORE_START) {
        const column *from = &work->columns[work->bound->inputs[c][0]];
        char start[DATE_TEXT_SIZE];
        date_write(from->dates[k], start);
        wrong = detail_text(source->memory, "is before %s %s", asked->inputs[0].field, start);
        remedy = "correct the one that is wrong";
    } else {
        char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
        date_write(asked->calendar->table.first, first);
        date_write(asked->calendar->table.last, last);
        wrong = detail_text(source->memory, "is outside the calendar %s, which covers %s to %s",
                            asked->calendar->id, first, last);
        remedy = "correct the date, or add the holidays of its year to the calendar";
    }
    return detail_of_cell(source, asked->inputs[at].field, input->slot, work->rows[k], wrong,
                          remedy);
}

static const char *plugin_fault(const group_work *work, size_t c, size_t k,
                                const detail_source *source)
{
    const criterion *asked = &work->bound->rubric->criteria[c];
    const uint8_t status = work->values[c].status[k];

    const size_t p = work->bound->plugin_of[c];
    if (status == PLUGIN_RECORD_FAILED)
        return detail_text(source->memory, "%s; correct the record if it is odd, and tell the "
                                           "author of the plugin",
                           plugin_runner_why(
                               runners_of(work->runners, work->bound->plugins[p]), k));
    if (status == PLUGIN_ANSWER_INVALID)
        return detail_text(source->memory,
                           "%s: %s gave an answer that it does not declare; tell the author of "
                           "the plugin %s",
                           asked->id, asked->measure_name, asked->plugin->id);
    const char *said = plugin_fault_text(work->bound->plugins[p], asked->plugin_measure,
                                          (unsigned)(status - ASSAY_FAULT));
    return detail_text(source->memory, "%s: the record says that %s; correct it", asked->id,
                       said ? said : "something is wrong");
}

static const char *detail_of_criterion(const group_work *work, size_t c, size_t k,
                                       const detail_source *source)
{
    const criterion *asked = &work->bound->rubric->criteria[c];
    const uint8_t status = work->values[c].status[k];

    if (status == COLUMN_INVALID)
        return unreadable_inputs(work, c, k, source);
    if (status == COLUMN_VALUE)
        return detail_text(source->memory,
                           "%s: %.15g%s%s fits none of the bands; correct the value, or widen the "
                           "bands",
                           asked->id, work->values[c].numbers[k], *asked->unit ? " " : "",
                           asked->unit);
    return asked->kind == MEASURE_PLUGIN ? plugin_fault(work, c, k, source)
                                         : date_fault(work, c, k, source);
}

const char *detail_of_values(const group_work *work, size_t k, const detail_source *source)
{
    const char *all = "";

    for (size_t c = 0; c < work->bound->rubric->criterion_count; c++) {
        if (work->ratings[c][k] != RATING_INVALID)
            continue;
        const char *one = detail_of_criterion(work, c, k, source);
        if (!strstr(all, one)) /* two criteria may read one field */
            all = detail_text(source->memory, "%s%s%s", all, *all ? "; " : "", one);
    }
    return all;
}
