/* records.h - files in, typed columns out, in batches.
 *
 * An input is opened and its header read (records_open). Whole records are taken from it a
 * chunk at a time (records_next), cut into cells (chunk_cut), and the cells of one field
 * become one typed column (column_decode). Chunks may be worked on by several threads;
 * memory is the chunks under way, whatever the size of the input.
 *
 * The input is CSV or TSV as people export it: RFC 4180 and what Excel adds. See
 * docs/records.md for the rules, and dialect.h, quotes.h and cut.c for where they are. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/spelling.h"
#include "base/text.h"

/* ---- Column map ---------------------------------------------------------- */

/* Form questions to field names, answers to values. Read-only once read. */
typedef struct column_map column_map;

/* Reads a map: [columns] FIELD = heading in the file; [values.FIELD] VALUE = answer | answer.
 * A long question may be written the other way round too: heading = FIELD; and so may an answer:
 * answer = VALUE, where VALUE is an Ofsted level or a word for yes, no, missing or not
 * applicable (column_map.c says how they are told apart). NULL and `errors` filled where it
 * cannot be used. */
column_map *column_map_read(const char *path, error_list *errors);
column_map *column_map_read_bytes(const char *name, const char *bytes, size_t size,
                                  error_list *errors);
void        column_map_free(column_map *map);

/* ---- Input --------------------------------------------------------------- */

enum {
    CELL_MAX = 1 << 20,    /* bytes in a cell; a longer one rejects its record */
    RECORD_MAX = 8 << 20, /* bytes in a record; likewise */
    COLUMN_NONE = 0xFFFFFF /* no such column */
};

/* Where records come from. Exactly one of the three. */
typedef struct {
    const char *path;  /* a file, "-" for standard input */
    const char *bytes; /* or `size` bytes in memory, which outlive the input */
    size_t      size;
    const char *name;  /* what messages call it; NULL: the path */
} record_source;

typedef struct records records;

/* Opens an input, finds its dialect, reads its header and applies `map` (may be NULL; it must
 * outlive the input). NULL and `errors` filled where that fails: not readable, empty, an
 * Excel workbook, UTF-16, two columns of one name. */
records *records_open(const record_source *source, const column_map *map, error_list *errors);
void     records_close(records *records); /* takes NULL */

const char *records_name(const records *records);
char        records_delimiter(const records *records); /* ',', ';' or '\t' */
size_t      records_column_count(const records *records);
/* The heading as written, trimmed, UTF-8; "" where it is empty. */
const char *records_heading(const records *records, size_t column);
/* The field name: what the column map calls it, else the heading. */
const char *records_field(const records *records, size_t column);
/* The column map's file; NULL without one. The line on which it names the column; 0: it does not. */
const char *records_map_file(const records *records);
uint64_t    records_field_line(const records *records, size_t column);
/* The nth VALUE that the map reads answers of the column as, and its first line; NULL behind the
 * last. */
const char *records_answer(const records *records, size_t column, size_t nth, uint64_t *line);
/* The column of a field (text_same_name()), or COLUMN_NONE. */
size_t      records_find(const records *records, text field);

/* Says which columns will be read: slot k of every chunk holds columns[k]. Others are passed
 * over. A column may be COLUMN_NONE: its cells are all missing. Call once, before the first
 * chunk_new(). False where memory is out. */
bool records_select(records *records, const size_t *columns, size_t count);

/* ---- Chunks -------------------------------------------------------------- */

/* A cell of a chunk: its bytes without the quotes, doubled quotes undone. */
typedef struct {
    uint32_t at;   /* offset in the chunk's bytes */
    uint32_t size;
} cell;

/* Why a record cannot be read. */
typedef enum {
    RECORD_WHOLE,
    RECORD_TOO_MANY_CELLS,
    RECORD_NUL_BYTE,
    RECORD_UNCLOSED_QUOTE,
    RECORD_CELL_TOO_LONG,
    RECORD_TOO_LONG
} record_fault;

/* Whole records of an input, in input order. Belongs to one thread at a time. */
typedef struct {
    uint64_t  sequence;   /* 0, 1, 2, ... through the input */
    uint64_t  first_line; /* of the input, on which the chunk starts */
    size_t    count;      /* records, once cut */
    char     *bytes;
    uint32_t *line;       /* [record]: lines after first_line on which it starts */
    uint8_t  *fault;      /* [record]: record_fault */
    uint32_t *fault_cell; /* [record]: 1-based cell at fault, 0 where none */
    cell    **cells;      /* [slot][record]; a cell that a record does not have is empty */
    size_t    size;       /* of bytes */
    struct chunk_private *private;
} chunk;

chunk *chunk_new(const records *records, error_list *errors);
void   chunk_free(chunk *chunk); /* takes NULL */

typedef enum { RECORDS_MORE, RECORDS_END, RECORDS_FAILED } records_state;

/* Fills `chunk` with the next whole records. Thread-safe: any number of threads may take
 * chunks of one input. RECORDS_FAILED: the input could not be read or memory is out, and
 * `errors` (the caller's own) says so. */
