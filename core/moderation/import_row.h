/* import_row.h - a row of a sheet that comes back: what it says, what is wrong with it, and how it is
 * handed back. Private to this room. */
#pragma once

#include "records/records.h"
#include "writing/buffer.h"

/* Start with the first three; row_end() takes what was gathered. */
typedef struct {
    const records_sheet *sheet;
    const records_row   *row;
    error_list          *errors;
    buffer               faults; /* in words, for the file that goes back */
    bool                 wrong;
} import_row;

/* What a cell says, without the apostrophe that was set before what a spreadsheet would run. */
const char *row_said(const import_row *at, int field);

/* Something is wrong with a cell: `format` says what, and after a semicolon what to do. It is a notice
 * with its place that begins with the row's audit, which is its first field. */
__attribute__((format(printf, 3, 4))) void row_refuse(import_row *at, int field, const char *format,
                                                      ...);

/* Adds the row as it came, and what is wrong with it as a last column `reason`; the headings first
 * where `rejected` is empty. */
void row_hand_back(const import_row *at, buffer *rejected);

/* False where memory was out. */
bool row_end(import_row *at);
