#include "writing/terminal_text.h"

static bool is_start(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t terminal_length(text value)
{
    size_t length = 0;
    for (size_t i = 0; i < value.size; i++) {
        length += is_start(value.at[i]) ? 1 : 0;
    }
    return length;
}

void terminal_plain(buffer *out, text value)
{
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.at[i];
        unsigned char next = i + 1 < value.size ? (unsigned char)value.at[i + 1] : 0;
        if (byte < 0x20 || byte == 0x7F) {
            buffer_byte(out, ' ');
        } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) { /* C1 controls in UTF-8 */
            buffer_byte(out, ' ');
            i++;
        } else {
            buffer_byte(out, (char)byte);
        }
    }
}

void terminal_repeat(buffer *out, char byte, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_byte(out, byte);
    }
}

/* The first `most` characters. */
static text text_start(text value, size_t most)
{
    size_t seen = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (is_start(value.at[i]) && seen++ == most) {
            return (text){value.at, i};
        }
    }
    return value;
}

void terminal_padded(buffer *out, text value, size_t width)
{
    enum { DOTS = 3 };
    size_t length = terminal_length(value);
    if (length > width && width > DOTS) {
        terminal_plain(out, text_start(value, width - DOTS));
        terminal_repeat(out, '.', DOTS);
        return;
    }
    terminal_plain(out, value);
    terminal_repeat(out, ' ', length < width ? width - length : 0);
}

void terminal_count(buffer *out, uint64_t value, size_t width)
{
    size_t digits = 1;
    for (uint64_t rest = value; rest >= 10; rest /= 10) {
        digits++;
    }
    terminal_repeat(out, ' ', digits < width ? width - digits : 0);
    buffer_unsigned(out, value);
}

void terminal_wrapped(buffer *out, text value, size_t at, size_t indent)
{
    size_t from = 0;
    bool   first = true;
    while (from < value.size) {
        size_t end = from;
        while (end < value.size && value.at[end] != ' ' && value.at[end] != '\n') {
            end++;
        }
        text   word = {value.at + from, end - from};
        size_t length = terminal_length(word);
        if (!first && at + 1 + length > TERMINAL_WIDTH) {
            buffer_byte(out, '\n');
            terminal_repeat(out, ' ', indent);
            at = indent;
        } else if (!first) {
            buffer_byte(out, ' ');
            at++;
        }
        terminal_plain(out, word);
        at += length;
        first = false;
        while (end < value.size && (value.at[end] == ' ' || value.at[end] == '\n')) {
            end++;
        }
        from = end;
    }
    buffer_byte(out, '\n');
}
