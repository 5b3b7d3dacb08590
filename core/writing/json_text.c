#include "writing/json_text.h"

#include <math.h>

static void json_escape(buffer *out, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    char              escaped[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    switch (byte) {
    case '"':
    case '\\':
        buffer_byte(out, '\\');
        buffer_byte(out, (char)byte);
        return;
    case '\n':
        buffer_bytes(out, "\\n", 2);
        return;
    case '\r':
        buffer_bytes(out, "\\r", 2);
        return;
    case '\t':
        buffer_bytes(out, "\\t", 2);
        return;
    default:
        buffer_bytes(out, escaped, sizeof escaped);
    }
}

/* True where none of eight bytes is to be escaped: each test finds a byte of its kind, if there is one (Sean
 * Anderson, Bit Twiddling Hacks, "Determine if a word has a byte less than n"). */
static bool eight_are_plain(const char *bytes)
{
    const uint64_t ones = UINT64_MAX / 255, highs = ones * 0x80;
    uint64_t       eight;

    memcpy(&eight, bytes, sizeof eight);
    const uint64_t quote = eight ^ ones * '"', slash = eight ^ ones * '\\',
                   deleted = eight ^ ones * 0x7F;
    return ((((eight - ones * 0x20) & ~eight) | ((quote - ones) & ~quote) |
             ((slash - ones) & ~slash) | ((deleted - ones) & ~deleted)) &
            highs) == 0;
}

void json_string(buffer *out, text value)
{
    size_t from = 0, at = 0;

    buffer_byte(out, '"');
    while (at < value.size) {
        if (value.size - at >= 8 && eight_are_plain(value.at + at)) {
            at += 8;
            continue;
        }
        const unsigned char byte = (unsigned char)value.at[at++];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F) {
            buffer_bytes(out, value.at + from, at - 1 - from);
            json_escape(out, byte);
            from = at;
        }
    }
    if (value.size > from)
        buffer_bytes(out, value.at + from, value.size - from);
    buffer_byte(out, '"');
}

void json_name(buffer *out, const char *name, bool first)
{
    if (!first) {
        buffer_byte(out, ',');
    }
    buffer_byte(out, '"');
    buffer_string(out, name);
    buffer_bytes(out, "\":", 2);
}

void json_text_member(buffer *out, const char *name, text value)
{
    json_name(out, name, false);
    json_string(out, value);
}

void json_string_member(buffer *out, const char *name, const char *value)
{
    json_text_member(out, name, text_of(value));
}

void json_count_member(buffer *out, const char *name, uint64_t value)
{
    json_name(out, name, false);
    buffer_unsigned(out, value);
}

void json_number(buffer *out, double value)
{
    if (isfinite(value)) {
        buffer_number(out, value);
    } else {
        buffer_string(out, "null");
    }
}
