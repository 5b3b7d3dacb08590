#include "proof/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "writing/csv_text.h"

enum {
    WORLDS_MAX = 1024,  /* of one part */
    OWN_ROWS_MAX = 640, /* of one criterion */
    ROWS_MAX = 30000    /* of a trial */
};

/* ---- Fields --------------------------------------------------------------------------------- */

static size_t find_field(const trial *held, const char *name)
{
    for (size_t f = 0; f < held->field_count; f++)
        if (text_same_name(text_of(held->fields[f].name), text_of(name)))
            return f;
    return SIZE_MAX;
}

static void note_reader(trial *held, const char *name, size_t c, bool hidden)
{
    size_t at = find_field(held, name);

    if (at == SIZE_MAX) {
        at = held->field_count++;
        held->fields[at] = (trial_field){.name = name, .owner = c, .readers = 1, .hidden = hidden};
        return;
    }
    trial_field *field = &held->fields[at];
    if (field->owner != c) {
        field->readers++;
        field->owner = SIZE_MAX;
    }
}

static bool find_fields(trial *held, const rubric *real)
{
    const rubric *tried = held->rubric;
    size_t        most = 0;

    for (size_t c = 0; c < tried->criterion_count; c++)
        most += tried->criteria[c].input_count + 1;
    held->fields = arena_array(&held->memory, most, sizeof *held->fields);
    if (held->fields == NULL)
        return false;
    for (size_t c = 0; c < tried->criterion_count; c++) {
        const criterion *asked = &tried->criteria[c];
        const bool       hidden = held->stand_ins && real->criteria[c].kind == MEASURE_PLUGIN;
        if (asked->applies_field != NULL)
            note_reader(held, asked->applies_field, c, false);
        for (size_t i = 0; i < asked->input_count; i++)
            note_reader(held, asked->inputs[i].field, c, hidden);
    }
    return true;
}

static bool reads(const criterion *asked, const char *field)
{
    if (asked->applies_field != NULL &&
        text_same_name(text_of(asked->applies_field), text_of(field)))
        return true;
    for (size_t i = 0; i < asked->input_count; i++)
        if (text_same_name(text_of(asked->inputs[i].field), text_of(field)))
            return true;
    return false;
}

/* ---- Parts ------------------------------------------------------------------------------------ */

/* Gives every criterion that reads a field of `c`, and those of theirs, the same part. */
static void join(trial *held, size_t c, size_t part)
{
    held->part_of[c] = part;
    for (size_t f = 0; f < held->field_count; f++) {
        if (held->fields[f].owner != SIZE_MAX ||
            !reads(&held->rubric->criteria[c], held->fields[f].name))
            continue;
        for (size_t other = 0; other < held->rubric->criterion_count; other++)
            if (held->part_of[other] == SIZE_MAX &&
                reads(&held->rubric->criteria[other], held->fields[f].name))
                join(held, other, part);
    }
}

static bool find_parts(trial *held)
{
    const size_t count = held->rubric->criterion_count;

    held->part_of = arena_array(&held->memory, count, sizeof *held->part_of);
    held->parts = arena_array(&held->memory, count, sizeof *held->parts);
    if (held->part_of == NULL || held->parts == NULL)
        return false;
    for (size_t c = 0; c < count; c++)
        held->part_of[c] = SIZE_MAX;
    for (size_t c = 0; c < count; c++)
        if (held->part_of[c] == SIZE_MAX)
            join(held, c, held->part_count++);
    for (size_t p = 0; p < held->part_count; p++) {
        trial_part *part = &held->parts[p];
        part->whole = true;
        part->criteria = arena_array(&held->memory, count, sizeof *part->criteria);
        part->shared = arena_array(&held->memory, held->field_count, sizeof *part->shared);
        if (part->criteria == NULL || part->shared == NULL)
            return false;
        for (size_t c = 0; c < count; c++)
            if (held->part_of[c] == p)
                part->criteria[part->criterion_count++] = c;
    }
    for (size_t f = 0; f < held->field_count; f++) {
        size_t c = 0;
        while (!reads(&held->rubric->criteria[c], held->fields[f].name))
            c++;
        held->fields[f].part = held->part_of[c];
        if (held->fields[f].owner == SIZE_MAX) {
            trial_part *part = &held->parts[held->part_of[c]];
            part->shared[part->shared_count++] = f;
        }
    }
    return true;
}

