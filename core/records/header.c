/* header.c - the header record, and the names of its columns. */
#include <errno.h>
#include <stdlib.h>

#include "records/cell_text.h"
#include "records/dialect.h"
#include "records/reader.h"

/* Looks at the first bytes and sets the dialect. */
static bool read_dialect(records *opened, error_list *errors)
{
    bool  fine = false;
    char *bytes = malloc(CHUNK_SIZE);
    if (bytes == NULL) {
        return error_memory(errors);
    }
    size_t       size;
    input_result result = input_take(&opened->input, bytes, CHUNK_SIZE, &size);
    if (result != INPUT_READ) {
        records_add_failure(opened, result, errno, errors);
        goto done;
    }
    dialect found = dialect_find(bytes, size);
    if (found.refusal != NULL) {
        error_add(errors, FAULT_INPUT, opened->name, 0, 0, "%s", found.refusal);
        goto done;
    }
    opened->delimiter = found.delimiter;
    opened->line = 1 + found.lines;
    fine = input_give_back(&opened->input, bytes + found.skip, size - found.skip) ||
           error_memory(errors);
done:
    free(bytes);
    return fine;
}

/* At least as many as the columns of the record in the chunk; no more than the limit and 1. */
static size_t count_columns_at_most(const chunk *piece, char delimiter)
{
    size_t count = 1;
    for (size_t i = 0; i < piece->size && count <= HEADER_COLUMNS_MAX; i++) {
        count += piece->bytes[i] == delimiter;
    }
    return count;
}

static bool select_all(chunk *piece, size_t count)
{
    size_t *columns = malloc(count * sizeof *columns);
    if (columns == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        columns[i] = i;
    }
    bool fine = chunk_set_slots(piece, count, columns, count, 2);
    free(columns);
    return fine;
}

/* Takes records until one is not blank. */
static bool take_header(records *opened, chunk *piece, error_list *errors)
{
    size_t room = 0;
    do {
        input_result result = chunk_fill(opened, piece, true);
        if (result != INPUT_READ) {
            records_add_failure(opened, result, errno, errors);
            return false;
        }
        if (piece->size == 0) {
            error_add(errors, FAULT_INPUT, opened->name, 0, 0,
                      "is empty; its first line must name the columns");
            return false;
        }
        size_t columns = count_columns_at_most(piece, opened->delimiter);
        if (columns > room) {
            room = columns;
            if (!select_all(piece, columns)) {
                return error_memory(errors);
            }
        }
        if (!chunk_cut(piece)) {
            return error_memory(errors);
        }
    } while (piece->count == 0);
    return true;
}

/* Refuses a header that is at fault. */
static bool check_header(const records *opened, const chunk *piece, error_list *errors)
{
    uint64_t line = chunk_line(piece, 0);
    if (piece->fault[0] != RECORD_WHOLE) {
        error_add(errors, FAULT_INPUT, opened->name, line, piece->fault_cell[0], "the header %s",
                  record_fault_text((record_fault)piece->fault[0]));
        return false;
    }
    if (piece->private->width > HEADER_COLUMNS_MAX) {
        error_add(errors, FAULT_INPUT, opened->name, line, 0,
                  "the header has more than %d columns; take out those that are not needed",
                  (int)HEADER_COLUMNS_MAX);
        return false;
    }
    return true;
}

/* Copies the headings of the record in the chunk. */
static bool keep_headings(records *opened, const chunk *piece)
{
    size_t count = piece->private->width;
    opened->columns = arena_array(&opened->memory, count, sizeof *opened->columns);
    if (opened->columns == NULL) {
        return false;
    }
    opened->column_count = count;
    for (size_t i = 0; i < count; i++) {
        cell          where = piece->cells[i][0];
        text          heading;
        cell_encoding encoding =
            cell_as_text(piece->bytes + where.at, where.size, &opened->memory, &heading);
        if (encoding == CELL_NO_MEMORY) {
            return false;
        }
        if (encoding == CELL_WINDOWS_1252) {
            records_note_windows_1252(opened, chunk_line(piece, 0));
        }
        opened->columns[i].heading = arena_text(&opened->memory, heading.at, heading.size);
        if (opened->columns[i].heading == NULL) {
            return false;
        }
        opened->columns[i].field = opened->columns[i].heading;
    }
    opened->header_line = chunk_line(piece, 0);
    return true;
}

bool header_read(records *opened, error_list *errors)
{
    if (!read_dialect(opened, errors)) {
        return false;
    }
    chunk *piece = chunk_new_bare(opened);
    if (piece == NULL) {
        return error_memory(errors);
    }
    bool fine = take_header(opened, piece, errors) && check_header(opened, piece, errors) &&
                (keep_headings(opened, piece) || error_memory(errors));
    chunk_free(piece);
    opened->sequence = 0;
    return fine;
}
