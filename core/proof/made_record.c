/* Records that are rated as somebody wants: chosen from the rows of a trial, and graded again. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "proof/trial.h"

struct record_maker {
    const rubric *rubric;
    plugin_set   *plugins;
    trial         tried;
    size_t       *world; /* [part]: chosen; so row */
    size_t       *row;   /* [criterion] */
};

static bool needs_plugin(const rubric *held)
{
    for (size_t c = 0; c < held->criterion_count; c++)
        if (held->criteria[c].kind == MEASURE_PLUGIN)
            return true;
    return false;
}

record_maker *record_maker_new(const rubric *held, plugin_set *plugins, error_list *errors)
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
    if (!trial_run(&maker->tried, held, plugins, plugins == NULL && needs_plugin(held), errors)) {
        free(maker);
        return NULL;
    }
    maker->world = arena_array(&maker->tried.memory, maker->tried.part_count, sizeof(size_t));
    maker->row = arena_array(&maker->tried.memory, held->criterion_count, sizeof(size_t));
    if (maker->world == NULL || maker->row == NULL) {
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

static bool rated_as(uint8_t rating, uint8_t wanted)
{
    return rating == wanted || (rating == RATING_NOT_DUE && wanted == RATING_NOT_APPLICABLE) ||
           (wanted == MADE_ANY && rating != RATING_INVALID);
}

/* Cells of the criterion's own that say nothing. */
static size_t blanks(const trial *tried, size_t c, size_t row)
{
    size_t count = 0;
    for (size_t i = 0; i < tried->own_count[c]; i++)
        count += *trial_cell(tried, tried->own[c][i], 0, row) == '\0';
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
        if (!rated_as(tried->ratings[c][t], want->rating) ||
            (want->exact && (tried->numbers[c] == NULL || tried->numbers[c][t] != want->number)))
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

/* The criteria of a part that can be had in a world, in order; all of them where it fits. */
static size_t fit(record_maker *maker, const trial_part *part, size_t world, const made_want *wanted)
{
    size_t i = 0;

    for (; i < part->criterion_count; i++) {
        const size_t c = part->criteria[i];
        maker->row[c] = row_for(maker, c, world, &wanted[c]);
        if (maker->row[c] == SIZE_MAX)
            break;
    }
    return i;
}

/* SIZE_MAX where every part has a world that fits; else the criterion that none does. */
static size_t choose(record_maker *maker, const made_want *wanted)
{
    const trial *tried = &maker->tried;

    for (size_t p = 0; p < tried->part_count; p++) {
        const trial_part *part = &tried->parts[p];
        size_t            furthest = 0, fitted = 0;
        for (size_t w = 0; w < part->worlds && fitted < part->criterion_count; w++) {
            fitted = fit(maker, part, w, wanted);
            maker->world[p] = w;
            if (fitted > furthest)
                furthest = fitted;
        }
        if (fitted < part->criterion_count)
            return part->criteria[furthest];
    }
    return SIZE_MAX;
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
        const size_t row = field->owner == SIZE_MAX ? 0 : maker->row[field->owner];
        out->cells[out->cell_count++] = (made_cell){
            field->name, trial_cell(tried, f, maker->world[field->part], row)};
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

/* Grades the record by itself; where no plugin may be run the trial has said what it is rated. */
static bool grade_again(const record_maker *maker, made_record *out, error_list *errors)
{
    const size_t count = maker->rubric->criterion_count;
    const trial *tried = &maker->tried;
    uint8_t    **ratings = arena_array(&out->memory, count, sizeof *ratings);
    buffer       csv = {0};

    out->ratings = arena_array(&out->memory, count, 1);
    if (ratings == NULL || out->ratings == NULL)
        return error_memory(errors);
    for (size_t c = 0; c < count; c++) {
        const size_t p = tried->part_of[c];
        out->ratings[c] =
            tried->ratings[c][trial_row(&tried->parts[p], maker->world[p], maker->row[c])];
        ratings[c] = &out->ratings[c];
    }
    if (tried->stand_ins)
        return true;
    made_record_write_heading(out, &csv);
    made_record_write_row(out, "made", &csv);
    const bool graded =
        csv.failed ? error_memory(errors)
                   : trial_grade(maker->rubric, maker->plugins, &csv, ratings, NULL, errors);
    buffer_free(&csv);
    return graded;
}

/* The first criterion that is not as wanted after all: a plugin's, which hides nothing but what it
 * reads from other rows. */
static size_t astray(const record_maker *maker, const made_record *out, const made_want *wanted)
{
    for (size_t c = 0; c < maker->rubric->criterion_count; c++)
        if (!rated_as(out->ratings[c], wanted[c].rating) ||
            (maker->tried.stand_ins && maker->rubric->criteria[c].kind == MEASURE_PLUGIN &&
             out->ratings[c] < LEVELS_MAX))
            return c;
    return SIZE_MAX;
}

bool record_make(record_maker *maker, const made_want *wanted, made_record *out,
                 error_list *errors)
{
    *out = (made_record){.unmade = choose(maker, wanted)};
    if (out->unmade != SIZE_MAX)
        return true;
    if (!fill_cells(maker, out)) {
        made_record_free(out);
        return error_memory(errors);
    }
    if (!grade_again(maker, out, errors)) {
        made_record_free(out);
        return false;
    }
    out->unmade = astray(maker, out, wanted);
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
