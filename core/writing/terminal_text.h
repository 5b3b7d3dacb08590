/* terminal_text.h - text for a terminal: plain, padded, wrapped. */
#pragma once

#include "writing/buffer.h"

enum { TERMINAL_WIDTH = 78 };

/* The text with control characters shown as spaces: what stands in a file must not steer the
 * terminal it is shown on. */
void terminal_plain(buffer *out, text value);

/* As terminal_plain(), filled with spaces to `width` characters on the right, or cut there with
 * "..." at its end. */
void terminal_padded(buffer *out, text value, size_t width);

/* A whole number, filled with spaces to `width` on the left. */
void terminal_count(buffer *out, uint64_t value, size_t width);

/* How many characters (code points) the text has. */
size_t terminal_length(text value);

/* The text in lines of at most TERMINAL_WIDTH characters, broken at spaces, each line but the first
 * indented by `indent`; the first starts at character `at` of its line. Ends the line. */
void terminal_wrapped(buffer *out, text value, size_t at, size_t indent);

/* `count` times `byte`. */
void terminal_repeat(buffer *out, char byte, size_t count);