static bool find_own(trial *held)
{
    const size_t count = held->rubric->criterion_count;

    held->own = arena_array(&held->memory, count, sizeof *held->own);
    held->own_count = arena_array(&held->memory, count, sizeof *held->own_count);
    held->own_rows = arena_array(&held->memory, count, sizeof *held->own_rows);
    if (held->own == NULL || held->own_count == NULL || held->own_rows == NULL)
        return false;
    for (size_t c = 0; c < count; c++) {
        held->own[c] = arena_array(&held->memory, held->field_count, sizeof **held->own);
        if (held->own[c] == NULL)
            return false;
        for (size_t f = 0; f < held->field_count; f++)
            if (held->fields[f].owner == c)
                held->own[c][held->own_count[c]++] = f;
    }
    return true;
}

/* ---- How much is tried -------------------------------------------------------------------------- */

static bool counts_days(const criterion *asked)
{
    return asked->kind == MEASURE_DAYS || asked->kind == MEASURE_WORKING_DAYS;
}

static bool is_shared(const trial *held, const char *field)
{
    return held->fields[find_field(held, field)].owner == SIZE_MAX;
}

static bool same_input(const criterion *one, const criterion *other, size_t input)
{
    return text_same_name(text_of(one->inputs[input].field), text_of(other->inputs[input].field));
}

/* Whether what another criterion counts is told by what this one counts (the same days between the same two
 * dates), or is counted from the same day to a date of its own. */
static bool counts_alike(const trial *held, const criterion *asked, const criterion *other)
{
    if (!counts_days(other) || !same_input(asked, other, 0))
        return false;
    return same_input(asked, other, 1)
               ? asked->kind == other->kind && asked->calendar == other->calendar
               : !is_shared(held, other->inputs[1].field);
}

/* Two dates that criteria share hang together in more ways than are tried, unless all count alike. */
static bool shares_both_dates(const trial *held, const criterion *asked)
{
    if (!counts_days(asked))
        return false;
    const char *from = asked->inputs[0].field, *to = asked->inputs[1].field;
    if (!is_shared(held, from) || !is_shared(held, to))
        return false;
    for (size_t c = 0; c < held->rubric->criterion_count; c++) {
        const criterion *other = &held->rubric->criteria[c];
        const char      *applies = other->applies_field;
        if (applies != NULL && (text_same_name(text_of(applies), text_of(from)) ||
                                text_same_name(text_of(applies), text_of(to))))
            return true;
        if ((reads(other, from) || reads(other, to)) && !counts_alike(held, asked, other))
            return true;
    }
    return false;
}

/* True where a field is read by a built-in measure or by applies_if, so that leaving some of its cells
 * out leaves out what can be proved. */
static bool is_built_in(const trial *held, const trial_field *field)
{
    for (size_t c = 0; c < held->rubric->criterion_count; c++)
        if (held->rubric->criteria[c].kind != MEASURE_PLUGIN &&
            reads(&held->rubric->criteria[c], field->name))
            return true;
    return false;
}

static bool any_built_in(const trial *held, const size_t *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_built_in(held, &held->fields[fields[i]]))
            return true;
    return false;
}

static bool combine_part(trial *held, trial_part *part)
{
    bool all;

    part->rows = 1;
    for (size_t i = 0; i < part->criterion_count; i++) {
        const size_t c = part->criteria[i];
        part->whole &= !shares_both_dates(held, &held->rubric->criteria[c]);
        held->own_cells[c] =
            combine(held, held->own[c], held->own_count[c], OWN_ROWS_MAX, &held->own_rows[c], &all);
        if (held->own_cells[c] == NULL)
            return false;
        part->whole &= all || !any_built_in(held, held->own[c], held->own_count[c]);
        if (held->own_rows[c] > part->rows)
            part->rows = held->own_rows[c];
    }
    const size_t most = ROWS_MAX / part->rows < WORLDS_MAX ? ROWS_MAX / part->rows : WORLDS_MAX;
    part->world_cells = combine(held, part->shared, part->shared_count, most, &part->worlds, &all);
    part->whole &= all || !any_built_in(held, part->shared, part->shared_count);
    if (part->worlds * part->rows > held->rows)
        held->rows = part->worlds * part->rows;
    return part->world_cells != NULL;
}

/* ---- Grading what is tried ----------------------------------------------------------------------- */

bool trial_reads(const trial *held, size_t c, size_t field)
{
    return reads(&held->rubric->criteria[c], held->fields[field].name);
}

