/* buffer.h - text that grows at its end: what reports are written in. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* Start with {0}; free with buffer_free(). Where memory is out, `failed` is set and every
 * append after it does nothing, so that callers look once, at the end. */
typedef struct {
    char  *bytes;
    size_t size;
    size_t capacity;
    bool   failed;
} buffer;

void buffer_free(buffer *buffer);

/* Makes room for `more` bytes. False where memory is out. */
bool buffer_grow(buffer *buffer, size_t more);

static inline bool buffer_room(buffer *out, size_t more)
{
    return out->capacity - out->size >= more || buffer_grow(out, more);
}

static inline void buffer_byte(buffer *out, char byte)
{
    if (buffer_room(out, 1)) {
        out->bytes[out->size++] = byte;
    }
}

static inline void buffer_bytes(buffer *out, const char *bytes, size_t size)
{
    if (size > 0 && buffer_room(out, size)) {
        memcpy(out->bytes + out->size, bytes, size);
        out->size += size;
    }
}

static inline void buffer_string(buffer *out, const char *string)
{
    buffer_bytes(out, string, strlen(string));
}

static inline void buffer_text(buffer *out, text value)
{
    buffer_bytes(out, value.at, value.size);
}

/* As printf; for what is not written once a record. Whole numbers and strings only: the form
 * of other numbers depends on the locale. */
void buffer_format(buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* 1234 as "1234". */
void buffer_unsigned(buffer *buffer, uint64_t value);
/* -1234 as "-1234". */
void buffer_signed(buffer *buffer, int64_t value);

/* 3125 as "3.125"; always three places. */
void buffer_thousandths(buffer *buffer, uint32_t thousandths);

/* -0.25: two places, half away from 0; with `plus`, +0.25. */
void buffer_hundredths(buffer *buffer, double value, bool plus);

/* A number as short as it reads back the same: "35", "12.5". The same in every locale. */
void buffer_number(buffer *buffer, double value);

/* 1234567 as "1,234,567": for people. */
void buffer_grouped(buffer *buffer, uint64_t value);

/* A NUL behind the text, not counted in size. False where the buffer failed. */
bool buffer_end(buffer *buffer);
