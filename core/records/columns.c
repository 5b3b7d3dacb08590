/* columns.c - the cells of one field into one typed column. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "records/cell_text.h"
#include "records/fast_date.h"
#include "records/fast_digits.h"
#include "records/memo.h"
#include "records/number.h"
#include "records/reader.h"
#include "records/values.h"
#include "records/words.h"

struct column_private {
    const records     *records;
    const answer_list *answers;   /* of the column map, or NULL */
    arena              converted; /* texts read as Windows-1252, until decoded anew */
    bool               absent;    /* the input has no such column */
    size_t             capacity;  /* of status, values and offsets */
    size_t             dates_capacity;
    memo               memo;
};

/* What the decoders of one batch share. */
typedef struct {
    column *column;
    struct column_private *private;
    const chunk    *chunk;
    const cell     *cells;
    const uint32_t *rows;
    size_t          count;
} batch;

static size_t value_size(value_type type)
{
    switch (type) {
    case VALUE_NUMBER:
        return sizeof(double);
    case VALUE_DATE:
    case VALUE_DATES:
        return sizeof(int32_t);
    case VALUE_TEXT:
        return sizeof(text);
    case VALUE_LEVEL:
    case VALUE_FLAG:
    case VALUE_CHOICE:
    case VALUE_MATCH:
        break;
    }
    return sizeof(uint8_t);
}

bool column_init(column *out, const records *opened, size_t slot, value_type type,
                 const spelling_table *spellings)
{
    *out = (column){.type = type, .slot = slot, .spellings = spellings};
    out->private = calloc(1, sizeof *out->private);
    if (out->private == NULL) {
        return false;
    }
    size_t nth = opened->selected[slot];
    out->private->records = opened;
    out->private->absent = nth >= opened->column_count;
    out->private->answers = out->private->absent ? NULL : opened->columns[nth].answers;
    memo_clear(&out->private->memo);
    return true;
}

void column_free(column *into)
{
    if (into->private != NULL) {
        arena_free(&into->private->converted);
    }
    free(into->private);
    free(into->status);
    free(into->values);
    free(into->offsets);
    *into = (column){0};
}

static bool resize(void *array, size_t count, size_t size)
{
    void **place = array;
    void  *bytes = count <= SIZE_MAX / size ? realloc(*place, count * size) : NULL;
    if (bytes == NULL) {
        return false;
    }
    *place = bytes;
    return true;
}

static bool make_date_room(column *into, size_t count)
{
    if (count <= into->private->dates_capacity) {
        return true;
    }
    if (!resize(&into->dates, count, sizeof *into->dates)) {
        return false;
    }
    into->private->dates_capacity = count;
    return true;
}

/* Room for `count` values; those there were are gone. */
static bool make_room(column *into, size_t count)
{
    struct column_private *private = into->private;
    if (count <= private->capacity && into->status != NULL) {
        return true;
    }
    size_t capacity = count > 512 ? count : 512;
    if (!resize(&into->status, capacity, sizeof *into->status)) {
        return false;
    }
    if (into->type == VALUE_DATES) {
        /* The dates have room of their own; a first one now, for plugins are given no NULL. */
        if (!resize(&into->offsets, capacity + 1, sizeof *into->offsets) ||
            !make_date_room(into, capacity)) {
            return false;
        }
    } else if (!resize(&into->values, capacity, value_size(into->type))) {
        return false;
    }
    private->capacity = capacity;
    return true;
}

/* The text of a cell as it is to be read: trimmed, UTF-8, and the column map applied. */
static bool text_of_cell(const batch *work, size_t i, text *out)
{
    struct column_private *private = work->private;
    cell        where = work->cells[work->rows[i]];
    const char *bytes = work->chunk->bytes + where.at;
    if (!work->chunk->private->seen.beyond_ascii) {
        *out = text_trim((text){bytes, where.size});
    } else {
        switch (cell_as_text(bytes, where.size, &private->converted, out)) {
        case CELL_UTF_8:
            break;
        case CELL_WINDOWS_1252:
            records_note_windows_1252(private->records, chunk_line(work->chunk, work->rows[i]));
            break;
        case CELL_NO_MEMORY:
            return false;
        }
    }
    if (private->answers != NULL) {
        *out = answer_translate(private->answers, *out);
    }
    return true;
}

static bool read_word(const batch *work, size_t i, uint8_t *value, uint8_t *status)
{
    text written;
    if (!text_of_cell(work, i, &written)) {
        return false;
    }
    *status = (uint8_t)value_of_word(work->column->type, written, work->column->spellings, value);
    return true;
}

