/* ini.c - feeds inih line by line, and refuses what it would cut or misread. */
#include "base/ini.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini_names.h"
#include "base/text.h"

enum { LINE_MAX_SIZE = 198 }; /* inih's buffer of 200 without the line end and the NUL */

/* What an indented line would go on from. */
typedef enum { ABOVE_NOTHING, ABOVE_KEY, ABOVE_FAULTY } above;

/* The value of the last key, while lines may still be added to it. */
typedef struct {
    char  *bytes;
    size_t size;
    size_t capacity;
} long_value;

/* Between us and inih: we hand it lines that are safe, it hands back keys and values. Its
 * section names (cut at 49 bytes) are not used: it is given "[s]" and we keep the name. */
typedef struct {
    ini_file   *out;
    fault_kind  kind;
    arena      *arena;
    error_list *errors;
    const char *at; /* what is left of the file */
    const char *end;
    uint64_t    line;
    size_t      line_max;   /* bytes of a line */
    bool        refused;    /* a fault was found */
    bool        in_section; /* false before the first one and in one that was refused */
    bool        any_section;
    above       above;
    bool        continues; /* the line that was handed over adds to the value above it */
    bool        awaited;   /* inih has not called back yet for the line handed over */
    bool        nul_told;
    bool        utf8_told;
    bool        no_memory;
    long_value  value;
    ini_names   section_names;
    ini_names   key_names; /* of this section */
    size_t      section_capacity;
    size_t      key_capacity;
} reader;

/* Reports a fault of the line that is being read. */
#define REFUSE(from, ...)                                                                          \
    ((from)->refused = true,                                                                       \
     error_add((from)->errors, (from)->kind, (from)->out->file, (from)->line, 0, __VA_ARGS__))

