/* cut.c - a chunk into records and cells.
 *
 * Between quoted cells there is one step for each delimiter and line end, found as bits by the
 * scan. Quoted cells were found when the chunk was filled (quotes.h), and are passed over whole.
 *
 *   - A line that is empty or blank is no record. A line of delimiters is one.
 *   - Cells that a record does not have are empty. Cells it has too many may be empty.
 *   - A fault of a record is the first that is found in it. */
#include <string.h>

#include "records/reader.h"

/* Where cutting is. */
typedef struct {
    chunk *chunk;
    struct chunk_private *private;
    char                 delimiter;
    const record_limits *limits;
    /* Cells with no more to be looked at than where they end; 0 where the chunk has NUL bytes or
     * cells that may be too long. */
    size_t plain_columns;
    size_t record;
    size_t record_start;
    size_t record_line; /* lines after the chunk's first */
    size_t line;
    size_t cell_start;
    size_t column;
} cutter;

static void set_fault(cutter *cut, record_fault what)
{
    chunk *piece = cut->chunk;
    if (piece->fault[cut->record] == RECORD_WHOLE) {
        piece->fault[cut->record] = (uint8_t)what;
        piece->fault_cell[cut->record] = (uint32_t)(cut->column + 1);
    }
}

static void begin_record(cutter *cut, size_t at)
{
    cut->record_start = at;
    cut->cell_start = at;
    cut->record_line = cut->line;
    cut->column = 0;
    cut->chunk->fault[cut->record] = RECORD_WHOLE;
    cut->chunk->fault_cell[cut->record] = 0;
}

/* Ends the record before the line end at `at`, or at the chunk's end. */
static bool end_record(cutter *cut, size_t at, bool blank)
{
    chunk *piece = cut->chunk;
    struct chunk_private *private = cut->private;
    size_t next = at;
    if (at < piece->size) {
        /* The padding makes the byte behind the last one readable. */
        next += piece->bytes[at] == '\r' && piece->bytes[at + 1] == '\n' ? 2 : 1;
        cut->line++;
    }
    if (blank && piece->fault[cut->record] == RECORD_WHOLE) {
        begin_record(cut, next);
        return true;
    }
    private->width = cut->column;
    for (size_t i = cut->column; i < private->column_count; i++) {
        private->target[i][cut->record] = (cell){0};
    }
    if (at - cut->record_start > cut->limits->record) {
        piece->fault[cut->record] = RECORD_TOO_LONG;
        piece->fault_cell[cut->record] = 0;
    }
    piece->line[cut->record] = (uint32_t)cut->record_line;
    cut->record++;
    if (cut->record == private->capacity && !chunk_grow(piece)) {
        return false;
    }
    begin_record(cut, next);
    return true;
}

static bool is_blank(const cutter *cut, size_t at, size_t size)
{
    return size == 0 || text_trim((text){cut->chunk->bytes + at, size}).size == 0;
}

/* Takes a cell, whatever it is, that ends before the delimiter or line end at `end`, or at the
 * chunk's end. */
static bool take_cell(cutter *cut, size_t at, size_t size, size_t end, bool quoted)
{
    chunk *piece = cut->chunk;
    struct chunk_private *private = cut->private;
    if (cut->column < private->column_count) {
        private->target[cut->column][cut->record] = (cell){(uint32_t)at, (uint32_t)size};
    } else if (!is_blank(cut, at, size)) {
        set_fault(cut, RECORD_TOO_MANY_CELLS);
    }
    if (size > cut->limits->cell) {
        set_fault(cut, RECORD_CELL_TOO_LONG);
    }
    if (private->seen.nul && memchr(piece->bytes + at, 0, size) != NULL) {
        set_fault(cut, RECORD_NUL_BYTE);
    }
    cut->column++;
    if (end < piece->size && piece->bytes[end] == cut->delimiter) {
        cut->cell_start = end + 1;
        return true;
    }
    return end_record(cut, end, cut->column == 1 && !quoted && is_blank(cut, at, size));
}

/* Takes the cells that end in [from, to), where nothing is quoted. The inner loop is most of the
 * time that reading takes: what it needs is in variables of its own, for those of `cut` would
 * be fetched anew after each cell. */
