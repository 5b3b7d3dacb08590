#include "report/records_survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUBRIC_NONE = 0xFFFFFF };

/* What counting works with. */
typedef struct {
    records_survey       *out;
    const wants          *asked;
    const rubric_library *library;
    chunk                *chunk;
    column               *texts; /* [column] */
    size_t                column_count;
    size_t                id_column;
    size_t                area_column;
    size_t                date_column;
    uint32_t             *rows; /* of the chunk that can be read */
    size_t                row_capacity;
    size_t                row_count;
    bool                 *wanted; /* [ask of a rubric]: of the record at hand */
} counting;

/* As places_add(), with the cell as it stands in the file. */
static void add_cell(counting *at, places *to, size_t number, size_t k)
{
    const uint32_t row = at->rows[k];
    const char    *said = to->kept < PLACES_KEPT && number != COLUMN_NONE
                              ? chunk_cell_text(at->chunk, number, row, &at->out->memory)
                              : "";
    places_add(to, chunk_line(at->chunk, row), said);
}

/* ---- One record -------------------------------------------------------------------- */

static text text_at(const counting *at, size_t number, size_t k)
{
    return number == COLUMN_NONE ? text_of("") : at->texts[number].texts[k];
}

static bool has_something(const counting *at, size_t k)
{
    size_t number = 0;
    while (number < at->column_count && at->texts[number].texts[k].size == 0) {
        number++;
    }
    return number < at->column_count;
}

/* What a want finds in one record. */
static bool count_want(counting *at, const rubric_ask *ask, size_t k)
{
    const want  *of = &at->asked->wants[ask->want];
    want_survey *to = &at->out->wants[ask->want];
    const text   value = text_at(at, of->column, k);
    if (of->type == VALUE_MATCH) {
        return want_survey_add_text(to, value, chunk_line(at->chunk, at->rows[k]),
                                    &at->out->memory);
    }
    if (want_survey_add(to, of->type, value, ask->spellings) == COLUMN_INVALID) {
        add_cell(at, &to->invalid, of->column, k);
    }
    return true;
}

/* grading.md 5: whether criterion c is asked of the record. */
static bool applies(const counting *at, const rubric_wants *own, size_t c, size_t k)
{
    const criterion *asker = &own->rubric->criteria[c];
    if (own->applies[c] == ASK_NONE) {
        return true;
    }
    const size_t number = at->asked->wants[own->asks[own->applies[c]].want].column;
    uint8_t      matches = 0;
    value_read(VALUE_MATCH, text_at(at, number, k), asker->applies_values, &matches);
    return (matches != 0) != asker->applies_not;
}

/* grading.md 3: a criterion that does not apply reads nothing but the field of its applies_if. */
static bool count_rubric(counting *at, const rubric_wants *own, size_t k)
{
    memset(at->wanted, 0, own->ask_count * sizeof *at->wanted);
    at->wanted[own->auditor_grade] = true;
    for (size_t c = 0; c < own->rubric->criterion_count; c++) {
        const bool asked = applies(at, own, c, k);
        if (own->applies[c] != ASK_NONE) {
            at->wanted[own->applies[c]] = true;
        }
        for (size_t i = 0; asked && i < own->rubric->criteria[c].input_count; i++) {
            at->wanted[own->inputs[c][i]] = true;
        }
    }
    for (size_t a = 0; a < own->ask_count; a++) {
        const bool here = at->asked->wants[own->asks[a].want].column != COLUMN_NONE;
        if (at->wanted[a] && here && !count_want(at, &own->asks[a], k)) {
            return false;
        }
    }
    return true;
}

/* ---- Which rubric -------------------------------------------------------------------- */

static int count_date(counting *at, size_t k, int32_t *day)
{
    records_survey *out = at->out;
    const int       status = value_read(VALUE_DATE, text_at(at, at->date_column, k), NULL, day);
    if (status == COLUMN_INVALID) {
        add_cell(at, &out->date_invalid, at->date_column, k);
    } else if (status != COLUMN_VALUE) {
        add_cell(at, &out->date_missing, at->date_column, k);
    } else {
        out->first_date = !out->dated || *day < out->first_date ? *day : out->first_date;
        out->last_date = !out->dated || *day > out->last_date ? *day : out->last_date;
        out->dated = true;
    }
    return status;
}

