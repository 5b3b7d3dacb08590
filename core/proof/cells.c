/* Which cells are tried for a field: every way in which the criteria that read it can take it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "proof/cells.h"

enum {
    CELLS_MAX = 400, /* of one field */
    DAYS_SPARE = 800 /* round the audit day that a calendar should cover */
};

/* ---- Adding a cell ------------------------------------------------------------------------------ */

bool cells_add_text(trial *held, trial_field *field, text value)
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
    return cells_add_text(held, field, text_of(value));
}

bool cells_add_number(trial *held, trial_field *field, double number)
{
    buffer written = {0};

    if (number < 0 || !isfinite(number)) /* a record's numbers have no sign */
        return true;
    buffer_number(&written, number);
    const bool added =
        !written.failed && cells_add_text(held, field, (text){written.bytes, written.size});
    buffer_free(&written);
    return added;
}

bool cells_add_day(trial *held, trial_field *field, int64_t day)
{
    char written[DATE_TEXT_SIZE];

    if (day < assay_date_from_parts(1, 1, 1) || day > assay_date_from_parts(9999, 12, 31))
        return true;
    date_write((int32_t)day, written);
    return add(held, field, written);
}

/* ---- Numbers that matter to a criterion ------------------------------------------------------------- */

void cells_mark(cell_marks *out, double number)
{
    if (out->count < MARKS_MAX && isfinite(number))
        out->at[out->count++] = number;
}

/* A number of each stretch between bounds, each bound, and what lies one beside it. */
void cells_mark_bands(const criterion *asked, cell_marks *out)
{
    number_piece pieces[MARKS_MAX];

    if (2 * asked->band_count + 1 > MARKS_MAX)
        return;
    const size_t count = number_pieces(asked, pieces);
    for (size_t i = 0; i < count; i++)
        cells_mark(out, pieces[i].sample);
    for (size_t b = 0; b < asked->band_count; b++) {
        if (asked->bands[b].condition == BAND_ALWAYS)
            continue;
        for (int beside = -1; beside <= 1; beside++)
            cells_mark(out, asked->bands[b].bound + beside);
        cells_mark(out, asked->bands[b].bound + 0.5);
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

bool is_audit_date(const trial_field *field)
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
    cell_marks         found = {.count = 0};

    if (moves != field || &held->fields[fixed] == field)
        return cells_add_day(held, field, anchor(held, field));
    cells_mark_bands(asked, &found);
    for (size_t i = 0; i < found.count; i++) {
        const double apart = floor(found.at[i]);
        if (apart < 0 || apart > INT32_MAX)
            continue;
        const int64_t day = day_apart(asked, from, (int64_t)apart, moved == 1 ? 1 : -1);
        if (day != INT64_MAX && !cells_add_day(held, field, day))
            return false;
    }
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
static void mark_between(const trial *held, const trial_field *field, cell_marks *out)
{
    cell_marks bounds = {.count = 0};

    for (size_t c = 0; c < held->rubric->criterion_count; c++) {
        const criterion *asked = &held->rubric->criteria[c];
        if (asked->kind != MEASURE_NUMBER ||
            !text_same_name(text_of(asked->inputs[0].field), text_of(field->name)))
            continue;
        for (size_t b = 0; b < asked->band_count; b++)
            if (asked->bands[b].condition != BAND_ALWAYS)
                cells_mark(&bounds, asked->bands[b].bound);
    }
    qsort(bounds.at, bounds.count, sizeof *bounds.at, by_size);
    for (size_t i = 1; i < bounds.count; i++)
        cells_mark(out, (bounds.at[i - 1] + bounds.at[i]) / 2);
}

static bool add_built_in_numbers(trial *held, trial_field *field, const criterion *asked)
{
    cell_marks found = {.count = 0};

    cells_mark_bands(asked, &found);
    if (field->owner == SIZE_MAX)
        mark_between(held, field, &found);
    for (size_t i = 0; i < found.count; i++)
        if (!cells_add_number(held, field, found.at[i]))
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
                                             : cells_add_counts(held, field, asked);
    case INPUT_DATE:
        return is_dates(asked) ? add_dates(held, field, asked)
                               : cells_add_any_date(held, field, asked);
    case INPUT_DATES:
        return cells_add_series(held, field, asked);
    case INPUT_CHOICE:
        return cells_add_choices(held, field, asked, input);
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
        if (!cells_add_text(held, field, text_trim((text){rest, size})))
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