size_t trial_cell(const trial *held, size_t field, size_t world, size_t row)
{
    const trial_field *asked = &held->fields[field];
    const bool         shared = asked->owner == SIZE_MAX;
    const trial_part  *part = &held->parts[asked->part];
    const size_t      *fields = shared ? part->shared : held->own[asked->owner];
    const size_t       count = shared ? part->shared_count : held->own_count[asked->owner];
    size_t             place = 0;

    while (fields[place] != field)
        place++;
    return shared
               ? part->world_cells[world * count + place]
               : held->own_cells[asked->owner][row % held->own_rows[asked->owner] * count + place];
}

void trial_write_cell(buffer *out, const char *value)
{
    const text written = text_of(value);
    if (buffer_room(out, cell_most(written)))
        out->size = (size_t)(put_cell(out->bytes + out->size, written) - out->bytes);
}

void trial_write_heading(const trial *held, buffer *csv)
{
    buffer_string(csv, "audit_id");
    for (size_t f = 0; f < held->field_count; f++) {
        buffer_byte(csv, ',');
        trial_write_cell(csv, held->fields[f].name);
    }
    buffer_byte(csv, '\n');
}

void trial_write_row(const trial *held, const uint16_t *pick, buffer *csv)
{
    buffer_byte(csv, 't');
    for (size_t f = 0; f < held->field_count; f++) {
        buffer_byte(csv, ',');
        trial_write_cell(csv, held->fields[f].cells[pick[f]]);
    }
    buffer_byte(csv, '\n');
}

static bool write_trial(const trial *held, buffer *csv)
{
    uint16_t *pick = calloc(held->field_count + 1, sizeof *pick);

    if (pick == NULL)
        return false;
    trial_write_heading(held, csv);
    for (size_t t = 0; t < held->rows; t++) {
        for (size_t f = 0; f < held->field_count; f++) {
            const trial_part *part = &held->parts[held->fields[f].part];
            const size_t      row = t % (part->worlds * part->rows);
            pick[f] = (uint16_t)trial_cell(held, f, row / part->rows, row % part->rows);
        }
        trial_write_row(held, pick, csv);
    }
    free(pick);
    return true;
}

static bool run(trial *held, plugin_set *plugins, error_list *errors)
{
    const size_t count = held->rubric->criterion_count;
    buffer       csv = {0};

    held->ratings = arena_array(&held->memory, count, sizeof *held->ratings);
    held->numbers = arena_array(&held->memory, count, sizeof *held->numbers);
    for (size_t c = 0; held->ratings != NULL && held->numbers != NULL && c < count; c++) {
        held->ratings[c] = arena_array(&held->memory, held->rows, 1);
        if (held->rubric->criteria[c].band_count > 0)
            held->numbers[c] = arena_array(&held->memory, held->rows, sizeof(double));
        if (held->ratings[c] == NULL ||
            (held->rubric->criteria[c].band_count > 0 && held->numbers[c] == NULL))
            return error_memory(errors);
    }
    if (held->ratings == NULL || held->numbers == NULL)
        return error_memory(errors);
    const bool graded = !write_trial(held, &csv) || csv.failed
                            ? error_memory(errors)
                            : trial_grade(held->rubric, held->stand_ins ? NULL : plugins,
                                          held->threads, &csv, held->ratings, held->numbers, errors);
    buffer_free(&csv);
    return graded;
}

static bool prepare(trial *out, const rubric *real)
{
    out->rubric = out->stand_ins ? stand_in_for(real, &out->memory) : real;
    out->given = arena_array(&out->memory, real->criterion_count, sizeof *out->given);
    if (out->rubric == NULL || out->given == NULL)
        return false;
    for (size_t c = 0; c < real->criterion_count; c++)
        out->given[c] = levels_given(real, &real->criteria[c]);
    if (!find_fields(out, real) || !find_parts(out) || !find_own(out) || !cells_fill(out))
        return false;
    out->own_cells = arena_array(&out->memory, real->criterion_count, sizeof *out->own_cells);
    for (size_t p = 0; out->own_cells != NULL && p < out->part_count; p++)
        if (!combine_part(out, &out->parts[p]))
            return false;
    return out->own_cells != NULL;
}

bool trial_run(trial *out, const rubric *real, plugin_set *plugins, bool stand_ins,
               unsigned threads, error_list *errors)
{
    *out = (trial){.stand_ins = stand_ins, .threads = threads};
    if (!prepare(out, real)) {
        trial_free(out);
        return error_memory(errors);
    }
    if (!run(out, plugins, errors)) {
        trial_free(out);
        return false;
    }
    return true;
}

void trial_free(trial *held)
{
    arena_free(&held->memory);
    *held = (trial){0};
}
