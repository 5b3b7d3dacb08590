/* row.c - what records say, as bytes to hash.
 *
 * Field by field, not record by record: the cells of a field stand side by side, and are mostly of one
 * size. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "origin/origin.h"

enum { LONG_CELL = UINT8_MAX, LONG_BYTES = 5 };

/* How many bytes each record takes. False where a cell is longer than its length can say. */
static bool count_bytes(origin_rows *rows, const text *const *cells, size_t field_count,
                        size_t first, size_t count)
{
    size_t all = 0; /* every size, as bits */

    for (size_t k = 0; k < count; k++)
        rows->size[k] = sizeof(int32_t);
    for (size_t f = 0; f < field_count; f++)
        for (size_t k = 0; k < count; k++) {
            const size_t size = cells[f] ? cells[f][first + k].size : 0;
            rows->size[k] += size + (size < LONG_CELL ? 1 : LONG_BYTES);
            all |= size;
        }
    return all <= UINT32_MAX;
}

/* Gives each record its place. */
static bool make_room(origin_rows *rows, size_t count)
{
    size_t needed = 1;

    for (size_t k = 0; k < count; k++)
        needed += rows->size[k];
    if (needed > rows->room) {
        uint8_t *bytes = realloc(rows->memory, needed + needed / 2);
        if (!bytes)
            return false;
        rows->memory = bytes;
        rows->room = needed + needed / 2;
    }
    const uint8_t *at = rows->memory;
    for (size_t k = 0; k < count; k++) {
        rows->at[k] = at;
        at += rows->size[k];
    }
    return true;
}

static uint8_t *write_length(uint8_t *at, size_t size)
{
    const uint32_t length = htole32((uint32_t)size);

    if (size < LONG_CELL) {
        *at = (uint8_t)size;
        return at + 1;
    }
    *at = LONG_CELL;
    memcpy(at + 1, &length, sizeof length);
    return at + LONG_BYTES;
}

/* Most cells are a word or a date: two copies that overlap take any of 4 to 16 bytes, and three bytes any
 * of 1 to 3. */
static uint8_t *write_cell(uint8_t *to, text cell)
{
    const char  *from = cell.at;
    const size_t size = cell.size;

    if (size > 16) {
        memcpy(to, from, size);
    } else if (size >= 8) {
        memcpy(to, from, 8);
        memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
        memcpy(to, from, 4);
        memcpy(to + size - 4, from + size - 4, 4);
    } else if (size > 0) {
        to[0] = (uint8_t)from[0];
        to[size / 2] = (uint8_t)from[size / 2];
        to[size - 1] = (uint8_t)from[size - 1];
    }
    return to + size;
}

bool origin_rows_write(origin_rows *rows, const int32_t *audit_date, const text *const *cells,
                       size_t field_count, size_t first, size_t count)
{
    uint8_t *at[ORIGIN_ROWS], *next;

    if (!count_bytes(rows, cells, field_count, first, count) || !make_room(rows, count))
        return false;
    next = rows->memory;
    for (size_t k = 0; k < count; k++) {
        const uint32_t day = htole32((uint32_t)audit_date[first + k]);
        memcpy(next, &day, sizeof day);
        at[k] = next + sizeof day;
        next += rows->size[k];
    }
    for (size_t f = 0; f < field_count; f++)
        for (size_t k = 0; k < count; k++) {
            const text cell = cells[f] ? cells[f][first + k] : (text){"", 0};
            at[k] = write_cell(write_length(at[k], cell.size), cell);
        }
    return true;
}

void origin_rows_free(origin_rows *rows)
{
    free(rows->memory);
    *rows = (origin_rows){0};
}
