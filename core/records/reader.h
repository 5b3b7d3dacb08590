/* reader.h - what the files of this room share: an open input and the inside of a chunk. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "records/column_map.h"
#include "records/input.h"
#include "records/quotes.h"
#include "records/records.h"
#include "records/scan.h"

/* How much is taken at a time. Tests make it tiny; chunk <= record, and cell <= record. */
typedef struct {
    size_t chunk;  /* bytes of a chunk; only a record that does not fit has more */
    size_t record; /* RECORD_MAX */
    size_t cell;   /* CELL_MAX */
} record_limits;

enum {
    CHUNK_SIZE = 256 << 10,
    CHUNK_PADDING = 64,        /* readable bytes behind a chunk */
    HEADER_COLUMNS_MAX = 16384 /* as many as an Excel sheet has */
};

/* One column of the header. Strings are in records.memory. */
typedef struct {
    const char        *heading; /* as written, trimmed, UTF-8 */
    const char        *field;   /* what it is looked up by; "" for none */
    uint64_t           field_line; /* of the column map, that names it; 0: none does */
    const answer_list *answers; /* of the column map; NULL for none */
} header_column;

struct records {
    arena          memory;
    const char    *name;
    record_limits  limits;
    scan_function *scan;
    char           delimiter;
    uint64_t       header_line;
    size_t         column_count;
    header_column *columns;
    const char    *map_file; /* NULL: no column map */
    size_t        *selected; /* [slot]: column */
    size_t         selected_count;

    pthread_mutex_t mutex; /* guards what follows */
    bool            has_mutex;
    input           input;
    uint64_t        line; /* the next chunk's first */
    uint64_t        sequence;
    input_result    failure;
    int             failure_number; /* errno */

    _Atomic uint64_t *windows_1252_line; /* 0: none */
};

struct chunk_private {
    const records *records;
    size_t         room; /* of bytes, without the padding; 0: none yet */
    scan_block    *blocks;
    scan_summary   seen;
    quoted_spans   spans;
    size_t         column_count;
    size_t         slot_count;
    size_t         capacity;    /* records */
    size_t         array_count; /* of cells, all in one piece of memory */
    cell          *storage;
    size_t        *array_of_slot;
    size_t        *array_of_column;
    cell         **target; /* [column]: where its cells go */
    size_t         width;  /* cells of the record cut last */
};

/* records_open() with other limits. */
records *records_open_limited(const record_source *source, const column_map *map,
                              record_limits limits, scan_function *scan, error_list *errors);

/* A chunk without cells, and its slots. False where memory is out. */
chunk *chunk_new_bare(const records *records);
bool   chunk_set_slots(chunk *chunk, size_t column_count, const size_t *columns, size_t count,
                       size_t capacity);
/* Room for twice as many records. */
bool chunk_grow(chunk *chunk);
/* Room for `size` bytes. */
bool chunk_make_room(chunk *chunk, size_t size);

/* Fills `chunk` with the next whole records, or with one. Under the mutex. */
input_result chunk_fill(records *records, chunk *chunk, bool one_record);

/* Finds the dialect and reads the headings. */
bool header_read(records *records, error_list *errors);

/* Gives the columns their field names and answers. */
bool names_apply(records *records, const column_map *map, error_list *errors);

/* Remembers that a cell on `line` was read as Windows-1252. Thread-safe. */
void records_note_windows_1252(const records *records, uint64_t line);

/* Adds what `result` and errno say is wrong with reading. */
void records_add_failure(const records *records, input_result result, int number,
                         error_list *errors);
