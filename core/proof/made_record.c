/* Records that are rated as somebody wants: chosen from the rows of a trial, and graded again. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "proof/trial.h"

struct record_maker {
    const rubric *rubric;
    plugin_set   *plugins;
    trial         tried;
    size_t       *row;  /* [criterion]: of its own */
    uint16_t     *pick; /* [field]: the cell chosen */
};

static bool needs_plugin(const rubric *held)
{
    for (size_t c = 0; c < held->criterion_count; c++)
        if (held->criteria[c].kind == MEASURE_PLUGIN)
            return true;
    return false;
}

record_maker *record_maker_new(const rubric *held, plugin_set *plugins, unsigned threads,
                               error_list *errors)
{
    if (held->unusable != NULL && plugins != NULL) {
        error_add(errors, FAULT_PLUGIN, held->file, 0, 0, "%s", held->unusable);
        return NULL;
    }
    record_maker *maker = calloc(1, sizeof *maker);
    if (maker == NULL) {
        error_memory(errors);
        return NULL;
    }
    maker->rubric = held;
    maker->plugins = plugins;
    if (!trial_run(&maker->tried, held, plugins, plugins == NULL && needs_plugin(held), threads,
                   errors)) {
        free(maker);
        return NULL;
    }
    maker->row = arena_array(&maker->tried.memory, held->criterion_count, sizeof(size_t));
    maker->pick = arena_array(&maker->tried.memory, maker->tried.field_count, sizeof(uint16_t));
    if (maker->row == NULL || maker->pick == NULL) {
        error_memory(errors);
        record_maker_free(maker);
        return NULL;
    }
    return maker;
}

void record_maker_free(record_maker *maker)
{
    if (maker == NULL)
        return;
    trial_free(&maker->tried);
    free(maker);
}

/* ---- Choosing rows ------------------------------------------------------------------------------ */

/* Cells of the criterion's own that say nothing. */
static size_t blanks(const trial *tried, size_t c, size_t row)
{
    size_t count = 0;
    for (size_t i = 0; i < tried->own_count[c]; i++) {
        const size_t f = tried->own[c][i];
        count += *tried->fields[f].cells[trial_cell(tried, f, 0, row)] == '\0';
    }
    return count;
}

/* The first row in which criterion c is as wanted; of those in which it is not rated the one
 * that says least. SIZE_MAX: there is none. */
static size_t row_for(const record_maker *maker, size_t c, size_t world, const made_want *want)
{
    const trial      *tried = &maker->tried;
    const trial_part *part = &tried->parts[tried->part_of[c]];
    size_t            best = SIZE_MAX, most = 0;

    for (size_t row = 0; row < tried->own_rows[c]; row++) {
        const size_t t = trial_row(part, world, row);
        const double number = tried->numbers[c] != NULL ? tried->numbers[c][t] : 0;
        if (!rated_as(tried->ratings[c][t], number, want))
            continue;
        if (want->rating < LEVELS_MAX || want->rating == MADE_ANY)
            return row;
        const size_t blank = blanks(tried, c, row);
        if (best == SIZE_MAX || blank > most) {
            best = row;
            most = blank;
        }
    }
    return best;
}

/* How many criteria of a part can be had in a world; those that cannot get their first row. */
static size_t fit(record_maker *maker, const trial_part *part, size_t world,
                  const made_want *wanted, size_t *unfit)
{
    size_t fitted = 0;

    for (size_t i = part->criterion_count; i-- > 0;) {
        const size_t c = part->criteria[i];
        maker->row[c] = row_for(maker, c, world, &wanted[c]);
        if (maker->row[c] != SIZE_MAX) {
            fitted++;
            continue;
        }
        maker->row[c] = 0;
        *unfit = c;
    }
    return fitted;
}

static void pick_cells(record_maker *maker, size_t p, size_t world)
{
    const trial *tried = &maker->tried;

    for (size_t f = 0; f < tried->field_count; f++)
        if (tried->fields[f].part == p) {
            const size_t owner = tried->fields[f].owner;
            maker->pick[f] =
                (uint16_t)trial_cell(tried, f, world, owner == SIZE_MAX ? 0 : maker->row[owner]);
        }
}

/* The first world in which all fit; else that in which most do. *unmade is SIZE_MAX in the first case,
 * else a criterion that does not. */
static void choose_world(record_maker *maker, size_t p, const made_want *wanted, size_t *unmade)
{
    const trial_part *part = &maker->tried.parts[p];
    size_t            best = 0, most = 0, unfit = part->criteria[0];

    for (size_t w = 0; w < part->worlds && most < part->criterion_count; w++) {
        const size_t fitted = fit(maker, part, w, wanted, &unfit);
        if (fitted > most) {
            most = fitted;
            best = w;
        }
    }
    const bool all = fit(maker, part, best, wanted, &unfit) == part->criterion_count;
    *unmade = all ? SIZE_MAX : unfit;
    pick_cells(maker, p, best);
}

static bool has_plugin(const record_maker *maker, const trial_part *part)
{
    for (size_t i = 0; i < part->criterion_count; i++)
        if (maker->tried.rubric->criteria[part->criteria[i]].kind == MEASURE_PLUGIN)
            return true;
    return false;
}