records_state records_next(records *records, chunk *chunk, error_list *errors);

/* Cuts the chunk into cells. False where memory is out. */
bool chunk_cut(chunk *chunk);

/* The place of a record in the input. */
static inline uint64_t chunk_line(const chunk *from, size_t record)
{
    return from->first_line + from->line[record];
}

/* The first line with a cell that was read as Windows-1252, or 0; once all chunks are
 * done. Only columns that were decoded count. Thread-safe. */
uint64_t records_windows_1252_line(const records *records);

/* What a record fault is, as a sentence with its remedy. */
const char *record_fault_text(record_fault fault);

/* ---- Columns ------------------------------------------------------------- */

/* What a column's cells are read as. The C type of one value is given. */
typedef enum {
    VALUE_LEVEL,  /* uint8_t: a level of the rubric's scale */
    VALUE_FLAG,   /* uint8_t: 0, 1 */
    VALUE_NUMBER, /* double */
    VALUE_DATE,   /* int32_t: days since 1 January 1970 */
    VALUE_DATES,  /* int32_t, a list, ascending; offsets[i] .. offsets[i + 1] */
    VALUE_CHOICE, /* uint8_t: one of the choices in `spellings` */
    VALUE_MATCH,  /* uint8_t: 1 where the text is one of `spellings`, else 0; never missing */
    VALUE_TEXT    /* text: trimmed UTF-8; "" where empty; never missing */
} value_type;

/* One entry of column.status: numbers of the plugin ABI, whose 3 (not due) no column has. */
enum {
    COLUMN_VALUE = 0,
    COLUMN_MISSING = 1,
    COLUMN_NOT_APPLICABLE = 2,
    COLUMN_INVALID = 4
};

/* The values of one field for the records of a batch, in dense arrays. Belongs to one
 * thread. Made for one input, one slot, one type. */
typedef struct {
    value_type            type;
    size_t                slot;
    const spelling_table *spellings; /* VALUE_LEVEL, VALUE_CHOICE and VALUE_MATCH */
    uint8_t              *status;    /* [count] */
    union {
        void    *values;
        uint8_t *bytes;
        double  *numbers;
        int32_t *dates;
        text    *texts; /* point into the chunk or into the column; valid until decoded anew */
    };
    uint32_t *offsets; /* [count + 1], VALUE_DATES only */
    size_t    invalid; /* how many of the batch are COLUMN_INVALID */
    struct column_private *private;
} column;

/* Makes `out` ready to decode slot `slot` of `records`. `spellings` must outlive it. False
 * where memory is out. column_free() takes what column_init() made, or {0}. */
bool column_init(column *out, const records *records, size_t slot, value_type type,
                 const spelling_table *spellings);
void column_free(column *column);

/* Decodes the cells of the `count` records `rows` of a chunk that was cut. False where memory
 * is out. Records that are not RECORD_WHOLE may be among them; what they give means nothing. */
bool column_decode(column *column, const chunk *chunk, const uint32_t *rows, size_t count);

/* The cell as it stands in the file: trimmed, UTF-8. For messages. It is a copy in `arena`
 * shortened to 60 characters, "" where memory is out. */
const char *chunk_cell_text(const chunk *chunk, size_t slot, size_t record, arena *arena);

/* Reads one value by itself, as column_decode() would: for records check and for tests. Returns
 * COLUMN_VALUE and so on. `out` is of the type's C type; VALUE_DATES only tells its status. */
int value_read(value_type type, text value, const spelling_table *spellings, void *out);

/* What is expected of a value of this type: "write dates as dd/mm/yyyy". */
const char *value_type_remedy(value_type type);
/* Likewise for a value that is no date: what it seems to be instead, Excel's number of a day or
 * month before day, where it looks like one of these. */
const char *date_remedy(text value);
/* "date", "number", ... for messages. */
const char *value_type_name(value_type type);

/* ---- Small files, whole --------------------------------------------------- */

/* One row of a sheet. Strings live as long as the sheet. */
typedef struct {
    uint64_t           line;
    const char        *fault; /* why the row cannot be read, with its remedy; NULL: it can */
    const char *const *cells; /* [field]: trimmed UTF-8; "" where empty, absent or faulty */
} records_row;

/* A file of forms, plans or cases: its rows as text, in memory. Start with {0}. */
typedef struct {
    const char        *name;     /* what messages call it */
    const char *const *fields;   /* as asked for */
    size_t             field_count;
    size_t            *columns;  /* [field]: its place in the file from 1; 0: the file has none */
    records_row       *rows;     /* in file order; rows of nothing but empty cells are left out */
    size_t             count;
    size_t             capacity;
    arena              memory;
} records_sheet;

/* Reads the named fields of an input; `fields` outlives the sheet. False and `errors` filled
 * where it cannot be read, or where one of the first `required` fields is not there. Free with
 * records_sheet_free() in either case. */
bool records_sheet_read(records_sheet *out, const record_source *source,
                        const char *const *fields, size_t required, size_t count,
                        error_list *errors);
void records_sheet_free(records_sheet *sheet);
