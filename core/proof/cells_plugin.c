/* What a plugin's measure is tried with: nothing but its declaration tells what it makes of a cell. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "proof/cells.h"

/* Periods that a measure may count, in days: those of the bands and parameters, as days and as
 * working days, and some of the field's own. */
static void mark_periods(const criterion *asked, cell_marks *out)
{
    static const double common[] = {0, 1, 2, 7, 14, 28, 60, 90, 183};
    cell_marks          near = {.count = 0};

    cells_mark_bands(asked, &near);
    for (size_t i = 0; i < near.count; i++) {
        cells_mark(out, fabs(floor(near.at[i])));
        cells_mark(out, floor(fabs(near.at[i]) * 7 / 5) + 1);
    }
    const size_t parameters =
        asked->plugin != NULL ? asked->plugin->measures[asked->plugin_measure].parameter_count : 0;
    for (size_t p = 0; p < parameters; p++) {
        for (int beside = -1; beside <= 1; beside++)
            cells_mark(out, asked->parameters[p] + beside);
        cells_mark(out, floor(asked->parameters[p] * 7 / 5) + 1);
        for (size_t b = 0; b < asked->band_count; b++)
            cells_mark(out, floor((asked->parameters[p] + asked->bands[b].bound + 1) * 7 / 5) + 1);
    }
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        cells_mark(out, common[i]);
}

static bool add_periods(trial *held, trial_field *field, const cell_marks *periods, int32_t from)
{
    for (size_t i = 0; i < periods->count; i++)
        if (periods->at[i] >= 0 && periods->at[i] < 40000 &&
            (!cells_add_day(held, field, from - (int64_t)periods->at[i]) ||
             (from < held->audit_day &&
              !cells_add_day(held, field, from + (int64_t)periods->at[i]))))
            return false;
    return true;
}

/* What hangs on a date that several measures read cannot be told: days round the audit and a year before
 * it, birthdays, and for a date that all the rest is counted from a few that are easy to fit. */
bool cells_add_any_date(trial *held, trial_field *field, const criterion *asked)
{
    static const int years[] = {5, 16, 17, 18, 20, 22};
    cell_marks       periods = {.count = 0};

    if (is_audit_date(field))
        return cells_add_day(held, field, held->audit_day);
    if (field->owner == SIZE_MAX && (!cells_add_day(held, field, held->audit_day - EARLIER) ||
                                     !cells_add_day(held, field, held->audit_day - RECENTLY)))
        return false;
    mark_periods(asked, &periods);
    if (!add_periods(held, field, &periods, held->audit_day) ||
        !add_periods(held, field, &periods, held->audit_day - EARLIER))
        return false;
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++)
        if (!cells_add_day(held, field, held->audit_day - years[i] * 365 - EARLIER))
            return false;
    return true;
}

/* Lists of dates: one every so many days, from the earlier day to the audit. */
bool cells_add_series(trial *held, trial_field *field, const criterion *asked)
{
    cell_marks periods = {.count = 0};

    mark_periods(asked, &periods);
    for (size_t i = 0; i < periods.count; i++) {
        const int64_t apart = (int64_t)periods.at[i];
        buffer        list = {0};
        if (apart < 4 || apart > EARLIER)
            continue;
        for (int64_t day = held->audit_day - EARLIER + apart; day <= held->audit_day;
             day += apart) {
            char written[DATE_TEXT_SIZE];
            date_write((int32_t)day, written);
            buffer_format(&list, "%s%s", list.size > 0 ? "; " : "", written);
        }
        const bool added =
            !list.failed && cells_add_text(held, field, (text){list.bytes, list.size});
        buffer_free(&list);
        if (!added)
            return false;
    }
    return true;
}

static size_t number_inputs(const criterion *asked)
{
    size_t count = 0;
    for (size_t i = 0; i < asked->input_count; i++)
        count += asked->inputs[i].type == INPUT_NUMBER;
    return count;
}

/* Counts and shares: 79 of 100 lies at the edge of a band. Of three numbers and more few each, so that
 * all their combinations can be tried: 4 of 5, 5 of 10. */
bool cells_add_counts(trial *held, trial_field *field, const criterion *asked)
{
    static const double few[] = {10, 5, 4, 0, 1, 2};
    static const double many[] = {100, 3, 7, 9, 12, 15, 17, 20, 50};
    cell_marks          found = {.count = 0};

    for (size_t i = 0; i < sizeof few / sizeof few[0]; i++)
        cells_mark(&found, few[i]);
    for (size_t i = 0; number_inputs(asked) <= 2 && i < sizeof many / sizeof many[0]; i++)
        cells_mark(&found, many[i]);
    if (number_inputs(asked) <= 2)
        cells_mark_bands(asked, &found);
    for (size_t i = 0; i < found.count; i++)
        if (!cells_add_number(held, field, found.at[i]))
            return false;
    return true;
}

bool cells_add_choices(trial *held, trial_field *field, const criterion *asked, size_t input)
{
    const manifest_input *declared = &asked->plugin->measures[asked->plugin_measure].inputs[input];

    for (size_t i = 0; declared->choices != NULL && declared->choices[i] != NULL; i++)
        if (!cells_add_text(held, field,
                            (text){declared->choices[i], strcspn(declared->choices[i], "|")}))
            return false;
    return true;
}
