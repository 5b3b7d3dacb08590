/* Which cells are tried for a field: every way in which the criteria that read it can take it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "proof/trial.h"

enum {
    /* What a record's dates lie apart from the audit where nothing else says so: 57 weeks, so that it
     * is the same day of the week, and most periods of care and review fit in. */
    EARLIER = 399,
    RECENTLY = 21,
    CELLS_MAX = 400, /* of one field */
    DAYS_SPARE = 800 /* round the audit day that a calendar should cover */
};

/* ---- Adding a cell ------------------------------------------------------------------------------ */

static bool add_text(trial *held, trial_field *field, text value)
{
    for (size_t i = 0; i < field->cell_count; i++)
        if (strlen(field->cells[i]) == value.size &&
            memcmp(field->cells[i], value.at, value.size) == 0)
            return true;
    if (field->cell_count == CELLS_MAX)
        return true;
    if (field->cells == NULL)
        field->cells = arena_array(&held->memory, CELLS_MAX, sizeof *field->cells);
    char *copy = arena_text(&held->memory, value.at, value.size);
    if (field->cells == NULL || copy == NULL)
        return false;
    field->cells[field->cell_count++] = copy;
    return true;
}

static bool add(trial *held, trial_field *field, const char *value)
{
    return add_text(held, field, text_of(value));
}

static bool add_number(trial *held, trial_field *field, double number)
{
    buffer written = {0};

    if (number < 0 || !isfinite(number)) /* a record's numbers have no sign */
        return true;
    buffer_number(&written, number);
    const bool added =
        !written.failed && add_text(held, field, (text){written.bytes, written.size});
    buffer_free(&written);
    return added;
}

static bool add_day(trial *held, trial_field *field, int64_t day)
{
    char written[DATE_TEXT_SIZE];

    if (day < assay_date_from_parts(1, 1, 1) || day > assay_date_from_parts(9999, 12, 31))
        return true;
    date_write((int32_t)day, written);
    return add(held, field, written);
}

/* ---- Numbers that matter to a criterion ------------------------------------------------------------- */

enum { MARKS_MAX = 200 };
typedef struct {
    double at[MARKS_MAX];
    size_t count;
} marks;

static void mark(marks *out, double number)
{
    if (out->count < MARKS_MAX && isfinite(number))
        out->at[out->count++] = number;
}

/* A number of each stretch between bounds, each bound, and what lies one beside it. */
static void mark_bands(const criterion *asked, marks *out)
{
    number_piece pieces[MARKS_MAX];

    if (2 * asked->band_count + 1 > MARKS_MAX)
        return;
    const size_t count = number_pieces(asked, pieces);
    for (size_t i = 0; i < count; i++)
        mark(out, pieces[i].sample);
    for (size_t b = 0; b < asked->band_count; b++) {
        if (asked->bands[b].condition == BAND_ALWAYS)
            continue;
        for (int beside = -1; beside <= 1; beside++)
            mark(out, asked->bands[b].bound + beside);
        mark(out, asked->bands[b].bound + 0.5);
    }
}

/* ---- Dates of built-in measures ---------------------------------------------------------------------- */

static size_t field_at(const trial *held, const char *name)
{
    size_t at = 0;
    while (!text_same_name(text_of(held->fields[at].name), text_of(name)))
        at++;
    return at;
}

static bool is_dates(const criterion *asked)
{
    return asked->kind == MEASURE_DAYS || asked->kind == MEASURE_WORKING_DAYS;
}

static bool is_audit_date(const trial_field *field)
{
    return text_same_name(text_of(field->name), text_of("audit_date"));
}

/* The day that a date says where nothing hangs on it. */
static int32_t anchor(const trial *held, const trial_field *field)
{
    for (size_t c = 0; c < held->rubric->criterion_count && !is_audit_date(field); c++) {
        const criterion *asked = &held->rubric->criteria[c];
        if (is_dates(asked) &&
            text_same_name(text_of(asked->inputs[0].field), text_of(field->name)))
            return held->audit_day - EARLIER;
    }
    return held->audit_day;
}