static const rubric *first_rubric_of(const rubric_library *library, text area)
{
    const rubric *first = NULL;
    for (size_t r = 0; r < library->rubric_count; r++) {
        const rubric *held = library->rubrics[r];
        if (text_same_name(text_of(held->practice_area), area) &&
            (first == NULL || held->effective_from < first->effective_from)) {
            first = held;
        }
    }
    return first;
}

static size_t number_of(const wants *asked, const rubric *wanted)
{
    for (size_t r = 0; r < asked->rubric_count; r++) {
        if (asked->rubrics[r].rubric == wanted) {
            return r;
        }
    }
    return RUBRIC_NONE;
}

/* The rubric whose fields the record is read for: the one that grades it (grading.md 8) or, where
 * its date is of no use, the nearest of its practice area. RUBRIC_NONE where the area is not
 * known. */
static bool choose(counting *at, size_t k, size_t *chosen)
{
    records_survey *out = at->out;
    const text      area = text_at(at, at->area_column, k);
    int32_t         day = 0;
    double          read;
    bool            known = false;
    const int       date = count_date(at, k, &day);
    const int       area_status = value_read(VALUE_NUMBER, area, NULL, &read);

    *chosen = 0;
    if (at->library == NULL) {
        out->graded[0]++;
        out->looked_at[0]++;
        return true;
    }
    *chosen = RUBRIC_NONE;
    if (area_status == COLUMN_MISSING || area_status == COLUMN_NOT_APPLICABLE) {
        add_cell(at, &out->area_missing, at->area_column, k);
        return true;
    }
    const rubric *held =
        library_choose(at->library, area, date == COLUMN_VALUE ? day : INT32_MAX, &known);
    if (!known) {
        return distinct_add(&out->area_unknown, area, chunk_line(at->chunk, at->rows[k]),
                            &out->memory);
    }
    const bool early = held == NULL;
    if (early) {
        add_cell(at, &out->date_early, at->date_column, k);
        held = first_rubric_of(at->library, area);
    }
    *chosen = number_of(at->asked, held);
    if (*chosen != RUBRIC_NONE) {
        out->looked_at[*chosen]++;
        out->graded[*chosen] += date == COLUMN_VALUE && !early;
    }
    return true;
}

/* ---- Chunks ---------------------------------------------------------------------------- */

static const char *fault_text(const chunk *from, size_t row, arena *memory)
{
    const char *why = record_fault_text((record_fault)from->fault[row]);
    if (from->fault_cell[row] == 0) {
        return why;
    }
    const size_t size = strlen(why) + sizeof "column 4294967295: ";
    char        *said = arena_array(memory, size, 1);
    if (said == NULL) {
        return why;
    }
    snprintf(said, size, "column %lu: %s", (unsigned long)from->fault_cell[row], why);
    return said;
}

/* Which records can be read; counts the others. */
static bool gather(counting *at)
{
    const chunk *from = at->chunk;
    if (from->count > at->row_capacity) {
        uint32_t *rows = realloc(at->rows, from->count * sizeof *rows);
        if (rows == NULL) {
            return false;
        }
        at->rows = rows;
        at->row_capacity = from->count;
    }
    at->row_count = 0;
    at->out->rows += from->count;
    for (size_t row = 0; row < from->count; row++) {
        places *unreadable = &at->out->unreadable;
        if (from->fault[row] == RECORD_WHOLE) {
            at->rows[at->row_count++] = (uint32_t)row;
        } else {
            places_add(unreadable, chunk_line(from, row),
                       unreadable->kept < PLACES_KEPT ? fault_text(from, row, &at->out->memory)
                                                      : "");
        }
    }
    return true;
}

/* No id is kept to be shown: it may be a case number. */
static bool count_id(counting *at, size_t k)
{
    const text     id = text_at(at, at->id_column, k);
    const uint64_t line = chunk_line(at->chunk, at->rows[k]);
    bool           before = false;
    if (id.size == 0) {
        places_add(&at->out->id_missing, line, "");
        return true;
    }
    const bool kept = repeats_add(&at->out->ids, id, &before);
    if (kept && before) {
        places_add(&at->out->id_repeated, line, "");
    }
    return kept;
}

