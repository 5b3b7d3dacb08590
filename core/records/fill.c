/* fill.c - the next whole records of an input, into a chunk. */
#include <errno.h>
#include <string.h>

#include "records/reader.h"

enum {
    FIRST_SIZE = 4 << 10, /* where one record is wanted */
    LINES_MAX = 16 << 10, /* of a chunk: cells take eight bytes each, however short records are */
    BEHIND_RECORD = 2     /* a record of the greatest size is seen whole with its CRLF */
};

/* What is under way while a chunk is filled. */
typedef struct {
    records *records;
    chunk   *chunk;
    size_t   size;  /* bytes taken */
    bool     ended; /* the input has no more */
    bool     full;  /* no more bytes may be taken for one record */
} filling;

static input_result take_bytes(filling *fill, size_t limit)
{
    chunk *piece = fill->chunk;
    input *from = &fill->records->input;
    if (!chunk_make_room(piece, limit)) {
        return INPUT_NO_MEMORY;
    }
    size_t       taken;
    input_result result = input_take(from, piece->bytes + fill->size, limit - fill->size, &taken);
    if (result != INPUT_READ) {
        return result;
    }
    fill->size += taken;
    fill->ended = fill->size < limit;
    fill->full = limit == fill->records->limits.record + BEHIND_RECORD;
    if (fill->full && !fill->ended && piece->bytes[fill->size - 1] == '\r') {
        /* The rest of the line is passed over from here: CRLF must not be torn. */
        fill->size--;
        return input_give_back(from, piece->bytes + fill->size, 1) ? INPUT_READ : INPUT_NO_MEMORY;
    }
    return INPUT_READ;
}

/* Finds whole records among the bytes taken. */
static records_end find_end(filling *fill, bool one_record, size_t *end)
{
    struct chunk_private *private = fill->chunk->private;
    records *opened = fill->records;
    private->seen =
        opened->scan(fill->chunk->bytes, fill->size, opened->delimiter, private->blocks);
    quoted_bytes from = {.bytes = fill->chunk->bytes,
                         .size = fill->size,
                         .blocks = private->blocks,
                         .delimiter = opened->delimiter,
                         .more = !fill->ended && !fill->full};
    if (one_record) {
        return quotes_first_record_end(&from, &private->spans, end);
    }
    if (private->seen.line_ends > LINES_MAX) {
        quoted_bytes fewer = from;
        fewer.size = scan_nth_line_end(private->blocks, LINES_MAX, from.size);
        fewer.more = true;
        records_end result = quotes_last_record_end(&fewer, &private->spans, end);
        if (result != RECORDS_END_UNKNOWN) {
            return result;
        }
    }
    return quotes_last_record_end(&from, &private->spans, end);
}

/* Makes the first `end` bytes the chunk, and gives back the others. */
static input_result settle(filling *fill, size_t end)
{
    chunk *piece = fill->chunk;
    struct chunk_private *private = piece->private;
    records *opened = fill->records;
    size_t   line_ends =
        private->seen.line_ends - scan_count_line_ends(private->blocks, end, fill->size);
    if (!input_give_back(&opened->input, piece->bytes + end, fill->size - end)) {
        return INPUT_NO_MEMORY;
    }
    piece->size = end;
    piece->count = 0;
    piece->first_line = opened->line;
    piece->sequence = opened->sequence;
    if (fill->full && !fill->ended && end == fill->size && piece->bytes[end - 1] != '\n') {
        /* The chunk is the start of a record over the limit. */
        size_t       skipped;
        input_result result = input_skip_line(&opened->input, &skipped);
        if (result != INPUT_READ) {
            return result;
        }
        line_ends += skipped;
    }
    if (end<private->room &&private->room> opened->limits.chunk && !chunk_make_room(piece, end)) {
        return INPUT_NO_MEMORY;
    }
    memset(piece->bytes + end, 0, CHUNK_PADDING);
    opened->line += line_ends;
    opened->sequence++;
    return INPUT_READ;
}

input_result chunk_fill(records *opened, chunk *piece, bool one_record)
{
    filling fill = {.records = opened, .chunk = piece};
    size_t  greatest = opened->limits.record + BEHIND_RECORD;
    size_t  limit = opened->limits.chunk;
    if (one_record && limit > FIRST_SIZE) {
        limit = FIRST_SIZE;
    }
    for (;;) {
        input_result result = take_bytes(&fill, limit);
        if (result != INPUT_READ) {
            return result;
        }
        if (fill.size == 0) {
            piece->size = 0;
            piece->count = 0;
            return INPUT_READ;
        }
        size_t end;
        switch (find_end(&fill, one_record, &end)) {
        case RECORDS_END_FOUND:
            return settle(&fill, end);
        case RECORDS_END_NO_MEMORY:
            return INPUT_NO_MEMORY;
        case RECORDS_END_UNKNOWN:
            break;
        }
        /* The first record does not fit: more room, and a chunk to itself. */
        one_record = true;
        limit = limit > greatest / 2 ? greatest : limit * 2;
    }
}

records_state records_next(records *opened, chunk *piece, error_list *errors)
{
    piece->size = 0;
    piece->count = 0;
    pthread_mutex_lock(&opened->mutex);
    if (opened->failure == INPUT_READ) {
        opened->failure = chunk_fill(opened, piece, false);
        opened->failure_number = errno;
    }
    input_result result = opened->failure;
    int          number = opened->failure_number;
    pthread_mutex_unlock(&opened->mutex);

    if (result != INPUT_READ) {
        records_add_failure(opened, result, number, errors);
        return RECORDS_FAILED;
    }
    return piece->size > 0 ? RECORDS_MORE : RECORDS_END;
}
