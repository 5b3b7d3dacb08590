/* dialect.c - byte order mark, "sep=" line, delimiter; and what is not CSV at all. */
#include "records/dialect.h"

#include <string.h>

static const char delimiters[] = {',', ';', '\t'};
enum { DELIMITERS = sizeof delimiters };

#define SAVE_AS " in Excel, save it as \"CSV UTF-8 (Comma delimited)\""

/* What other files begin with. */
static const struct {
    const char *bytes;
    size_t      size;
    const char *refusal;
} signatures[] = {
    {"PK\3\4", 4, "is an Excel workbook or another zip file, not CSV;" SAVE_AS},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8,
     "is an old Excel workbook or Word document, not CSV;" SAVE_AS},
    {"\xFF\xFE", 2, "is UTF-16 (\"Unicode text\"), not UTF-8;" SAVE_AS},
    {"\xFE\xFF", 2, "is UTF-16 (\"Unicode text\"), not UTF-8;" SAVE_AS},
};

static bool starts_with(const char *bytes, size_t size, const char *start, size_t start_size)
{
    return size >= start_size && memcmp(bytes, start, start_size) == 0;
}

/* Latin letters in UTF-16 without a byte order mark: every other byte is 0. */
static bool looks_like_utf_16(const char *bytes, size_t size)
{
    if (size < 4) {
        return false;
    }
    bool little = bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0;
    bool big = bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0;
    return little || big;
}

static const char *find_refusal(const char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        if (starts_with(bytes, size, signatures[i].bytes, signatures[i].size)) {
            return signatures[i].refusal;
        }
    }
    return looks_like_utf_16(bytes, size) ? "is UTF-16, not UTF-8;" SAVE_AS : NULL;
}

/* The bytes of the line end at `at`: 0 where there is none. */
static size_t line_end_size(const char *bytes, size_t size, size_t at)
{
    if (at == size || (bytes[at] != '\r' && bytes[at] != '\n')) {
        return 0;
    }
    return bytes[at] == '\r' && at + 1 < size && bytes[at + 1] == '\n' ? 2 : 1;
}

static bool is_delimiter(char byte)
{
    return memchr(delimiters, byte, DELIMITERS) != NULL;
}

/* Excel's own: sep=; or "sep=;" on the first line. True where it is there. */
static bool take_separator_line(const char *bytes, size_t size, dialect *found)
{
    size_t at = found->skip;
    bool   quoted = at < size && bytes[at] == '"';
    at += quoted;
    if (size - at < 5 || (bytes[at] | 0x20) != 's' || (bytes[at + 1] | 0x20) != 'e' ||
        (bytes[at + 2] | 0x20) != 'p' || bytes[at + 3] != '=') {
        return false;
    }
    char separator = bytes[at + 4];
    at += 5;
    if (quoted && at < size && bytes[at] == '"') {
        at++;
    }
    size_t line_end = line_end_size(bytes, size, at);
    if (line_end == 0) {
        return false;
    }
    if (is_delimiter(separator)) {
        found->delimiter = separator;
    } else {
        found->refusal = "separates cells by something other than comma, semicolon or tab (its "
                         "first line says so); save it with one of these";
    }
    found->skip = at + line_end;
    found->lines = 1;
    return true;
}

/* Behind the blank lines from `at`. */
static size_t pass_blank_lines(const char *bytes, size_t size, size_t at)
{
    size_t line = at;
    for (; at < size; at++) {
        if (bytes[at] == '\r' || bytes[at] == '\n') {
            line = at + 1;
        } else if (bytes[at] != ' ') {
            break;
        }
    }
    return line;
}

/* Behind the quoted cell that begins at `at`. */
static size_t pass_quoted(const char *bytes, size_t size, size_t at)
{
    for (at++; at < size; at++) {
        if (bytes[at] == '"') {
            if (at + 1 == size || bytes[at + 1] != '"') {
                return at + 1;
            }
            at++;
        }
    }
    return size;
}

static char count_delimiters(const char *bytes, size_t size, size_t at)
{
    size_t counts[DELIMITERS] = {0};
    bool   cell_start = true;
    while (at < size && bytes[at] != '\r' && bytes[at] != '\n') {
        if (bytes[at] == '"' && cell_start) {
            at = pass_quoted(bytes, size, at);
            cell_start = false;
            continue;
        }
        const char *delimiter = memchr(delimiters, bytes[at], DELIMITERS);
        cell_start = delimiter != NULL;
        if (delimiter != NULL) {
            counts[delimiter - delimiters]++;
        }
        at++;
    }
    size_t best = 0;
    for (size_t i = 1; i < DELIMITERS; i++) {
        if (counts[i] > counts[best]) {
            best = i;
        }
    }
    return delimiters[best];
}

dialect dialect_find(const char *bytes, size_t size)
{
    dialect found = {.delimiter = ',', .refusal = find_refusal(bytes, size)};
    if (found.refusal != NULL) {
        return found;
    }
    if (starts_with(bytes, size, "\xEF\xBB\xBF", 3)) {
        found.skip = 3;
    }
    if (!take_separator_line(bytes, size, &found)) {
        found.delimiter = count_delimiters(bytes, size, pass_blank_lines(bytes, size, found.skip));
    }
    return found;
}
