/* text.c - pieces of UTF-8: trimming, checking, and what Windows-1252 means. */
#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum { ID_MAX = 40 }; /* grading.md 7 */

text text_of(const char *string)
{
    return (text){.at = string, .size = strlen(string)};
}

static bool is_ascii_space(unsigned char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* True where the two bytes are U+0085 (next line) or U+00A0 (no-break space). */
static bool is_space_of_two(const unsigned char *at)
{
    return at[0] == 0xC2 && (at[1] == 0x85 || at[1] == 0xA0);
}

/* True where the three bytes are one of the spaces from U+1680 upwards (Unicode's White_Space,
 * PropList.txt), the zero-width space U+200B or the byte order mark U+FEFF. */
static bool is_space_of_three(const unsigned char *at)
{
    switch (at[0]) {
    case 0xE1:
        return at[1] == 0x9A && at[2] == 0x80; /* U+1680 */
    case 0xE2:
        if (at[1] == 0x80) /* U+2000 to U+200B, U+2028, U+2029, U+202F */
            return at[2] <= 0x8B || at[2] == 0xA8 || at[2] == 0xA9 || at[2] == 0xAF;
        return at[1] == 0x81 && at[2] == 0x9F; /* U+205F */
    case 0xE3:
        return at[1] == 0x80 && at[2] == 0x80; /* U+3000 */
    case 0xEF:
        return at[1] == 0xBB && at[2] == 0xBF; /* U+FEFF */
    default:
        return false;
    }
}

/* How many bytes of white space `at` starts with: 0 for none. */
static size_t space_at_start(const unsigned char *at, size_t size)
{
    if (is_ascii_space(at[0]))
        return 1;
    if (size >= 2 && is_space_of_two(at))
        return 2;
    if (size >= 3 && is_space_of_three(at))
        return 3;
    return 0;
}

static size_t space_at_end(const unsigned char *at, size_t size)
{
    const unsigned char *end = at + size;
    if (is_ascii_space(end[-1]))
        return 1;
    if (end[-1] < 0x80)
        return 0;
    if (size >= 2 && is_space_of_two(end - 2))
        return 2;
    if (size >= 3 && is_space_of_three(end - 3))
        return 3;
    return 0;
}

/* A byte that is a letter, digit or sign of ASCII: most cells start and end with one. */
static bool is_ascii_visible(char byte)
{
    return byte > ' ' && byte < 0x7F;
}

text text_trim(text value)
{
    if (value.size == 0)
        return value;
    if (is_ascii_visible(value.at[0]) && is_ascii_visible(value.at[value.size - 1]))
        return value;

    while (value.size > 0) {
        const size_t space = space_at_start((const unsigned char *)value.at, value.size);
        if (space == 0)
            break;
        value.at += space;
        value.size -= space;
    }
    while (value.size > 0) {
        const size_t space = space_at_end((const unsigned char *)value.at, value.size);
        if (space == 0)
            break;
        value.size -= space;
    }
    return value;
}

bool text_is_id(text value)
{
    if (value.size == 0 || value.size > ID_MAX || value.at[0] < 'a' || value.at[0] > 'z')
        return false;
    for (size_t i = 1; i < value.size; i++) {
        const char byte = value.at[i];
        const bool letter = byte >= 'a' && byte <= 'z';
        const bool digit = byte >= '0' && byte <= '9';
        if (!letter && !digit && byte != '_')
            return false;
    }
    return true;
}

/* How many bytes the well-formed sequence at `at` has, 0 where there is none. After table 3-7
 * of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t sequence_size(const unsigned char *at, size_t size)
{
    const unsigned char lead = at[0];
    unsigned char       lowest = 0x80;
    unsigned char       highest = 0xBF;
    size_t              length;

    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        lowest = lead == 0xE0 ? 0xA0 : 0x80;
        highest = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        lowest = lead == 0xF0 ? 0x90 : 0x80;
        highest = lead == 0xF4 ? 0x8F : 0xBF;
    } else {
        return 0;
    }
    if (size < length || at[1] < lowest || at[1] > highest)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (at[i] < 0x80 || at[i] > 0xBF)
            return 0;
    }
    return length;
}

bool text_is_utf8(const char *bytes, size_t size)
{
    const unsigned char *at = (const unsigned char *)bytes;
    size_t               i = 0;
    while (i < size) {
        uint64_t eight;
        if (size - i >= sizeof eight) {
            memcpy(&eight, at + i, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        const size_t length = sequence_size(at + i, size - i);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

/* Bytes 0x80 to 0x9F of Windows-1252 (unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT);
 * 81, 8D, 8F, 90 and 9D stand for nothing. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

size_t text_from_windows_1252(const char *bytes, size_t size, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        const unsigned      code = byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte;
        if (code < 0x80) {
            out[length++] = (char)code;
        } else if (code < 0x800) {
            out[length++] = (char)(0xC0 | (code >> 6));
            out[length++] = (char)(0x80 | (code & 0x3F));
        } else {
            out[length++] = (char)(0xE0 | (code >> 12));
            out[length++] = (char)(0x80 | ((code >> 6) & 0x3F));
            out[length++] = (char)(0x80 | (code & 0x3F));
        }
    }
    return length;
}
