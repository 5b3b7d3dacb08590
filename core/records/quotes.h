/* quotes.h - the quoted cells of a piece of input. The grammar of quotes is here alone.
 *
 *   - A quote opens a quoted cell where it is the cell's first byte; elsewhere in a bare cell
 *     it is kept as it stands.
 *   - Inside, "" is a quote, and delimiters and line ends are text.
 *   - A quote that a delimiter, a line end or the end of the input follows closes the cell.
 *   - A quote that anything else follows on the line where the cell began: the cell goes on as
 *     bare text up to its delimiter, kept as written: "abc"def is abcdef.
 *   - A quote that anything else follows on a later line, or none up to the end of the input
 *     or to the longest record there may be: the opening quote was never closed. The record
 *     ends at the first line end behind it, so that one stray quote does not swallow the
 *     rest of the file. */
#pragma once

#include "records/scan.h"

typedef struct {
    uint32_t open;    /* offset of the opening quote */
    uint32_t close;   /* of the closing quote; unclosed: of the line end, or the size */
    uint32_t lines;   /* line ends inside */
    bool     doubled; /* there are doubled quotes to undo */
    bool     unclosed;
} quoted_span;

/* In input order. Start with {0}; quoted_spans_free() frees. */
typedef struct {
    quoted_span *items;
    size_t       count;
    size_t       capacity;
} quoted_spans;

void quoted_spans_free(quoted_spans *spans);

/* A piece of input that begins with a record, scanned. */
typedef struct {
    const char       *bytes;
    size_t            size;
    const scan_block *blocks;
    char              delimiter;
    /* More bytes may follow. Where not, nothing that follows changes the answer, and a quote
     * that is not closed is unclosed. */
    bool more;
} quoted_bytes;

typedef enum { RECORDS_END_FOUND, RECORDS_END_UNKNOWN, RECORDS_END_NO_MEMORY } records_end;

/* Finds how far whole records go: *end is behind the last line end that ends a record or, where
 * no more bytes follow, the size. `spans` are the quoted cells before it.
 * RECORDS_END_UNKNOWN: it takes more bytes to tell, or there is no line end. */
records_end quotes_last_record_end(const quoted_bytes *input, quoted_spans *spans, size_t *end);

/* The same for the first record alone. */
records_end quotes_first_record_end(const quoted_bytes *input, quoted_spans *spans, size_t *end);
