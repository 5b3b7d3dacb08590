/* quotes.c - the quoted cells of a piece of input. */
#include "records/quotes.h"

#include <stdlib.h>

void quoted_spans_free(quoted_spans *spans)
{
    free(spans->items);
    *spans = (quoted_spans){0};
}

static bool add_span(quoted_spans *spans, quoted_span span)
{
    if (spans->count == spans->capacity) {
        size_t capacity = spans->capacity != 0 ? spans->capacity * 2 : 512;
        if (capacity > SIZE_MAX / sizeof *spans->items) {
            return false;
        }
        quoted_span *items = realloc(spans->items, capacity * sizeof *items);
        if (items == NULL) {
            return false;
        }
        spans->items = items;
        spans->capacity = capacity;
    }
    spans->items[spans->count++] = span;
    return true;
}

/* The quote that ends what `open` began, or the size: the first one that is not doubled. */
static size_t find_close(const quoted_bytes *input, size_t open, bool *doubled)
{
    size_t quote = scan_quote(input->blocks, open + 1, input->size);
    while (quote + 1 < input->size && input->bytes[quote + 1] == '"') {
        *doubled = true;
        quote = scan_quote(input->blocks, quote + 2, input->size);
    }
    return quote;
}

static bool ends_cell(const quoted_bytes *input, size_t at)
{
    char byte = input->bytes[at];
    return byte == input->delimiter || byte == '\n' || byte == '\r';
}

typedef enum { SPAN_FOUND, SPAN_NONE, SPAN_OPEN } span_state;

/* The first quoted cell at or behind `from`. SPAN_OPEN: span->open is where it begins, and more
 * bytes are needed to tell where it ends. SPAN_NONE: span->open is the size. */
static span_state next_span(const quoted_bytes *input, size_t from, quoted_span *span)
{
    size_t size = input->size;
    size_t open = scan_quote(input->blocks, from, size);
    while (open < size && open > 0 && !ends_cell(input, open - 1)) {
        open = scan_quote(input->blocks, open + 1, size);
    }
    *span = (quoted_span){.open = (uint32_t)open};
    if (open == size) {
        return SPAN_NONE;
    }
    size_t close = find_close(input, open, &span->doubled);
    if (close + 1 >= size && input->more) {
        return SPAN_OPEN;
    }
    size_t line_end = scan_line_end(input->blocks, open, close);
    if (close == size || (line_end < close && close + 1 < size && !ends_cell(input, close + 1))) {
        span->unclosed = true;
        span->doubled = false;
        close = line_end;
    } else if (line_end < close) {
        span->lines = (uint32_t)scan_count_line_ends(input->blocks, line_end, close);
    }
    span->close = (uint32_t)close;
    return SPAN_FOUND;
}

/* Where bare text goes on after a span. */
static size_t behind(const quoted_span *span)
{
    return span->unclosed ? span->close : (size_t)span->close + 1;
}

/* Where the record ends that has its line end at `line_end`; 0 where that cannot be told: a CR
 * at the very end may be half of CRLF. */
static size_t behind_line_end(const quoted_bytes *input, size_t line_end)
{
    if (input->bytes[line_end] != '\r') {
        return line_end + 1;
    }
    if (line_end + 1 == input->size) {
        return input->more ? 0 : input->size;
    }
    return line_end + (input->bytes[line_end + 1] == '\n' ? 2 : 1);
}

/* What is left where no line end was found. */
static records_end end_without_line_end(const quoted_bytes *input, size_t *end)
{
    *end = input->size;
    return input->more ? RECORDS_END_UNKNOWN : RECORDS_END_FOUND;
}

records_end quotes_first_record_end(const quoted_bytes *input, quoted_spans *spans, size_t *end)
{
    spans->count = 0;
    size_t from = 0;
    for (;;) {
        quoted_span span;
        span_state  state = next_span(input, from, &span);
        size_t      line_end = scan_line_end(input->blocks, from, span.open);
        if (line_end < span.open) {
            *end = behind_line_end(input, line_end);
            return *end != 0 ? RECORDS_END_FOUND : RECORDS_END_UNKNOWN;
        }
        if (state != SPAN_FOUND) {
            return end_without_line_end(input, end);
        }
        if (!add_span(spans, span)) {
            return RECORDS_END_NO_MEMORY;
        }
        from = behind(&span);
    }
}

/* Takes back spans until there is a line end behind the last one. */
static records_end last_line_end(const quoted_bytes *input, quoted_spans *spans, size_t settled,
                                 size_t *end)
{
    for (size_t to = settled;; to = spans->items[--spans->count].open) {
        size_t from = spans->count > 0 ? behind(&spans->items[spans->count - 1]) : 0;
        size_t line_end = scan_last_line_end(input->blocks, from, to);
        if (line_end < to && behind_line_end(input, line_end) == 0) {
            to = line_end;
            line_end = scan_last_line_end(input->blocks, from, to);
        }
        if (line_end < to) {
            *end = behind_line_end(input, line_end);
            return RECORDS_END_FOUND;
        }
        if (spans->count == 0) {
            return end_without_line_end(input, end);
        }
    }
}

records_end quotes_last_record_end(const quoted_bytes *input, quoted_spans *spans, size_t *end)
{
    spans->count = 0;
    quoted_span span;
    span_state  state = next_span(input, 0, &span);
    while (state == SPAN_FOUND) {
        if (!add_span(spans, span)) {
            return RECORDS_END_NO_MEMORY;
        }
        state = next_span(input, behind(&span), &span);
    }
    if (!input->more) {
        *end = input->size;
        return RECORDS_END_FOUND;
    }
    return last_line_end(input, spans, span.open, end);
}
