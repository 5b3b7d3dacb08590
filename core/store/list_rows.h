/* list_rows.h - the rows of a list, written as they come or, for a table, once their widths are known.
 * Private to this room. */
#pragma once

#include "store/entity.h"

enum { COLUMNS_MAX = 24 };

/* One cell: as it is written in JSON without quotation marks where it is bare. */
typedef struct {
    text value;
    bool bare;
} list_cell;

typedef enum { LIST_TABLE, LIST_CSV, LIST_JSON } list_format;

/* A list under way. A table is held until its columns' widths are known; the others are written as they
 * come. */
typedef struct {
    const char   *names[COLUMNS_MAX];
    list_cell     cells[COLUMNS_MAX]; /* of the row at hand */
    size_t        count;
    list_format   format;
    store_write   write;
    void         *user;
    buffer        out;
    buffer        row;  /* what cells of the row at hand are written in */
    text         *held; /* [row * count + column], of a table */
    size_t        rows;
    size_t        capacity;
    arena         memory;
    bool          failed; /* memory is out, or `write` gave up */
    bool          history;
    const entity *of;
} listing;

/* Begins with the names, which are there by now; adds the row at hand; and ends, with all memory freed.
 * False where memory is out, `read` was false, or `write` gave up. */
void list_begin(listing *to);
void list_add_row(listing *to);
bool list_end(listing *to, bool read, error_list *errors);
