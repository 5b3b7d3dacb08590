#include "store/list_rows.h"

#include <stdlib.h>
#include <string.h>

#include "writing/csv_text.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"

enum { WIDTH_MAX = 40, PIECE = 1 << 16 };

static void flush(listing *to, size_t over)
{
    if (to->out.failed)
        to->failed = true;
    if (to->failed || to->out.size <= over)
        return;
    to->failed = !to->write(to->user, to->out.bytes, to->out.size);
    to->out.size = 0;
}

static void write_csv_cells(listing *to, bool names)
{
    for (size_t c = 0; c < to->count; c++) {
        const text value = names ? text_of(to->names[c]) : to->cells[c].value;
        /* a number that begins with a minus is one */
        const bool plain = !names && to->cells[c].bare;
        if (c > 0)
            buffer_byte(&to->out, ',');
        if (plain) {
            buffer_text(&to->out, value);
        } else if (buffer_room(&to->out, cell_most(value))) {
            char *end = put_cell(to->out.bytes + to->out.size, value);
            to->out.size = (size_t)(end - to->out.bytes);
        }
    }
    buffer_byte(&to->out, '\n');
}

static void write_json_cells(listing *to)
{
    buffer_string(&to->out, to->rows > 0 ? ",\n{" : "\n{");
    for (size_t c = 0; c < to->count; c++) {
        json_name(&to->out, to->names[c], c == 0);
        if (to->cells[c].bare)
            buffer_text(&to->out, to->cells[c].value);
        else
            json_string(&to->out, to->cells[c].value);
    }
    buffer_byte(&to->out, '}');
}

static void hold_cells(listing *to)
{
    if (to->rows == to->capacity) {
        const size_t capacity = to->capacity ? 2 * to->capacity : 64;
        text        *more = reallocarray(to->held, capacity * to->count, sizeof *more);
        if (!more) {
            to->out.failed = true;
            return;
        }
        to->held = more;
        to->capacity = capacity;
    }
    for (size_t c = 0; c < to->count; c++) {
        const text value = to->cells[c].value;
        char      *copy = arena_text(&to->memory, value.size > 0 ? value.at : "", value.size);
        to->out.failed |= !copy;
        to->held[to->rows * to->count + c] = (text){copy, copy ? value.size : 0};
    }
}

void list_add_row(listing *to)
{
    if (to->format == LIST_CSV)
        write_csv_cells(to, false);
    else if (to->format == LIST_JSON)
        write_json_cells(to);
    else
        hold_cells(to);
    to->rows++;
    flush(to, PIECE);
}

void list_begin(listing *to)
{
    if (to->format == LIST_CSV)
        write_csv_cells(to, true);
    else if (to->format == LIST_JSON)
        buffer_byte(&to->out, '[');
}

/* ---- Tables ---------------------------------------------------------------------------- */

static size_t width_of(const listing *to, size_t column)
{
    size_t width = strlen(to->names[column]);

    for (size_t r = 0; r < to->rows; r++) {
        const size_t length = terminal_length(to->held[r * to->count + column]);
        width = length > width ? length : width;
    }
    return width < WIDTH_MAX ? width : WIDTH_MAX;
}

static void write_line(listing *to, const text *cells, const size_t *widths)
{
    for (size_t c = 0; c < to->count; c++) {
        if (c > 0)
            buffer_string(&to->out, "  ");
        if (c + 1 < to->count)
            terminal_padded(&to->out, cells[c], widths[c]);
        else
            terminal_plain(&to->out, cells[c]);
    }
    while (to->out.size > 0 && to->out.bytes[to->out.size - 1] == ' ')
        to->out.size--;
    buffer_byte(&to->out, '\n');
}

static void write_table(listing *to)
{
    size_t widths[COLUMNS_MAX];
    text   names[COLUMNS_MAX];

    for (size_t c = 0; c < to->count; c++) {
        widths[c] = width_of(to, c);
        names[c] = text_of(to->names[c]);
    }
    write_line(to, names, widths);
    for (size_t r = 0; r < to->rows; r++) {
        write_line(to, to->held + r * to->count, widths);
        flush(to, PIECE);
    }
    buffer_unsigned(&to->out, to->rows);
    buffer_string(&to->out, to->rows == 1 ? " row\n" : " rows\n");
}

bool list_end(listing *to, bool read, error_list *errors)
{
    if (read && !to->failed && to->format == LIST_TABLE)
        write_table(to);
    if (read && to->format == LIST_JSON)
        buffer_string(&to->out, "\n]\n");
    if (read)
        flush(to, 0);
    const bool memory = !to->out.failed && !to->row.failed;
    buffer_free(&to->out);
    buffer_free(&to->row);
    free(to->held);
    arena_free(&to->memory);
    return read && (memory || error_memory(errors)) && !to->failed;
}