/* Which of the two dates of a criterion is moved to make its number: one of its own, or `to`. */
static size_t moved_input(const trial *held, const criterion *asked)
{
    const trial_field *from = &held->fields[field_at(held, asked->inputs[0].field)];
    const trial_field *to = &held->fields[field_at(held, asked->inputs[1].field)];
    return to->owner == SIZE_MAX && from->owner != SIZE_MAX ? 0 : 1;
}

/* The day `count` of the measure's days after `from` (before it, where `step` is -1); INT64_MAX where
 * the calendar does not reach so far. */
static int64_t day_apart(const criterion *asked, int32_t from, int64_t count, int step)
{
    if (asked->kind == MEASURE_DAYS)
        return from + step * count;
    const struct assay_calendar *table = &asked->calendar->table;
    for (int32_t day = from; table->working_days != NULL; day += step) {
        const int32_t passed =
            step > 0 ? assay_working_days(table, from, day) : assay_working_days(table, day, from);
        if (passed < 0)
            break;
        if (passed == count)
            return day;
    }
    return INT64_MAX;
}

static bool add_dates(trial *held, trial_field *field, const criterion *asked)
{
    const size_t       moved = moved_input(held, asked);
    const size_t       fixed = field_at(held, asked->inputs[1 - moved].field);
    const trial_field *moves = &held->fields[field_at(held, asked->inputs[moved].field)];
    const int32_t      from = anchor(held, &held->fields[fixed]);
    marks              found = {.count = 0};

    if (moves != field || &held->fields[fixed] == field)
        return add_day(held, field, anchor(held, field));
    mark_bands(asked, &found);
    for (size_t i = 0; i < found.count; i++) {
        const double apart = floor(found.at[i]);
        if (apart < 0 || apart > INT32_MAX)
            continue;
        const int64_t day = day_apart(asked, from, (int64_t)apart, moved == 1 ? 1 : -1);
        if (day != INT64_MAX && !add_day(held, field, day))
            return false;
    }
    return true;
}

/* ---- What a plugin's measure is tried with ------------------------------------------------------------- */

/* Periods that a measure may count, in days: those of the bands and parameters, as days and as
 * working days, and some of the field's own. */
static void mark_periods(const criterion *asked, marks *out)
{
    static const double common[] = {0, 1, 2, 7, 14, 28, 60, 90, 183};
    marks               near = {.count = 0};

    mark_bands(asked, &near);
    for (size_t i = 0; i < near.count; i++) {
        mark(out, fabs(floor(near.at[i])));
        mark(out, floor(fabs(near.at[i]) * 7 / 5) + 1);
    }
    const size_t parameters =
        asked->plugin != NULL ? asked->plugin->measures[asked->plugin_measure].parameter_count : 0;
    for (size_t p = 0; p < parameters; p++) {
        for (int beside = -1; beside <= 1; beside++)
            mark(out, asked->parameters[p] + beside);
        mark(out, floor(asked->parameters[p] * 7 / 5) + 1);
        for (size_t b = 0; b < asked->band_count; b++)
            mark(out, floor((asked->parameters[p] + asked->bands[b].bound + 1) * 7 / 5) + 1);
    }
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        mark(out, common[i]);
}

static bool add_periods(trial *held, trial_field *field, const marks *periods, int32_t from)
{
    for (size_t i = 0; i < periods->count; i++)
        if (periods->at[i] >= 0 && periods->at[i] < 40000 &&
            (!add_day(held, field, from - (int64_t)periods->at[i]) ||
             (from < held->audit_day && !add_day(held, field, from + (int64_t)periods->at[i]))))
            return false;
    return true;
}

/* What hangs on a date that several measures read cannot be told: days round the audit and a year before
 * it, birthdays, and for a date that all the rest is counted from a few that are easy to fit. */
static bool add_any_date(trial *held, trial_field *field, const criterion *asked)
{
    static const int years[] = {5, 16, 17, 18, 20, 22};
    marks            periods = {.count = 0};

    if (is_audit_date(field))
        return add_day(held, field, held->audit_day);
    if (field->owner == SIZE_MAX && (!add_day(held, field, held->audit_day - EARLIER) ||
                                     !add_day(held, field, held->audit_day - RECENTLY)))
        return false;
    mark_periods(asked, &periods);
    if (!add_periods(held, field, &periods, held->audit_day) ||
        !add_periods(held, field, &periods, held->audit_day - EARLIER))
        return false;
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++)
        if (!add_day(held, field, held->audit_day - years[i] * 365 - EARLIER))
            return false;
    return true;
}

