/* row.c - what a record says, as bytes to hash. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "origin/origin.h"

enum { LENGTH_BYTES = 5, RECORDS_AHEAD = 8 };

/* Room for what is to be written. */
static bool make_room(origin_row *row, size_t needed)
{
    if (needed <= row->room)
        return true;
    uint8_t *bytes = realloc(row->bytes, needed + needed / 2);
    if (!bytes)
        return false;
    row->bytes = bytes;
    row->room = needed + needed / 2;
    return true;
}

/* The most that a record's cells take; SIZE_MAX where that is out of reach. So many columns are more than
 * processors foresee: the cells of records to come are asked for ahead. */
static size_t most_bytes(const text *const *cells, size_t count, size_t record)
{
    size_t size = sizeof(int32_t);

    for (size_t c = 0; c < count; c++) {
        if (!cells[c]) {
            size += LENGTH_BYTES;
            continue;
        }
        const size_t more = cells[c][record].size;
        __builtin_prefetch(&cells[c][record] + RECORDS_AHEAD);
        if (more > UINT32_MAX || size > SIZE_MAX / 4 - more)
            return SIZE_MAX;
        size += more + LENGTH_BYTES;
    }
    return size;
}

/* Most cells are a word or a date: two copies that overlap take any of 4 to 16 bytes. */
static void copy_cell(uint8_t *to, const char *from, size_t size)
{
    if (size > 16) {
        memcpy(to, from, size);
    } else if (size >= 8) {
        memcpy(to, from, 8);
        memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
        memcpy(to, from, 4);
        memcpy(to + size - 4, from + size - 4, 4);
    } else {
        for (size_t i = 0; i < size; i++)
            to[i] = (uint8_t)from[i];
    }
}

static uint8_t *write_length(uint8_t *at, size_t size)
{
    const uint32_t length = htole32((uint32_t)size);

    if (size < UINT8_MAX) {
        *at++ = (uint8_t)size;
        return at;
    }
    *at++ = UINT8_MAX;
    memcpy(at, &length, sizeof length);
    return at + sizeof length;
}

bool origin_row_write(origin_row *row, int32_t audit_date, const text *const *cells, size_t count,
                      size_t record)
{
    const uint32_t day = htole32((uint32_t)audit_date);
    const size_t   most = most_bytes(cells, count, record);

    if (most == SIZE_MAX || !make_room(row, most))
        return false;
    uint8_t *at = row->bytes;
    memcpy(at, &day, sizeof day);
    at += sizeof day;
    for (size_t c = 0; c < count; c++) {
        const text said = cells[c] ? cells[c][record] : (text){"", 0};
        at = write_length(at, said.size);
        copy_cell(at, said.at, said.size);
        at += said.size;
    }
    row->size = (size_t)(at - row->bytes);
    return true;
}

void origin_row_free(origin_row *row)
{
    free(row->bytes);
    *row = (origin_row){0};
}
