/* csv_text.h - the pieces of a CSV row, written to memory that has room for them: the fast way
 * that a million rows need. Each put_ function gives back the end of what it wrote. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "writing/buffer.h"

/* True where a spreadsheet would run the cell as a formula. */
static inline bool cell_runs(text value)
{
    return value.size > 0 && (value.at[0] == '=' || value.at[0] == '+' || value.at[0] == '-' ||
                              value.at[0] == '@' || value.at[0] == '\t' || value.at[0] == '\r');
}

static inline bool cell_needs_quotes(text value)
{
    static const bool special[256] = {['"'] = true, [','] = true, ['\n'] = true, ['\r'] = true};
    bool              found = false;
    for (size_t i = 0; i < value.size; i++) {
        found |= special[(unsigned char)value.at[i]];
    }
    return found;
}

/* The most bytes that a cell can take. */
static inline size_t cell_most(text value)
{
    return 2 * value.size + 3;
}

/* Writes a cell of text and gives back its end; there is room for cell_most(). One that a
 * spreadsheet would run gets an apostrophe before it. */
static inline char *put_cell(char *at, text value)
{
    bool quotes = cell_needs_quotes(value);
    if (quotes) {
        *at++ = '"';
    }
    if (cell_runs(value)) {
        *at++ = '\'';
    }
    if (!quotes) {
        if (value.size > 0) {
            memcpy(at, value.at, value.size);
        }
        return at + value.size;
    }
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] == '"') {
            *at++ = '"';
        }
        *at++ = value.at[i];
    }
    *at++ = '"';
    return at;
}

/* The same at the end of a buffer, for rows that need not be fast. */
static inline void csv_cell(buffer *out, text value)
{
    if (buffer_room(out, cell_most(value)))
        out->size = (size_t)(put_cell(out->bytes + out->size, value) - out->bytes);
}

static inline void csv_string(buffer *out, const char *value)
{
    csv_cell(out, text_of(value));
}

/* Text that many rows share, in a block that is copied whole: faster than by its length. */
typedef struct {
    char   bytes[64];
    size_t size;
} piece;

static inline piece piece_of(const char *id)
{
    piece  made = {.size = strlen(id) + 1}; /* ids have at most 40 characters */
    size_t most = sizeof made.bytes - 1;
    made.size = made.size > most ? most : made.size;
    memcpy(made.bytes, id, made.size - 1);
    made.bytes[made.size - 1] = ',';
    return made;
}

static inline char *put_piece(char *at, const piece *shared)
{
    memcpy(at, shared->bytes, sizeof shared->bytes);
    return at + shared->size;
}

static inline char *put_digits(char *at, uint64_t value)
{
    char   digits[20]; /* UINT64_MAX has 20 */
    size_t from = sizeof digits;
    do {
        digits[--from] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    memcpy(at, digits + from, sizeof digits - from);
    return at + (sizeof digits - from);
}

/* 3125 as "3.125," */
static inline char *put_thousandths(char *at, uint32_t thousandths)
{
    uint32_t whole = thousandths / 1000;
    uint32_t places = thousandths % 1000;
    if (whole < 10) {
        *at++ = (char)('0' + whole);
    } else {
        at = put_digits(at, whole);
    }
    at[0] = '.';
    at[1] = (char)('0' + places / 100);
    at[2] = (char)('0' + places / 10 % 10);
    at[3] = (char)('0' + places % 10);
    at[4] = ',';
    return at + 5;
}