static bool count_record(counting *at, size_t k)
{
    size_t chosen;
    if (!has_something(at, k)) {
        places_add(&at->out->empty, chunk_line(at->chunk, at->rows[k]), "");
        return true;
    }
    at->out->filled++;
    for (size_t number = 0; number < at->column_count; number++) {
        column_survey_add(&at->out->columns[number], at->texts[number].texts[k]);
    }
    return (at->id_column == COLUMN_NONE || count_id(at, k)) && choose(at, k, &chosen) &&
           (chosen == RUBRIC_NONE || count_rubric(at, &at->asked->rubrics[chosen], k));
}

static bool count_chunk(counting *at)
{
    if (!chunk_cut(at->chunk) || !gather(at)) {
        return false;
    }
    for (size_t number = 0; number < at->column_count; number++) {
        if (!column_decode(&at->texts[number], at->chunk, at->rows, at->row_count)) {
            return false;
        }
    }
    for (size_t k = 0; k < at->row_count; k++) {
        if (!count_record(at, k)) {
            return false;
        }
    }
    return true;
}

/* ---- The input -------------------------------------------------------------------------- */

static bool make_counts(records_survey *out, const wants *asked, size_t column_count)
{
    arena *memory = &out->memory;
    out->graded = arena_array(memory, asked->rubric_count + 1, sizeof *out->graded);
    out->looked_at = arena_array(memory, asked->rubric_count + 1, sizeof *out->looked_at);
    out->columns = arena_array(memory, column_count + 1, sizeof *out->columns);
    out->wants = arena_array(memory, asked->want_count + 1, sizeof *out->wants);
    if (out->graded == NULL || out->looked_at == NULL || out->columns == NULL ||
        out->wants == NULL) {
        return false;
    }
    for (size_t w = 0; w < asked->want_count; w++) {
        const want  *of = &asked->wants[w];
        const size_t values = of->type == VALUE_FLAG ? 2 : of->name_count;
        if (values > 0) {
            out->wants[w].by_value = arena_array(memory, values, sizeof(uint64_t));
            if (out->wants[w].by_value == NULL) {
                return false;
            }
        }
    }
    return true;
}

static bool select_all(counting *at, records *input)
{
    size_t *columns = calloc(at->column_count + 1, sizeof *columns);
    size_t  asks = 1;
    for (size_t r = 0; r < at->asked->rubric_count; r++) {
        asks = at->asked->rubrics[r].ask_count > asks ? at->asked->rubrics[r].ask_count : asks;
    }
    at->wanted = calloc(asks, sizeof *at->wanted);
    at->texts = calloc(at->column_count + 1, sizeof *at->texts);
    for (size_t number = 0; columns != NULL && number < at->column_count; number++) {
        columns[number] = number;
    }
    bool made = columns != NULL && at->wanted != NULL && at->texts != NULL &&
                records_select(input, columns, at->column_count);
    free(columns);
    for (size_t number = 0; made && number < at->column_count; number++) {
        made = column_init(&at->texts[number], input, number, VALUE_TEXT, NULL);
    }
    return made;
}

static bool count_all(counting *at, records *input, error_list *errors)
{
    records_state state;
    while ((state = records_next(input, at->chunk, errors)) == RECORDS_MORE) {
        if (!count_chunk(at)) {
            return error_memory(errors);
        }
    }
    return state == RECORDS_END;
}

bool records_survey_take(records_survey *out, records *input, const wants *asked,
                         const rubric_library *library, error_list *errors)
{
    counting at = {.out = out,
                   .asked = asked,
                   .library = library,
                   .column_count = records_column_count(input),
                   .id_column = records_find(input, text_of("audit_id")),
                   .area_column = records_find(input, text_of("practice_area")),
                   .date_column = records_find(input, text_of("audit_date"))};
    bool     counted = false;
    if (!make_counts(out, asked, at.column_count) || !select_all(&at, input)) {
        error_memory(errors);
    } else {
        at.chunk = chunk_new(input, errors);
        counted = at.chunk != NULL && count_all(&at, input, errors);
    }
    for (size_t number = 0; at.texts != NULL && number < at.column_count; number++) {
        column_free(&at.texts[number]);
    }
    chunk_free(at.chunk);
    free(at.texts);
    free(at.rows);
    free(at.wanted);
    return counted;
}

void records_survey_free(records_survey *unwanted)
{
    arena_free(&unwanted->memory);
    repeats_free(&unwanted->ids);
    *unwanted = (records_survey){0};
}
