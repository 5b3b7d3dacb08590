/* cell_text.c - the bytes of a cell as text. */
#include "records/cell_text.h"

#include <stdint.h>
#include <string.h>

#include "records/reader.h"

cell_encoding cell_as_text(const char *bytes, size_t size, arena *converted, text *out)
{
    if (text_is_utf8(bytes, size)) {
        *out = text_trim((text){bytes, size});
        return CELL_UTF_8;
    }
    /* A byte of Windows-1252 takes up to three of UTF-8. */
    char *utf_8 = arena_array(converted, size, 3);
    if (utf_8 == NULL) {
        return CELL_NO_MEMORY;
    }
    *out = text_trim((text){utf_8, text_from_windows_1252(bytes, size, utf_8)});
    return CELL_WINDOWS_1252;
}

enum { SHOWN_CHARACTERS = 60 };
static const char ellipsis[] = "\xE2\x80\xA6";

/* The bytes of the first `characters` characters, or all. */
static size_t first_characters(text value, size_t characters)
{
    size_t at = 0;
    for (; at < value.size; at++) {
        bool begins = ((unsigned char)value.at[at] & 0xC0) != 0x80;
        if (begins && characters-- == 0) {
            break;
        }
    }
    return at;
}

const char *chunk_cell_text(const chunk *piece, size_t slot, size_t record, arena *memory)
{
    cell  where = piece->cells[slot][record];
    arena converted = {0};
    text  value;
    char *shown = NULL;
    if (cell_as_text(piece->bytes + where.at, where.size, &converted, &value) != CELL_NO_MEMORY) {
        if (first_characters(value, SHOWN_CHARACTERS) == value.size) {
            shown = arena_text(memory, value.at, value.size);
        } else {
            size_t size = first_characters(value, SHOWN_CHARACTERS - 1);
            shown = arena_array(memory, size + sizeof ellipsis, 1);
            if (shown != NULL) {
                memcpy(shown, value.at, size);
                memcpy(shown + size, ellipsis, sizeof ellipsis);
            }
        }
    }
    arena_free(&converted);
    return shown != NULL ? shown : "";
}
