/* chunk.c - the memory of a chunk. */
#include <stdlib.h>
#include <string.h>

#include "records/reader.h"

/* The first two arrays of cells; those of the columns in use follow. */
enum {
    ARRAY_NOTHING, /* empty cells, for slots without a column */
    ARRAY_UNREAD,  /* where the cells go that nobody asked for */
    ARRAY_FIRST
};

chunk *chunk_new_bare(const records *opened)
{
    chunk *piece = calloc(1, sizeof *piece);
    if (piece == NULL) {
        return NULL;
    }
    piece->private = calloc(1, sizeof *piece->private);
    if (piece->private == NULL) {
        free(piece);
        return NULL;
    }
    piece->private->records = opened;
    return piece;
}

static void free_slots(chunk *piece)
{
    struct chunk_private *private = piece->private;
    free(private->storage);
    free(private->array_of_slot);
    free(private->array_of_column);
    free(private->target);
    free(piece->cells);
    private->storage = NULL;
    private->array_of_slot = NULL;
    private->array_of_column = NULL;
    private->target = NULL;
    private->capacity = 0;
    piece->cells = NULL;
}

void chunk_free(chunk *piece)
{
    if (piece == NULL) {
        return;
    }
    free_slots(piece);
    quoted_spans_free(&piece->private->spans);
    free(piece->private->blocks);
    free(piece->private);
    free(piece->bytes);
    free(piece->line);
    free(piece->fault);
    free(piece->fault_cell);
    free(piece);
}

bool chunk_make_room(chunk *piece, size_t size)
{
    struct chunk_private *private = piece->private;
    if (size == private->room) {
        return true;
    }
    private->room = 0;
    char *bytes = realloc(piece->bytes, size + CHUNK_PADDING);
    if (bytes == NULL) {
        return false;
    }
    piece->bytes = bytes;

    size_t      count = scan_block_count(size);
    scan_block *blocks = realloc(private->blocks, count * sizeof *blocks);
    if (blocks == NULL) {
        return false;
    }
    private->blocks = blocks;
    private->room = size;
    return true;
}

/* realloc() of an array; false leaves it as it was. */
static bool resize(void *array, size_t count, size_t size)
{
    void **place = array;
    if (count > SIZE_MAX / size) {
        return false;
    }
    void *bytes = realloc(*place, count * size);
    if (bytes == NULL) {
        return false;
    }
    *place = bytes;
    return true;
}

/* From one array of cells to the next. Cutting writes to all arrays at one record: a stride that
 * is a power of two would put these cells into one set of the processor's cache. */
static size_t stride_of(size_t capacity)
{
    enum { CACHE_LINE_CELLS = 64 / sizeof(cell) };
    return (capacity / CACHE_LINE_CELLS | 1) * CACHE_LINE_CELLS + CACHE_LINE_CELLS * 2;
}

/* Moves the cells to arrays of a greater capacity. */
static bool move_cells(chunk *piece, size_t capacity)
{
    struct chunk_private *private = piece->private;
    size_t stride = stride_of(capacity);
    size_t old_stride = stride_of(private->capacity);
    if (capacity > SIZE_MAX / 2 || stride > SIZE_MAX / sizeof(cell) / private->array_count) {
        return false;
    }
    cell *storage = calloc(stride * private->array_count, sizeof *storage);
    if (storage == NULL) {
        return false;
    }
    for (size_t i = 0; private->storage != NULL && i < private->array_count; i++) {
        memcpy(storage + i * stride, private->storage + i * old_stride,
               private->capacity * sizeof *storage);
    }
    free(private->storage);
    private->storage = storage;
    for (size_t slot = 0; slot < private->slot_count; slot++) {
        piece->cells[slot] = storage + private->array_of_slot[slot] * stride;
    }
    for (size_t i = 0; i < private->column_count; i++) {
        private->target[i] = storage + private->array_of_column[i] * stride;
    }
    return true;
}

static bool set_capacity(chunk *piece, size_t capacity)
{
    if (!resize(&piece->line, capacity, sizeof *piece->line) ||
        !resize(&piece->fault, capacity, sizeof *piece->fault) ||
        !resize(&piece->fault_cell, capacity, sizeof *piece->fault_cell) ||
        !move_cells(piece, capacity)) {
        return false;
    }
    piece->private->capacity = capacity;
    return true;
}

bool chunk_grow(chunk *piece)
{
    return piece->private->capacity <= SIZE_MAX / 2 &&
           set_capacity(piece, piece->private->capacity * 2);
}

bool chunk_set_slots(chunk *piece, size_t column_count, const size_t *columns, size_t count,
                     size_t capacity)
{
    struct chunk_private *private = piece->private;
    free_slots(piece);
    private->column_count = column_count;
    private->slot_count = count;
    private->array_of_slot = calloc(count + 1, sizeof *private->array_of_slot);
    private->array_of_column = calloc(column_count + 1, sizeof *private->array_of_column);
    private->target = calloc(column_count + 1, sizeof *private->target);
    piece->cells = calloc(count + 1, sizeof *piece->cells);
    if (private->array_of_slot == NULL || private->array_of_column == NULL ||
        private->target == NULL || piece->cells == NULL) {
        return false;
    }
    for (size_t i = 0; i < column_count; i++) {
        private->array_of_column[i] = ARRAY_UNREAD;
    }
    /* Two slots of one column share its array. */
    private->array_count = ARRAY_FIRST;
    for (size_t slot = 0; slot < count; slot++) {
        size_t nth = columns[slot];
        if (nth >= column_count) {
            private->array_of_slot[slot] = ARRAY_NOTHING;
            continue;
        }
        if (private->array_of_column[nth] == ARRAY_UNREAD) {
            private->array_of_column[nth] = private->array_count++;
        }
        private->array_of_slot[slot] = private->array_of_column[nth];
    }
    return set_capacity(piece, capacity);
}