/* Lists of dates: one every so many days, from the earlier day to the audit. */
static bool add_series(trial *held, trial_field *field, const criterion *asked)
{
    marks periods = {.count = 0};

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
        const bool added = !list.failed && add_text(held, field, (text){list.bytes, list.size});
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
static bool add_counts(trial *held, trial_field *field, const criterion *asked)
{
    static const double few[] = {10, 5, 4, 0, 1, 2};
    static const double many[] = {100, 3, 7, 9, 12, 15, 17, 20, 50};
    marks               found = {.count = 0};

    for (size_t i = 0; i < sizeof few / sizeof few[0]; i++)
        mark(&found, few[i]);
    for (size_t i = 0; number_inputs(asked) <= 2 && i < sizeof many / sizeof many[0]; i++)
        mark(&found, many[i]);
    if (number_inputs(asked) <= 2)
        mark_bands(asked, &found);
    for (size_t i = 0; i < found.count; i++)
        if (!add_number(held, field, found.at[i]))
            return false;
    return true;
}

static bool add_choices(trial *held, trial_field *field, const criterion *asked, size_t input)
{
    const manifest_input *declared = &asked->plugin->measures[asked->plugin_measure].inputs[input];

    for (size_t i = 0; declared->choices != NULL && declared->choices[i] != NULL; i++)
        if (!add_text(held, field,
                      (text){declared->choices[i], strcspn(declared->choices[i], "|")}))
            return false;
    return true;
}

/* ---- By what reads the field ------------------------------------------------------------------------------ */

static bool add_levels(trial *held, trial_field *field, const criterion *asked, size_t c)
{
    const rubric  *tried = held->rubric;
    const unsigned given = held->stand_ins ? held->given[c] : levels_given(tried, asked);

    for (size_t l = tried->scale.count; l-- > 0;)
        if (given >> l & 1 && !add(held, field, tried->scale.ids[l]))
            return false;
    return true;
}

static int by_size(const void *a, const void *b)
{
    const double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/* What lies between the bounds of two criteria that read the same number. */
static void mark_between(const trial *held, const trial_field *field, marks *out)
{
    marks bounds = {.count = 0};

    for (size_t c = 0; c < held->rubric->criterion_count; c++) {
        const criterion *asked = &held->rubric->criteria[c];
        if (asked->kind != MEASURE_NUMBER ||
            !text_same_name(text_of(asked->inputs[0].field), text_of(field->name)))
            continue;
        for (size_t b = 0; b < asked->band_count; b++)
            if (asked->bands[b].condition != BAND_ALWAYS)
                mark(&bounds, asked->bands[b].bound);
    }
    qsort(bounds.at, bounds.count, sizeof *bounds.at, by_size);
    for (size_t i = 1; i < bounds.count; i++)
        mark(out, (bounds.at[i - 1] + bounds.at[i]) / 2);
}

static bool add_built_in_numbers(trial *held, trial_field *field, const criterion *asked)
{
    marks found = {.count = 0};

    mark_bands(asked, &found);
    if (field->owner == SIZE_MAX)
        mark_between(held, field, &found);
    for (size_t i = 0; i < found.count; i++)
        if (!add_number(held, field, found.at[i]))
            return false;
    return true;
}

static bool add_input(trial *held, trial_field *field, size_t c, size_t input)
{
    const criterion *asked = &held->rubric->criteria[c];

    switch (asked->inputs[input].type) {
    case INPUT_LEVEL:
        return add_levels(held, field, asked, c);
    case INPUT_FLAG:
        return add(held, field, "yes") && add(held, field, "no");
    case INPUT_NUMBER:
        return asked->kind == MEASURE_NUMBER ? add_built_in_numbers(held, field, asked)
                                             : add_counts(held, field, asked);
    case INPUT_DATE:
        return is_dates(asked) ? add_dates(held, field, asked) : add_any_date(held, field, asked);
    case INPUT_DATES:
        return add_series(held, field, asked);
    case INPUT_CHOICE:
        return add_choices(held, field, asked, input);
    }
    return true;
}

/* True where no applies_if on the field takes the value. */
static bool is_otherwise(const trial *held, const trial_field *field, const char *value)
{
    for (size_t c = 0; c < held->rubric->criterion_count; c++) {
        const criterion *asked = &held->rubric->criteria[c];
        if (asked->applies_field != NULL &&
            text_same_name(text_of(asked->applies_field), text_of(field->name)) &&
            spelling_find(asked->applies_values, text_of(value)) != SPELLING_NONE)
            return false;
    }
    return true;
}

/* The values that applies_if names, and one that none names. */
static bool add_applies(trial *held, trial_field *field, const criterion *asked)
{
    static const char *const others[] = {"no", "other", "none of these", "another one"};
    const char              *rest = asked->applies_text;

    while (*rest != '\0') {
        const size_t size = strcspn(rest, "|");
        if (!add_text(held, field, text_trim((text){rest, size})))
            return false;
        rest += size + (rest[size] == '|');
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (is_otherwise(held, field, others[i]))
            return add(held, field, others[i]);
    return true;
}

/* Whether two cells are the same to every applies_if on the field. */
static bool same_to_applies(const trial *held, const trial_field *field, const char *a,
                            const char *b)
{
    for (size_t c = 0; c < held->rubric->criterion_count; c++) {
        const criterion *asked = &held->rubric->criteria[c];
        if (asked->applies_field != NULL &&
            text_same_name(text_of(asked->applies_field), text_of(field->name)) &&
            (spelling_find(asked->applies_values, text_of(a)) == SPELLING_NONE) !=
                (spelling_find(asked->applies_values, text_of(b)) == SPELLING_NONE))
            return false;
    }
    return true;
}

/* Of values that no measure reads, one of each kind is enough. */
static void drop_alike(const trial *held, trial_field *field)
{
    size_t kept = 0;

    for (size_t i = 0; i < field->cell_count; i++) {
        bool alike = false;
        for (size_t k = 0; k < kept && !alike; k++)
            alike = same_to_applies(held, field, field->cells[k], field->cells[i]);
        if (!alike)
            field->cells[kept++] = field->cells[i];
    }
    field->cell_count = kept;
}

static bool fill_field(trial *held, trial_field *field)
{
    const rubric *tried = held->rubric;
    bool          measured = false;

    for (size_t c = 0; c < tried->criterion_count; c++) {
        const criterion *asked = &tried->criteria[c];
        for (size_t i = 0; i < asked->input_count; i++) {
            if (!text_same_name(text_of(asked->inputs[i].field), text_of(field->name)))
                continue;
            measured = true;
            if (!add_input(held, field, c, i))
                return false;
        }
        if (asked->applies_field != NULL &&
            text_same_name(text_of(asked->applies_field), text_of(field->name)) &&
            !add_applies(held, field, asked))
            return false;
    }
    if (!measured) {
        drop_alike(held, field);
        return true;
    }
    return add(held, field, "") && add(held, field, "n/a");
}

/* ---- All fields ---------------------------------------------------------------------------------------------- */

/* A Wednesday some time after the rubric came into force, well within the calendars it uses. */
static int32_t audit_day(const rubric *tried)
{
    int32_t day = tried->effective_from + 2 * 365;

    for (size_t c = 0; c < tried->criterion_count; c++) {
        const calendar *used = tried->criteria[c].calendar;
        if (used != NULL && used->table.working_days != NULL &&
            (day - DAYS_SPARE < used->table.first || day + DAYS_SPARE > used->table.last))
            day = used->table.first + (used->table.last - used->table.first) / 2;
    }
    while ((day + 4) % 7 != 3) /* 1 January 1970 was a Thursday, the day 4 of a week from Sunday */
        day--;
    return day;
}

bool cells_fill(trial *held)
{
    held->audit_day = audit_day(held->rubric);
    for (size_t f = 0; f < held->field_count; f++)
        if (!fill_field(held, &held->fields[f]))
            return false;
    return true;
}
