/* cell_text.h - the bytes of a cell as text. */
#pragma once

#include "base/arena.h"
#include "base/text.h"

typedef enum { CELL_UTF_8, CELL_WINDOWS_1252, CELL_NO_MEMORY } cell_encoding;

/* Trimmed UTF-8 of a cell's bytes: in place or, where they are not UTF-8 and so are read as
 * Windows-1252, in memory of `converted`. */
cell_encoding cell_as_text(const char *bytes, size_t size, arena *converted, text *out);
