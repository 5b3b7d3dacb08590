#include "writing/json_text.h"

#include <math.h>

static void json_escape(buffer *out, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    char escaped[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
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

void json_string(buffer *out, text value)
{
    buffer_byte(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.at[i];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F) {
            buffer_bytes(out, value.at + from, i - from);
            json_escape(out, byte);
            from = i + 1;
        }
    }
    if (value.size > from) {
        buffer_bytes(out, value.at + from, value.size - from);
    }
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