static void out_of_memory(reader *from)
{
    if (!from->no_memory)
        error_memory(from->errors);
    from->no_memory = true;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* ---- What inih hands back ------------------------------------------------- */

static ini_section *last_section(reader *from)
{
    return &from->out->sections[from->out->section_count - 1];
}

/* An array of the arena with room for one more; the old one stays where it is until the
 * arena is freed. */
static void *with_room(arena *owner, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    const size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void        *copy = arena_array(owner, larger, size);
    if (copy == NULL)
        return NULL;
    if (count > 0)
        memcpy(copy, items, count * size);
    *capacity = larger;
    return copy;
}

/* Adds a piece to the value that is being read, with a space between two pieces. */
static bool extend_value(reader *from, text piece)
{
    long_value  *value = &from->value;
    const size_t needed = value->size + piece.size + 1;
    if (needed > value->capacity) {
        const size_t capacity = needed * 2;
        char        *bytes = realloc(value->bytes, capacity);
        if (bytes == NULL)
            return false;
        value->bytes = bytes;
        value->capacity = capacity;
    }
    if (value->size > 0 && piece.size > 0)
        value->bytes[value->size++] = ' ';
    memcpy(value->bytes + value->size, piece.at, piece.size);
    value->size += piece.size;
    return true;
}

/* The last key has got all its lines. */
static void finish_value(reader *from)
{
    if (from->above == ABOVE_KEY) {
        ini_section *section = last_section(from);
        const char  *value = arena_text(from->arena, from->value.bytes, from->value.size);
        if (value == NULL)
            out_of_memory(from);
        else
            section->keys[section->key_count - 1].value = value;
    }
    from->above = ABOVE_NOTHING;
}

static bool add_key(reader *from, text name, text value)
{
    ini_section *section = last_section(from);
    uint64_t     first_line = 0;
    const char  *copy = arena_text(from->arena, name.at, name.size);
    ini_key *keys = with_room(from->arena, section->keys, section->key_count, &from->key_capacity,
                              sizeof(ini_key));
    if (copy == NULL || keys == NULL ||
        !ini_names_add(&from->key_names, copy, from->line, &first_line))
        return false;
    section->keys = keys;
    if (first_line != 0) {
        from->above = ABOVE_FAULTY;
        REFUSE(from, "\"%s\" is given twice in [%s], first in line %llu; take one of them out",
               copy, section->name, (unsigned long long)first_line);
        return true;
    }
    keys[section->key_count++] = (ini_key){.name = copy, .value = "", .line = from->line};
    from->above = ABOVE_KEY;
    from->value.size = 0;
    return extend_value(from, value);
}

/* inih's handler. It trims ASCII white space; text_trim() takes the other spaces that come
 * with text pasted from a word processor. Returns 0 for failure, as inih has it. */
static int take_key(void *user, const char *section, const char *name, const char *value)
{
    (void)section;
    reader    *from = user;
    const text trimmed = text_trim(text_of(value));

    from->awaited = false;
    const bool taken = from->continues ? extend_value(from, trimmed)
                                       : add_key(from, text_trim(text_of(name)), trimmed);
    if (!taken)
        out_of_memory(from);
    return taken ? 1 : 0;
}

/* ---- What inih is handed -------------------------------------------------- */

/* The next line without its end: LF, CRLF or CR. */
static bool next_line(reader *from, text *line)
{
    if (from->at == from->end)
        return false;
    const char *at = from->at;
    while (at < from->end && *at != '\n' && *at != '\r')
        at++;
    *line = (text){.at = from->at, .size = (size_t)(at - from->at)};
    if (at < from->end)
        at += at + 1 < from->end && at[0] == '\r' && at[1] == '\n' ? 2 : 1;
    from->at = at;
    from->line++;
    return true;
}

/* Whether the bytes of the line can be read at all. Of a file that is no text only the first
 * line is reported: the remedy is for the whole of it. */
static bool is_readable(reader *from, text line)
{
    if (memchr(line.at, '\0', line.size) != NULL) {
        if (!from->nul_told)
            REFUSE(from, "this line has a NUL byte; save the file as plain text in UTF-8");
        from->nul_told = true;
        return false;
    }
    if (!text_is_utf8(line.at, line.size)) {
        if (!from->utf8_told)
            REFUSE(from, "this line is not UTF-8; save the file as UTF-8");
        from->utf8_told = true;
        return false;
    }
    if (line.size > from->line_max) {
        REFUSE(from,
               "this line has %zu bytes and %zu is the most; break it and indent what goes on",
               line.size, from->line_max);
        return false;
    }
    return true;
}

/* inih takes what follows white space and ";" for a comment, in a value as well. */
static bool is_without_comment(reader *from, text line)
{
    for (size_t i = 1; i < line.size; i++) {
        if (line.at[i] == ';' && is_space(line.at[i - 1])) {
            REFUSE(from, "what follows \" ;\" would be lost as a comment; put a comment on a line "
                         "of its own, or leave out the space before \";\"");
            return false;
        }
    }
    return true;
}

/* True for "weight = 3" and "[judgement]": one word and "=", or a section header. */
static bool looks_like_own_line(text line)
{
    size_t i = 0;
    if (line.at[0] == '[' && line.at[line.size - 1] == ']')
        return true;
    while (i < line.size &&
           (line.at[i] == '.' || line.at[i] == '-' || line.at[i] == '_' ||
            (line.at[i] >= '0' && line.at[i] <= '9') || (line.at[i] >= 'A' && line.at[i] <= 'Z') ||
            (line.at[i] >= 'a' && line.at[i] <= 'z')))
        i++;
    const size_t word = i;
    while (i < line.size && is_space(line.at[i]))
        i++;
    return word > 0 && i < line.size && line.at[i] == '=';
}

/* An indented line. True where it goes on from the value above it. */
static bool accept_indented(reader *from, text line)
{
    if (looks_like_own_line(line)) {
        REFUSE(from,
               "\"%.*s\" is indented, so it would be read as more of the value above; start it at "
               "the beginning of the line, or break the value elsewhere",
               (int)line.size, line.at);
        return false;
    }
    if (from->above == ABOVE_NOTHING && (from->in_section || !from->any_section))
        REFUSE(from, "this line is indented, but no key is above it; start it at the beginning of "
                     "the line");
    return from->above == ABOVE_KEY;
}

static bool open_section(reader *from, text name)
{
    uint64_t     first_line = 0;
    const char  *copy = arena_text(from->arena, name.at, name.size);
    ini_section *sections = with_room(from->arena, from->out->sections, from->out->section_count,
                                      &from->section_capacity, sizeof(ini_section));
    if (copy == NULL || sections == NULL ||
        !ini_names_add(&from->section_names, copy, from->line, &first_line)) {
        out_of_memory(from);
        return false;
    }
    from->out->sections = sections;
    if (first_line != 0) {
        REFUSE(from, "[%s] is given twice, first in line %llu; put its keys together or rename one",
               copy, (unsigned long long)first_line);
        return false;
    }
    sections[from->out->section_count++] = (ini_section){.name = copy, .line = from->line};
    from->key_capacity = 0;
    ini_names_clear(&from->key_names);
    from->in_section = true;
    return true;
}

/* "[name]". True where a section begins. */
static bool accept_header(reader *from, text line)
{
    const char *closing = memchr(line.at, ']', line.size);
    from->any_section = true;
    from->in_section = false;
    if (closing == NULL) {
        REFUSE(from, "the section header \"%.*s\" is not closed; end it with \"]\"", (int)line.size,
               line.at);
        return false;
    }
    const text name = text_trim((text){line.at + 1, (size_t)(closing - line.at - 1)});
    const text rest = text_trim((text){closing + 1, (size_t)(line.at + line.size - closing - 1)});
    if (name.size == 0) {
        REFUSE(from, "the section header has no name; write it as [name]");
        return false;
    }
    if (rest.size > 0) {
        REFUSE(from, "\"%.*s\" stands behind the section header; put it on a line of its own",
               (int)rest.size, rest.at);
        return false;
    }
    return open_section(from, name);
}

/* "key = value". True where inih will read it so. */
static bool accept_key(reader *from, text line)
{
    const char *sign = memchr(line.at, '=', line.size);
    from->above = ABOVE_FAULTY;
    if (sign == NULL) {
        REFUSE(from, "this line has no \"=\"; write \"key = value\", or indent the line where it "
                     "goes on from the one above");
        return false;
    }
    const text name = text_trim((text){line.at, (size_t)(sign - line.at)});
    if (name.size == 0) {
        REFUSE(from, "there is no key before the \"=\"; write \"key = value\"");
        return false;
    }
    if (memchr(name.at, ':', name.size) != NULL) {
        REFUSE(from, "\"%.*s\" has a \":\", which would end the key there; write it without",
               (int)name.size, name.at);
        return false;
    }
    if (!from->any_section) {
        REFUSE(from, "\"%.*s\" stands before the first section; put it under a [section]",
               (int)name.size, name.at);
        return false;
    }
    return from->in_section;
}

/* A line that cannot be used: what comes below it must not be taken for part of what is
 * above it. */
static void pass_over(reader *from, text line)
{
    if (is_space(line.at[0]))
        return;
    finish_value(from);
    if (line.at[0] == '[') {
        from->any_section = true;
        from->in_section = false;
    } else {
        from->above = ABOVE_FAULTY;
    }
}

/* Looks at one line. True where it is for inih, which is then handed `handed`. */
static bool accept(reader *from, text line, text *handed)
{
    const text trimmed = text_trim(line);
    if (trimmed.size == 0)
        return false;
    const bool comment = trimmed.at[0] == ';' || trimmed.at[0] == '#';
    if (!is_readable(from, line) || (!comment && !is_without_comment(from, line))) {
        if (!comment)
            pass_over(from, line);
        return false;
    }
    if (comment)
        return false;

    *handed = line;
    from->continues = is_space(line.at[0]);
    if (from->continues)
        return accept_indented(from, trimmed);
    finish_value(from);
    if (line.at[0] != '[')
        return accept_key(from, line);
    *handed = text_of("[s]");
    return accept_header(from, line);
}

/* inih gave nothing back for a line that we took for a key or a value: it was built or set up
 * in another way than the one that this file knows. */
static void refuse_unanswered(reader *from)
{
    if (from->awaited && !from->no_memory)
        REFUSE(from, "the INI library does not take this line; write \"key = value\"");
    from->awaited = false;
}

/* inih's reader: fgets() without what it would misread. */
static char *hand_over(char *buffer, int size, void *stream)
{
    reader *from = stream;
    text    line;
    text    handed;

    refuse_unanswered(from);
    from->line_max = size >= LINE_MAX_SIZE + 2 ? LINE_MAX_SIZE : (size_t)size - 2;
    while (!from->no_memory && next_line(from, &line)) {
        if (!accept(from, line, &handed))
            continue;
        memcpy(buffer, handed.at, handed.size);
        buffer[handed.size] = '\0';
        from->awaited = handed.at[0] != '[';
        return buffer;
    }
    return NULL;
}

bool ini_read_bytes(ini_file *out, const char *name, const char *bytes, size_t size,
                    fault_kind kind, arena *owner, error_list *errors)
{
    reader from = {.out = out, .kind = kind, .arena = owner, .errors = errors};

    *out = (ini_file){.file = arena_text(owner, name, strlen(name))};
    if (out->file == NULL) {
        out->file = "";
        return error_memory(errors);
    }
    if (size == 0)
        bytes = "";
    const bool marked = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    from.at = marked ? bytes + 3 : bytes;
    from.end = bytes + size;

    const int result = ini_parse_stream(hand_over, &from, take_key, &from);
    refuse_unanswered(&from);
    finish_value(&from);
    if (result != 0 && !from.refused)
        out_of_memory(&from);
    free(from.value.bytes);
    ini_names_clear(&from.section_names);
    ini_names_clear(&from.key_names);
    return !from.refused && !from.no_memory;
}