/* *unmade: SIZE_MAX where every part can be had as wanted; else a criterion that was not. */
static bool choose(record_maker *maker, const made_want *wanted, size_t *unmade, error_list *errors)
{
    const trial *tried = &maker->tried;

    *unmade = SIZE_MAX;
    for (size_t p = 0; p < tried->part_count && *unmade == SIZE_MAX; p++) {
        bool found = false;
        choose_world(maker, p, wanted, unmade);
        if (*unmade == SIZE_MAX || !has_plugin(maker, &tried->parts[p]))
            continue;
        if (!climb(tried, p, wanted, maker->plugins, maker->pick, &found, errors))
            return false;
        if (found)
            *unmade = SIZE_MAX;
    }
    return true;
}

/* ---- The record ------------------------------------------------------------------------------------ */

static bool has_field(const trial *tried, const char *name)
{
    for (size_t f = 0; f < tried->field_count; f++)
        if (text_same_name(text_of(tried->fields[f].name), text_of(name)))
            return true;
    return false;
}

static bool fill_cells(const record_maker *maker, made_record *out)
{
    const trial *tried = &maker->tried;
    char         day[DATE_TEXT_SIZE];

    out->cells = arena_array(&out->memory, tried->field_count + 2, sizeof *out->cells);
    if (out->cells == NULL)
        return false;
    for (size_t f = 0; f < tried->field_count; f++) {
        const trial_field *field = &tried->fields[f];
        if (field->hidden)
            continue;
        out->cells[out->cell_count++] = (made_cell){field->name, field->cells[maker->pick[f]]};
    }
    if (!has_field(tried, "practice_area"))
        out->cells[out->cell_count++] = (made_cell){"practice_area", maker->rubric->practice_area};
    if (!has_field(tried, "audit_date")) {
        date_write(tried->audit_day, day);
        const char *written = arena_text(&out->memory, day, strlen(day));
        if (written == NULL)
            return false;
        out->cells[out->cell_count++] = (made_cell){"audit_date", written};
    }
    return true;
}

/* Grades the record by itself. */
static bool grade_again(const record_maker *maker, made_record *out, double *numbers,
                        error_list *errors)
{
    const size_t count = maker->rubric->criterion_count;
    uint8_t    **ratings = arena_array(&out->memory, count, sizeof *ratings);
    double     **number = arena_array(&out->memory, count, sizeof *number);
    buffer       csv = {0};

    out->ratings = arena_array(&out->memory, count, 1);
    if (ratings == NULL || number == NULL || out->ratings == NULL)
        return error_memory(errors);
    for (size_t c = 0; c < count; c++) {
        ratings[c] = &out->ratings[c];
        number[c] = &numbers[c];
    }
    trial_write_heading(&maker->tried, &csv);
    trial_write_row(&maker->tried, maker->pick, &csv);
    const bool graded = csv.failed ? error_memory(errors)
                                   : trial_grade(maker->tried.rubric, maker->plugins, 1, &csv,
                                                 ratings, number, errors);
    buffer_free(&csv);
    return graded;
}

/* Whether a criterion is left out although its stand-in says nothing: because it does not apply. */
static bool does_not_apply(const record_maker *maker, size_t c, uint8_t rating)
{
    const trial *tried = &maker->tried;

    for (size_t i = 0; i < tried->own_count[c]; i++) {
        const size_t f = tried->own[c][i];
        if (tried->fields[f].hidden && *tried->fields[f].cells[maker->pick[f]] != '\0')
            return false;
    }
    return rating == RATING_NOT_APPLICABLE;
}

/* The first criterion that is not as wanted after all, or that only a stand-in rates. */
static size_t astray(const record_maker *maker, const made_record *out, const double *numbers,
                     const made_want *wanted)
{
    for (size_t c = 0; c < maker->rubric->criterion_count; c++)
        if (!rated_as(out->ratings[c], numbers[c], &wanted[c]) ||
            (maker->tried.stand_ins && maker->rubric->criteria[c].kind == MEASURE_PLUGIN &&
             !does_not_apply(maker, c, out->ratings[c])))
            return c;
    return SIZE_MAX;
}

bool record_make(record_maker *maker, const made_want *wanted, made_record *out, error_list *errors)
{
    *out = (made_record){.made = false};
    if (!choose(maker, wanted, &out->unmade, errors))
        return false;
    if (out->unmade != SIZE_MAX)
        return true;
    double *numbers = arena_array(&out->memory, maker->rubric->criterion_count, sizeof *numbers);
    if (numbers == NULL || !fill_cells(maker, out)) {
        made_record_free(out);
        return error_memory(errors);
    }
    if (!grade_again(maker, out, numbers, errors)) {
        made_record_free(out);
        return false;
    }
    out->unmade = astray(maker, out, numbers, wanted);
    out->made = out->unmade == SIZE_MAX;
    if (out->made)
        out->judged = judge_record(maker->rubric, out->ratings);
    return true;
}

void made_record_free(made_record *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (made_record){0};
}

/* ---- As CSV ---------------------------------------------------------------------------------------- */

void made_record_write_heading(const made_record *first, buffer *out)
{
    buffer_string(out, "audit_id");
    for (size_t i = 0; i < first->cell_count; i++) {
        buffer_byte(out, ',');
        trial_write_cell(out, first->cells[i].field);
    }
    buffer_byte(out, '\n');
}

void made_record_write_row(const made_record *record, const char *audit_id, buffer *out)
{
    trial_write_cell(out, audit_id);
    for (size_t i = 0; i < record->cell_count; i++) {
        buffer_byte(out, ',');
        trial_write_cell(out, record->cells[i].value);
    }
    buffer_byte(out, '\n');
}
