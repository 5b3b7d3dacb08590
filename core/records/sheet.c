/* A small file read whole: every field as text. */
#include <stdlib.h>
#include <string.h>

#include "records/records.h"

/* A file being read. */
typedef struct {
    records_sheet *out;
    records       *input;
    column        *texts; /* [field] */
    error_list    *errors;
} sheet_reader;

static records_row *add_row(records_sheet *out)
{
    if (out->count == out->capacity) {
        const size_t capacity = out->capacity ? 2 * out->capacity : 64;
        records_row *rows = reallocarray(out->rows, capacity, sizeof *rows);
        if (!rows)
            return NULL;
        out->rows = rows;
        out->capacity = capacity;
    }
    return &out->rows[out->count++];
}

static const char *row_fault(records_sheet *out, const chunk *from, size_t record)
{
    const char *words = record_fault_text((record_fault)from->fault[record]);
    return arena_text(&out->memory, words, strlen(words));
}

/* The record's cells; *said where any of them holds something. False where memory is out. */
static bool copy_cells(const sheet_reader *reader, size_t record, const char **cells, bool *said)
{
    records_sheet *out = reader->out;

    for (size_t f = 0; f < out->field_count; f++) {
        const text value = reader->texts[f].texts[record];
        *said |= value.size > 0;
        cells[f] = value.size > 0 ? arena_text(&out->memory, value.at, value.size) : "";
        if (!cells[f])
            return false;
    }
    return true;
}

static bool read_record(const sheet_reader *reader, const chunk *from, size_t record)
{
    records_sheet *out = reader->out;
    const bool     whole = from->fault[record] == RECORD_WHOLE;
    const char   **cells = arena_array(&out->memory, out->field_count + 1, sizeof *cells);
    const char    *wrong = whole ? NULL : row_fault(out, from, record);
    bool           said = !whole;

    if (!cells || (!whole && !wrong))
        return false;
    for (size_t f = 0; f < out->field_count; f++)
        cells[f] = "";
    if (whole && !copy_cells(reader, record, cells, &said))
        return false;
    if (!said)
        return true;
    records_row *row = add_row(out);
    if (row)
        *row = (records_row){chunk_line(from, record), wrong, cells};
    return row != NULL;
}

static bool read_chunk(const sheet_reader *reader, chunk *from)
{
    if (!chunk_cut(from))
        return false;
    uint32_t *rows = calloc(from->count + 1, sizeof *rows);
    bool      fine = rows != NULL;

    for (size_t i = 0; fine && i < from->count; i++)
        rows[i] = (uint32_t)i;
    for (size_t f = 0; fine && f < reader->out->field_count; f++)
        fine = column_decode(&reader->texts[f], from, rows, from->count);
    for (size_t i = 0; fine && i < from->count; i++)
        fine = read_record(reader, from, i);
    free(rows);
    return fine;
}

static bool read_chunks(const sheet_reader *reader)
{
    records_state state = RECORDS_FAILED;
    chunk        *from = chunk_new(reader->input, reader->errors);

    while (from && (state = records_next(reader->input, from, reader->errors)) == RECORDS_MORE)
        if (!read_chunk(reader, from)) {
            state = RECORDS_FAILED;
            error_memory(reader->errors);
            break;
        }
    chunk_free(from);
    return state == RECORDS_END;
}

/* Finds the fields' columns. False where a required one is not there: all of those are told. */
static bool find_fields(const sheet_reader *reader, size_t required, size_t *columns)
{
    records_sheet *out = reader->out;
    const size_t   before = error_count(reader->errors);

    for (size_t f = 0; f < out->field_count; f++) {
        columns[f] = records_find(reader->input, text_of(out->fields[f]));
        out->columns[f] = columns[f] == COLUMN_NONE ? 0 : columns[f] + 1;
        if (f < required && columns[f] == COLUMN_NONE)
            error_add(reader->errors, FAULT_INPUT, out->name, 1, 0,
                      "the file has no column \"%s\"; add it, or choose the right file",
                      out->fields[f]);
    }
    return error_count(reader->errors) == before;
}

static bool read_fields(sheet_reader *reader, size_t required)
{
    records_sheet *out = reader->out;
    size_t        *columns = arena_array(&out->memory, out->field_count + 1, sizeof *columns);

    out->columns = arena_array(&out->memory, out->field_count + 1, sizeof *out->columns);
    if (!columns || !out->columns)
        return error_memory(reader->errors);
    if (!find_fields(reader, required, columns))
        return false;
    bool fine = records_select(reader->input, columns, out->field_count);
    for (size_t f = 0; fine && f < out->field_count; f++)
        fine = column_init(&reader->texts[f], reader->input, f, VALUE_TEXT, NULL);
    return fine ? read_chunks(reader) : error_memory(reader->errors);
}

bool records_sheet_read(records_sheet *out, const record_source *source, const char *const *fields,
                        size_t required, size_t count, error_list *errors)
{
    sheet_reader reader = {.out = out, .errors = errors};

    *out = (records_sheet){.fields = fields, .field_count = count};
    reader.input = records_open(source, NULL, errors);
    if (!reader.input)
        return false;
    const char *name = records_name(reader.input);
    out->name = arena_text(&out->memory, name, strlen(name));
    reader.texts = calloc(count + 1, sizeof *reader.texts);

    const bool fine =
        out->name && reader.texts ? read_fields(&reader, required) : error_memory(errors);
    for (size_t f = 0; reader.texts && f < count; f++)
        column_free(&reader.texts[f]);
    free(reader.texts);
    records_close(reader.input);
    return fine;
}

void records_sheet_free(records_sheet *sheet)
{
    free(sheet->rows);
    arena_free(&sheet->memory);
    *sheet = (records_sheet){0};
}
