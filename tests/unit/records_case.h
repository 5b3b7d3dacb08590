/* records_case.h - an input in memory, read whole and written out as text, for tests. */
#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/reader.h"

/* The limits that inputs are read with everywhere else. */
static const record_limits real_limits = {CHUNK_SIZE, RECORD_MAX, CELL_MAX};

/* Text that grows. */
typedef struct {
    char  *at;
    size_t size;
} written;

static inline void write_bytes(written *out, const char *bytes, size_t size)
{
    char *longer = realloc(out->at, out->size + size + 1);
    if (longer == NULL) {
        abort();
    }
    out->at = longer;
    if (size > 0) {
        memcpy(longer + out->size, bytes, size);
    }
    out->size += size;
    longer[out->size] = '\0';
}

/* Writes the records of a chunk that was cut: "LINE cell|cell|cell\n", or "LINE !FAULT CELL\n". */
static inline void write_chunk(written *out, const chunk *piece, size_t columns)
{
    for (size_t record = 0; record < piece->count; record++) {
        char start[64];
        int  length =
            snprintf(start, sizeof start, "%llu ", (unsigned long long)chunk_line(piece, record));
        write_bytes(out, start, (size_t)length);
        if (piece->fault[record] != RECORD_WHOLE) {
            length = snprintf(start, sizeof start, "!%u %u", (unsigned)piece->fault[record],
                              (unsigned)piece->fault_cell[record]);
            write_bytes(out, start, (size_t)length);
        }
        for (size_t slot = 0; slot < columns && piece->fault[record] == 0; slot++) {
            cell where = piece->cells[slot][record];
            write_bytes(out, "|", slot > 0);
            write_bytes(out, piece->bytes + where.at, where.size);
        }
        write_bytes(out, "\n", 1);
    }
}

/* Selects every slot in turn. */
static inline void select_every_column(records *opened)
{
    size_t  count = records_column_count(opened);
    size_t *columns = calloc(count + 1, sizeof *columns);
    if (columns == NULL) {
        abort();
    }
    for (size_t i = 0; i < count; i++) {
        columns[i] = i;
    }
    if (!records_select(opened, columns, count)) {
        abort();
    }
    free(columns);
}

/* Reads all the records of an open input. */
static inline char *write_records(records *opened)
{
    error_list errors = {0};
    written    out = {0};
    write_bytes(&out, "", 0);
    select_every_column(opened);
    chunk *piece = chunk_new(opened, &errors);
    if (piece == NULL) {
        abort();
    }
    uint64_t sequence = 0;
    while (records_next(opened, piece, &errors) == RECORDS_MORE) {
        if (!chunk_cut(piece) || piece->sequence != sequence++) {
            abort();
        }
        write_chunk(&out, piece, records_column_count(opened));
    }
    if (errors.count > 0) {
        abort();
    }
    chunk_free(piece);
    return out.at;
}

/* Opens bytes, with a map or NULL. */
static inline records *open_bytes(const char *bytes, size_t size, const column_map *map,
                                  record_limits limits, scan_function *scan, error_list *errors)
{
    record_source source = {.bytes = bytes, .size = size, .name = "audits.csv"};
    return records_open_limited(&source, map, limits, scan, errors);
}