/* Levels, flags, choices, matches. */
static bool decode_words(const batch *work)
{
    memo       *known = &work->private->memo;
    const char *bytes = work->chunk->bytes;
    uint8_t    *values = work->column->bytes;
    uint8_t    *status = work->column->status;
    for (size_t i = 0; i < work->count; i++) {
        cell where = work->cells[work->rows[i]];
        if (where.size > MEMO_SIZE_MAX) {
            if (!read_word(work, i, &values[i], &status[i])) {
                return false;
            }
            continue;
        }
        memo_key    key = memo_key_of(bytes + where.at, where.size);
        memo_entry *entry = memo_place(known, &key);
        if (!memo_is(entry, &key)) {
            if (!read_word(work, i, &entry->value, &entry->status)) {
                memo_clear(known);
                return false;
            }
            entry->key = key;
        }
        values[i] = entry->value;
        status[i] = entry->status;
    }
    return true;
}

/* The words that stand for a value that is not there recur in a column of dates or numbers too:
 * those are remembered, and values are not. Where the cell is one that is known: its status. */
static memo_entry *absent_word(const batch *work, cell where, memo_key *key, uint8_t *status)
{
    if (where.size > MEMO_SIZE_MAX) {
        return NULL;
    }
    *key = memo_key_of(work->chunk->bytes + where.at, where.size);
    memo_entry *entry = memo_place(&work->private->memo, key);
    if (memo_is(entry, key)) {
        *status = entry->status;
    }
    return entry;
}

/* Reads a cell of a date or a number that is not in its usual form. */
static bool read_unusual(const batch *work, size_t i, void *value)
{
    uint8_t    *status = &work->column->status[i];
    memo_key    key;
    *status = COLUMN_INVALID;
    memo_entry *entry = absent_word(work, work->cells[work->rows[i]], &key, status);
    if (*status != COLUMN_INVALID) {
        return true;
    }
    text written;
    if (!text_of_cell(work, i, &written)) {
        return false;
    }
    *status = (uint8_t)(work->column->type == VALUE_DATE ? value_of_date(written, value)
                                                         : value_of_number(written, value));
    if (entry != NULL && (*status == COLUMN_MISSING || *status == COLUMN_NOT_APPLICABLE)) {
        *entry = (memo_entry){.key = key, .status = *status};
    }
    return true;
}

static bool decode_numbers(const batch *work)
{
    const char *bytes = work->chunk->bytes;
    double     *values = work->column->numbers;
    uint8_t    *status = work->column->status;
    bool        plain = work->private->answers == NULL;
    for (size_t i = 0; i < work->count; i++) {
        cell where = work->cells[work->rows[i]];
        if (plain && where.size == 0) {
            values[i] = 0;
            status[i] = COLUMN_MISSING;
            continue;
        }
        if (plain && (digits_read(bytes + where.at, where.size, &values[i]) ||
                      number_read((text){bytes + where.at, where.size}, &values[i]))) {
            status[i] = COLUMN_VALUE;
            continue;
        }
        values[i] = 0;
        if (!read_unusual(work, i, &values[i])) {
            return false;
        }
    }
    return true;
}

static bool decode_dates(const batch *work)
{
    const char *bytes = work->chunk->bytes;
    int32_t    *values = work->column->dates;
    uint8_t    *status = work->column->status;
    bool        plain = work->private->answers == NULL;
    for (size_t i = 0; i < work->count; i++) {
        cell where = work->cells[work->rows[i]];
        if (plain && where.size == FAST_DATE_SIZE && fast_date_read(bytes + where.at, &values[i])) {
            status[i] = COLUMN_VALUE;
            continue;
        }
        if (plain && where.size == 0) {
            values[i] = 0;
            status[i] = COLUMN_MISSING;
            continue;
        }
        values[i] = 0;
        if (!read_unusual(work, i, &values[i])) {
            return false;
        }
    }
    return true;
}

