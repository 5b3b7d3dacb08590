/* records.c - opening an input, and what is asked of it. */
#include "records/records.h"

#include <stdlib.h>
#include <string.h>

#include "records/reader.h"

enum { FIRST_CAPACITY = 512 }; /* records of a chunk, to begin with */

void records_add_failure(const records *opened, input_result result, int number, error_list *errors)
{
    if (result == INPUT_NO_MEMORY) {
        error_memory(errors);
    } else {
        error_add(errors, FAULT_INPUT, opened->name, opened->line, 0,
                  "cannot be read further: %s; nothing behind this line was read",
                  strerror(number));
    }
}

void records_note_windows_1252(const records *opened, uint64_t line)
{
    uint64_t first = atomic_load_explicit(opened->windows_1252_line, memory_order_relaxed);
    while ((first == 0 || line < first) &&
           !atomic_compare_exchange_weak_explicit(opened->windows_1252_line, &first, line,
                                                  memory_order_relaxed, memory_order_relaxed)) {
    }
}

uint64_t records_windows_1252_line(const records *opened)
{
    return atomic_load_explicit(opened->windows_1252_line, memory_order_relaxed);
}

/* What is in place before the input is read. */
static bool prepare(records *opened, const record_source *source, error_list *errors)
{
    const char *name = source->name != NULL ? source->name : source->path;
    if (name == NULL) {
        name = "input";
    }
    opened->name = arena_text(&opened->memory, name, strlen(name));
    opened->windows_1252_line = malloc(sizeof *opened->windows_1252_line);
    if (opened->name == NULL || opened->windows_1252_line == NULL ||
        pthread_mutex_init(&opened->mutex, NULL) != 0) {
        return error_memory(errors);
    }
    opened->has_mutex = true;
    atomic_init(opened->windows_1252_line, 0);
    return true;
}

records *records_open_limited(const record_source *source, const column_map *map,
                              record_limits limits, scan_function *scan, error_list *errors)
{
    records *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        error_memory(errors);
        return NULL;
    }
    opened->input.descriptor = -1;
    opened->limits = limits;
    opened->scan = scan;
    if (!prepare(opened, source, errors) ||
        !input_open(&opened->input, source, opened->name, errors) || !header_read(opened, errors) ||
        !names_apply(opened, map, errors)) {
        records_close(opened);
        return NULL;
    }
    return opened;
}

records *records_open(const record_source *source, const column_map *map, error_list *errors)
{
    static const record_limits limits = {CHUNK_SIZE, RECORD_MAX, CELL_MAX};
    return records_open_limited(source, map, limits, scan_fastest(), errors);
}

void records_close(records *opened)
{
    if (opened == NULL) {
        return;
    }
    input_close(&opened->input);
    if (opened->has_mutex) {
        pthread_mutex_destroy(&opened->mutex);
    }
    free(opened->windows_1252_line);
    free(opened->selected);
    arena_free(&opened->memory);
    free(opened);
}

const char *records_name(const records *opened)
{
    return opened->name;
}

char records_delimiter(const records *opened)
{
    return opened->delimiter;
}

size_t records_column_count(const records *opened)
{
    return opened->column_count;
}

const char *records_heading(const records *opened, size_t nth)
{
    return opened->columns[nth].heading;
}

const char *records_field(const records *opened, size_t nth)
{
    return opened->columns[nth].field;
}

size_t records_find(const records *opened, text field)
{
    for (size_t i = 0; i < opened->column_count; i++) {
        const char *name = opened->columns[i].field;
        if (*name != '\0' && text_same_name(text_of(name), field)) {
            return i;
        }
    }
    return COLUMN_NONE;
}

bool records_select(records *opened, const size_t *columns, size_t count)
{
    opened->selected = calloc(count + 1, sizeof *opened->selected);
    if (opened->selected == NULL) {
        return false;
    }
    if (count > 0) {
        memcpy(opened->selected, columns, count * sizeof *columns);
    }
    opened->selected_count = count;
    return true;
}

chunk *chunk_new(const records *opened, error_list *errors)
{
    chunk *piece = chunk_new_bare(opened);
    if (piece == NULL || !chunk_set_slots(piece, opened->column_count, opened->selected,
                                          opened->selected_count, FIRST_CAPACITY)) {
        chunk_free(piece);
        error_memory(errors);
        return NULL;
    }
    return piece;
}