static bool take_bare(cutter *cut, size_t from, size_t to)
{
    if (from >= to) {
        return true;
    }
    const char       *bytes = cut->chunk->bytes;
    const scan_block *blocks = cut->private->blocks;
    const char        delimiter = cut->delimiter;
    const size_t      plain = cut->plain_columns;
    cell *const      *target = cut->private->target;
    size_t            record = cut->record;
    size_t            start = cut->cell_start;
    size_t            nth = cut->column;
    size_t            last = (to - 1) / 64;
    uint64_t          wanted = scan_bits_from(from);
    for (size_t block = from / 64; block <= last; block++, wanted = ~UINT64_C(0)) {
        if (block == last) {
            wanted &= scan_bits_below(to);
        }
        uint64_t bits = (blocks[block].delimiters | blocks[block].line_ends) & wanted;
        for (; bits != 0; bits &= bits - 1) {
            size_t at = block * 64 + (size_t)__builtin_ctzll(bits);
            if (nth < plain && bytes[at] == delimiter) {
                target[nth][record] = (cell){(uint32_t)start, (uint32_t)(at - start)};
                nth++;
                start = at + 1;
                continue;
            }
            cut->column = nth;
            cut->cell_start = start;
            if (!take_cell(cut, start, at - start, at, false)) {
                return false;
            }
            nth = cut->column;
            start = cut->cell_start;
            record = cut->record;
        }
    }
    cut->column = nth;
    cut->cell_start = start;
    return true;
}

/* Undoes doubled quotes in place. Returns the size that is left. */
static size_t undo_doubled(char *bytes, size_t size)
{
    size_t      kept = 0;
    const char *from = bytes;
    const char *end = bytes + size;
    while (from < end) {
        const char *quote = memchr(from, '"', (size_t)(end - from));
        size_t      run = (size_t)((quote != NULL ? quote + 1 : end) - from);
        memmove(bytes + kept, from, run);
        kept += run;
        from += run + (quote != NULL);
    }
    return kept;
}

/* Takes the quoted cell and what stands bare behind it; *next is where bare text goes on. */
static bool take_quoted(cutter *cut, const quoted_span *span, size_t *next)
{
    chunk *piece = cut->chunk;
    char  *bytes = piece->bytes;
    if (span->unclosed) {
        set_fault(cut, RECORD_UNCLOSED_QUOTE);
        size_t end = span->close;
        *next = end < piece->size ? end + 1 : end;
        return take_cell(cut, span->open, end - span->open, end, true);
    }
    size_t at = (size_t)span->open + 1;
    size_t size = span->close - at;
    size_t behind = (size_t)span->close + 1;
    size_t end = scan_cell_end(cut->private->blocks, behind, piece->size);
    if (span->doubled) {
        size = undo_doubled(bytes + at, size);
    }
    if (end > behind) {
        memmove(bytes + at + size, bytes + behind, end - behind);
        size += end - behind;
    }
    cut->line += span->lines;
    *next = end < piece->size ? end + 1 : end;
    return take_cell(cut, at, size, end, true);
}

static bool take_all(cutter *cut)
{
    const quoted_spans *spans = &cut->private->spans;
    size_t              from = 0;
    for (size_t i = 0; i < spans->count; i++) {
        if (!take_bare(cut, from, spans->items[i].open) ||
            !take_quoted(cut, &spans->items[i], &from)) {
            return false;
        }
    }
    if (!take_bare(cut, from, cut->chunk->size)) {
        return false;
    }
    /* The last record of an input may have no line end. */
    size_t size = cut->chunk->size;
    return cut->record_start == size ||
           take_cell(cut, cut->cell_start, size - cut->cell_start, size, false);
}

bool chunk_cut(chunk *piece)
{
    struct chunk_private *private = piece->private;
    const records *source = private->records;
    cutter         cut = {.chunk = piece,
                          .private = private,
                          .delimiter = source->delimiter,
                          .limits = &source->limits};
    bool           plain = !private->seen.nul && piece->size <= source->limits.cell;
    cut.plain_columns = plain ? private->column_count : 0;
    begin_record(&cut, 0);
    bool fine = take_all(&cut);
    piece->count = cut.record;
    return fine;
}

const char *record_fault_text(record_fault what)
{
    static const char *const texts[] = {
        [RECORD_WHOLE] = "",
        [RECORD_TOO_MANY_CELLS] = "has more cells than the header; put quotes round a cell that "
                                  "has a delimiter in it",
        [RECORD_NUL_BYTE] = "has a NUL byte, which is not text; export the file again",
        [RECORD_UNCLOSED_QUOTE] = "has a cell that begins with a quote and does not end with "
                                  "one; close it or take it away",
        [RECORD_CELL_TOO_LONG] = "has a cell over 1 MiB; shorten it",
        [RECORD_TOO_LONG] = "is over 8 MiB long; shorten it",
    };
    return texts[what];
}
