#include "writing/buffer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUFFER_FIRST = 4096 };

void buffer_free(buffer *out)
{
    free(out->bytes);
    *out = (buffer){0};
}

bool buffer_grow(buffer *out, size_t more)
{
    if (out->failed) {
        return false;
    }
    if (more > SIZE_MAX / 2 - out->size) {
        out->failed = true;
        return false;
    }
    size_t capacity = out->capacity > 0 ? out->capacity : BUFFER_FIRST;
    while (capacity < out->size + more) {
        capacity *= 2;
    }
    char *bytes = realloc(out->bytes, capacity);
    if (bytes == NULL) {
        /* Room for nothing: the quick test in buffer_room() then fails for good. */
        out->capacity = out->size;
        out->failed = true;
        return false;
    }
    out->bytes = bytes;
    out->capacity = capacity;
    return true;
}

void buffer_format(buffer *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        out->failed = true;
    } else if (buffer_room(out, (size_t)length + 1)) {
        vsnprintf(out->bytes + out->size, (size_t)length + 1, format, again);
        out->size += (size_t)length;
    }
    va_end(again);
}

static const char two_digits[] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

void buffer_unsigned(buffer *out, uint64_t value)
{
    char   digits[20]; /* UINT64_MAX has 20 */
    size_t at = sizeof digits;
    while (value >= 100) {
        at -= 2;
        memcpy(digits + at, two_digits + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        at -= 2;
        memcpy(digits + at, two_digits + 2 * value, 2);
    } else {
        digits[--at] = (char)('0' + value);
    }
    buffer_bytes(out, digits + at, sizeof digits - at);
}

void buffer_signed(buffer *out, int64_t value)
{
    if (value < 0)
        buffer_byte(out, '-');
    buffer_unsigned(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void buffer_thousandths(buffer *out, uint32_t thousandths)
{
    buffer_unsigned(out, thousandths / 1000);
    uint32_t places = thousandths % 1000;
    char     rest[4] = {'.', (char)('0' + places / 100), 0, 0};
    memcpy(rest + 2, two_digits + 2 * (size_t)(places % 100), 2);
    buffer_bytes(out, rest, sizeof rest);
}

void buffer_hundredths(buffer *out, double value, bool plus)
{
    const long whole = lround(value * 100), size = whole < 0 ? -whole : whole;

    buffer_format(out, "%s%ld.%02ld", whole < 0 ? "-" : plus ? "+" : "", size / 100, size % 100);
}

void buffer_number(buffer *out, double value)
{
    enum { WHOLE = 1000000000 };
    if (value >= 0 && value < WHOLE && value == (double)(uint64_t)value) {
        buffer_unsigned(out, (uint64_t)value);
        return;
    }
    char digits[32];
    int  length = snprintf(digits, sizeof digits, "%.15g", value);
    if (strtod(digits, NULL) != value) {
        length = snprintf(digits, sizeof digits, "%.17g", value);
    }
    for (int i = 0; i < length; i++) {
        if (digits[i] == ',') {
            digits[i] = '.';
        }
    }
    buffer_bytes(out, digits, length > 0 ? (size_t)length : 0);
}

void buffer_grouped(buffer *out, uint64_t value)
{
    if (value < 1000) {
        buffer_unsigned(out, value);
        return;
    }
    buffer_grouped(out, value / 1000);
    char rest[4] = {',', (char)('0' + value / 100 % 10), 0, 0};
    memcpy(rest + 2, two_digits + 2 * (size_t)(value % 100), 2);
    buffer_bytes(out, rest, sizeof rest);
}

bool buffer_end(buffer *out)
{
    if (buffer_room(out, 1)) {
        out->bytes[out->size] = '\0';
    }
    return !out->failed;
}
