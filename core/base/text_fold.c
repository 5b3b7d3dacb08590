/* text_fold.c - one form for all the letter cases and spacings of a text. */
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
    SHORT_TEXT = 256,
    /* Case folding and composition make a text at most three times as long: U+0390, two
     * bytes, folds to three characters of two bytes each. */
    FOLD_GROWTH = 3
};

typedef size_t fold_function(text value, char *out, size_t size);

static unsigned char lower(unsigned char byte)
{
    return (unsigned char)(byte - 'A') < 26 ? (unsigned char)(byte | 0x20) : byte;
}

static bool separates(unsigned char byte)
{
    return byte == ' ' || byte == '-' || byte == '_' || (byte >= '\t' && byte <= '\r');
}

/* U+00A0 and the other spaces, U+2010 to U+2015 (hyphens and dashes) and U+2212 (minus): what
 * word processors put in the place of a space or a hyphen. */
static bool separates_wide(utf8proc_int32_t code)
{
    return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200B) ||
           (code >= 0x2010 && code <= 0x2015) || code == 0x2028 || code == 0x2029 ||
           code == 0x202F || code == 0x205F || code == 0x2212 || code == 0x3000 || code == 0xFEFF;
}

/* Case folding and NFC of any UTF-8. */
static size_t fold_wide(text value, char *out, size_t size)
{
    if (!text_is_utf8(value.at, value.size) || value.size > (size_t)PTRDIFF_MAX)
        return SIZE_MAX;
    utf8proc_uint8_t      *folded = NULL;
    const utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)value.at, (utf8proc_ssize_t)value.size, &folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    const bool fits = length >= 0 && (size_t)length <= size;
    if (fits)
        memcpy(out, folded, (size_t)length);
    free(folded);
    return fits ? (size_t)length : SIZE_MAX;
}

size_t text_fold(text value, char *out, size_t size)
{
    value = text_trim(value);
    for (size_t i = 0; i < value.size; i++) {
        const unsigned char byte = (unsigned char)value.at[i];
        if (byte >= 0x80)
            return fold_wide(value, out, size);
        if (i >= size)
            return SIZE_MAX;
        out[i] = (char)lower(byte);
    }
    return value.size;
}

/* Makes runs of separators in folded UTF-8 one underscore, in place. */
static size_t join_words_wide(char *folded, size_t size)
{
    size_t length = 0;
    bool   in_run = false;
    for (size_t i = 0; i < size;) {
        utf8proc_int32_t       code = 0;
        const utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)folded + i,
                                                       (utf8proc_ssize_t)(size - i), &code);
        if (step <= 0)
            return SIZE_MAX;
        const bool separator = code < 0x80 ? separates((unsigned char)code) : separates_wide(code);
        if (separator) {
            if (!in_run)
                folded[length++] = '_';
        } else {
            memmove(folded + length, folded + i, (size_t)step);
            length += (size_t)step;
        }
        in_run = separator;
        i += (size_t)step;
    }
    return length;
}

/* Folds into a buffer of its own: before runs are joined a name may be longer than `size`. */
static size_t fold_name_wide(text value, char *out, size_t size)
{
    if (value.size > SIZE_MAX / FOLD_GROWTH)
        return SIZE_MAX;
    const size_t room = value.size * FOLD_GROWTH;
    char        *folded = malloc(room);
    if (folded == NULL)
        return SIZE_MAX;
    size_t length = fold_wide(value, folded, room);
    if (length != SIZE_MAX)
        length = join_words_wide(folded, length);
    if (length != SIZE_MAX && length <= size)
        memcpy(out, folded, length);
    else
        length = SIZE_MAX;
    free(folded);
    return length;
}

size_t text_fold_name(text value, char *out, size_t size)
{
    value = text_trim(value);
    size_t length = 0;
    bool   in_run = false;
    for (size_t i = 0; i < value.size; i++) {
        const unsigned char byte = (unsigned char)value.at[i];
        if (byte >= 0x80)
            return fold_name_wide(value, out, size);
        const bool separator = separates(byte);
        if (separator && in_run)
            continue;
        if (length >= size) /* a later byte may not be ASCII, and the text still not fit */
            return SIZE_MAX;
        out[length++] = separator ? '_' : (char)lower(byte);
        in_run = separator;
    }
    return length;
}

/* The folded form in `buffer`, or in memory that the caller frees where it is too long for
 * that. NULL where there is none. */
static char *fold_anywhere(fold_function *fold, text value, char buffer[SHORT_TEXT], size_t *size)
{
    *size = fold(value, buffer, SHORT_TEXT);
    if (*size != SIZE_MAX)
        return buffer;
    if (value.size > SIZE_MAX / FOLD_GROWTH || value.size * FOLD_GROWTH <= SHORT_TEXT)
        return NULL;
    const size_t room = value.size * FOLD_GROWTH;
    char        *memory = malloc(room);
    if (memory == NULL)
        return NULL;
    *size = fold(value, memory, room);
    if (*size != SIZE_MAX)
        return memory;
    free(memory);
    return NULL;
}

static bool same_folded(fold_function *fold, text a, text b)
{
    char   buffer_a[SHORT_TEXT];
    char   buffer_b[SHORT_TEXT];
    size_t size_a = 0;
    size_t size_b = 0;
    char  *folded_a = fold_anywhere(fold, a, buffer_a, &size_a);
    char  *folded_b = fold_anywhere(fold, b, buffer_b, &size_b);

    const bool same = folded_a != NULL && folded_b != NULL && size_a == size_b &&
                      memcmp(folded_a, folded_b, size_a) == 0;
    if (folded_a != buffer_a)
        free(folded_a);
    if (folded_b != buffer_b)
        free(folded_b);
    return same;
}

bool text_same_name(text a, text b)
{
    return same_folded(text_fold_name, a, b);
}

bool text_same(text a, text b)
{
    return same_folded(text_fold, a, b);
}