static int compare_dates(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Most lists are short, and in order as they stand. */
static void sort_dates(int32_t *dates, size_t count)
{
    if (count > 32) {
        qsort(dates, count, sizeof *dates, compare_dates);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        int32_t date = dates[i];
        size_t  at = i;
        for (; at > 0 && dates[at - 1] > date; at--) {
            dates[at] = dates[at - 1];
        }
        dates[at] = date;
    }
}

static bool add_date(column *into, size_t count, int32_t day)
{
    if (count == into->private->dates_capacity && !make_date_room(into, count * 2)) {
        return false;
    }
    into->dates[count] = day;
    return true;
}

/* Reads the parts of a list behind the `*total` dates there are; leaves them out again where one
 * is no date. */
static bool read_list(column *into, text list, size_t *total, uint8_t *status)
{
    size_t start = *total;
    size_t count = start;
    text   part;
    while (value_next_part(&list, &part)) {
        int32_t day;
        bool    usual = part.size == FAST_DATE_SIZE && fast_date_read(part.at, &day);
        if (!usual && !date_read(part.at, part.size, &day)) {
            *status = COLUMN_INVALID;
            return true;
        }
        if (!add_date(into, count, day)) {
            return false;
        }
        count++;
    }
    if (count > start) {
        sort_dates(into->dates + start, count - start);
    }
    *status = count > start ? COLUMN_VALUE : COLUMN_MISSING;
    *total = count;
    return true;
}

static bool decode_date_lists(const batch *work)
{
    column *into = work->column;
    size_t  total = 0;
    for (size_t i = 0; i < work->count; i++) {
        into->offsets[i] = (uint32_t)total;
        text value;
        if (!text_of_cell(work, i, &value)) {
            return false;
        }
        into->status[i] = (uint8_t)word_status(value);
        if (into->status[i] == COLUMN_VALUE && !read_list(into, value, &total, &into->status[i])) {
            return false;
        }
    }
    into->offsets[work->count] = (uint32_t)total;
    return true;
}

/* 1: neither white space nor a control character. */
static unsigned is_visible(char byte)
{
    return (unsigned char)(byte - '!') <= '~' - '!' ? 1 : 0;
}

/* Of ASCII. The bytes behind a chunk make the first of an empty cell readable. */
static bool is_trimmed(text written)
{
    size_t   last = written.size - (written.size > 0);
    unsigned visible = is_visible(written.at[0]) & is_visible(written.at[last]);
    return (visible | (written.size == 0 ? 1u : 0u)) != 0;
}

/* Cells of ASCII that no column map answers: nothing to convert, and seldom anything to trim. */
static void decode_plain_texts(const batch *work)
{
    const char *bytes = work->chunk->bytes;
    text       *texts = work->column->texts;
    bool        trimmed = true;
    for (size_t i = 0; i < work->count; i++) {
        cell where = work->cells[work->rows[i]];
        texts[i] = (text){bytes + where.at, where.size};
        trimmed &= is_trimmed(texts[i]);
    }
    for (size_t i = 0; !trimmed && i < work->count; i++) {
        if (!is_trimmed(texts[i])) {
            texts[i] = text_trim(texts[i]);
        }
    }
}

static bool decode_texts(const batch *work)
{
    bool plain = !work->chunk->private->seen.beyond_ascii && work->private->answers == NULL;
    if (plain) {
        decode_plain_texts(work);
    }
    for (size_t i = 0; !plain && i < work->count; i++) {
        if (!text_of_cell(work, i, &work->column->texts[i])) {
            return false;
        }
    }
    memset(work->column->status, COLUMN_VALUE, work->count);
    return true;
}

/* A column that the input does not have is empty throughout. */
static bool decode_absent(const batch *work)
{
    column *into = work->column;
    size_t  count = work->count;
    text    empty = {"", 0};
    if (into->type == VALUE_TEXT) {
        for (size_t i = 0; i < count; i++) {
            into->texts[i] = empty;
        }
        memset(into->status, COLUMN_VALUE, count);
        return true;
    }
    if (into->type == VALUE_MATCH) {
        uint8_t match = 0;
        memset(into->status, value_read(VALUE_MATCH, empty, into->spellings, &match), count);
        memset(into->bytes, match, count);
        return true;
    }
    memset(into->status, COLUMN_MISSING, count);
    if (into->type == VALUE_DATES) {
        memset(into->offsets, 0, (count + 1) * sizeof *into->offsets);
    } else {
        memset(into->values, 0, count * value_size(into->type));
    }
    return true;
}

static bool decode(const batch *work)
{
    if (work->private->absent) {
        return decode_absent(work);
    }
    switch (work->column->type) {
    case VALUE_NUMBER:
        return decode_numbers(work);
    case VALUE_DATE:
        return decode_dates(work);
    case VALUE_DATES:
        return decode_date_lists(work);
    case VALUE_TEXT:
        return decode_texts(work);
    case VALUE_LEVEL:
    case VALUE_FLAG:
    case VALUE_CHOICE:
    case VALUE_MATCH:
        break;
    }
    return decode_words(work);
}

bool column_decode(column *into, const chunk *piece, const uint32_t *rows, size_t count)
{
    arena_free(&into->private->converted);
    into->invalid = 0;
    if (!make_room(into, count)) {
        return false;
    }
    batch work = {.column = into,
                  .private = into->private,
                  .chunk = piece,
                  .cells = piece->cells[into->slot],
                  .rows = rows,
                  .count = count};
    if (!decode(&work)) {
        return false;
    }
    /* Mostly there is none, and memchr() says so fastest. */
    for (const uint8_t *at = into->status, *end = at + count;
         at < end && (at = memchr(at, COLUMN_INVALID, (size_t)(end - at))) != NULL; at++) {
        into->invalid++;
    }
    return true;
}
