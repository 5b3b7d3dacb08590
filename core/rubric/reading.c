/* reading.c - values of a rubric cut into pieces, and the keys that several sections share. */
#include "rubric/reading.h"

#include <string.h>

enum { SHOWN_BYTES = 80 };

size_t reading_shown(text value)
{
    if (value.size <= SHOWN_BYTES)
        return value.size;
    size_t size = SHOWN_BYTES;
    /* Not within a character: continuation bytes are 10xxxxxx. */
    while (size > 0 && ((unsigned char)value.at[size] & 0xC0) == 0x80)
        size--;
    return size;
}

bool reading_piece(text *rest, bool *ended, char separator, text *piece)
{
    if (*ended)
        return false;
    const char *found = rest->size > 0 ? memchr(rest->at, separator, rest->size) : NULL;
    if (found == NULL) {
        *piece = text_trim(*rest);
        *ended = true;
        return true;
    }
    const size_t size = (size_t)(found - rest->at);
    *piece = text_trim((text){rest->at, size});
    rest->at += size + 1;
    rest->size -= size + 1;
    return true;
}

bool reading_split(text value, const char *mark, text *before, text *after)
{
    const size_t size = strlen(mark);

    for (size_t at = 0; at + size <= value.size; at++) {
        if (memcmp(value.at + at, mark, size) == 0) {
            *before = text_trim((text){value.at, at});
            *after = text_trim((text){value.at + at + size, value.size - at - size});
            return true;
        }
    }
    return false;
}

const char *reading_optional(ini_section *section, const char *name)
{
    const char *value = ini_value(section, name);
    return value != NULL ? value : "";
}

const char *reading_required(reading *from, ini_section *section, const char *section_name,
                             const char *name)
{
    const ini_key *key = ini_key_of(section, name);

    if (key == NULL) {
        /* The line may be one that could not be read: that fault is told already. */
        if (from->whole)
            RUBRIC_FAULT(from, section->line, "%s has no \"%s\"; add the line \"%s = ...\"",
                         section_name, name, name);
        return NULL;
    }
    if (*key->value == '\0') {
        RUBRIC_FAULT(from, key->line, "\"%s\" is empty; write its value behind the =", name);
        return NULL;
    }
    return key->value;
}

bool reading_yes_no(reading *from, ini_section *section, const char *name, bool standard)
{
    const ini_key *key = ini_key_of(section, name);

    if (key == NULL)
        return standard;
    const text value = text_of(key->value);
    if (text_same(value, text_of("yes")))
        return true;
    if (text_same(value, text_of("no")))
        return false;
    RUBRIC_FAULT(from, key->line, "%s \"%.*s\" is neither yes nor no; write one of them", name,
                 SHOWN(value));
    return standard;
}

level reading_level_id(const reading *from, text id)
{
    const scale *levels = &from->out->scale;

    for (size_t i = 0; i < levels->count; i++)
        if (strlen(levels->ids[i]) == id.size && memcmp(levels->ids[i], id.at, id.size) == 0)
            return (level)i;
    return LEVEL_NONE;
}

/* Joins the levels' names with commas, the lowest first, for a message. */
static void level_names(const scale *levels, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < levels->count; i++) {
        const size_t length = strlen(levels->ids[i]);
        if (used + length + 3 > size)
            return;
        if (i > 0) {
            memcpy(out + used, ", ", 2);
            used += 2;
        }
        memcpy(out + used, levels->ids[i], length + 1);
        used += length;
    }
}

level reading_level(reading *from, text name, uint64_t line)
{
    const scale *levels = &from->out->scale;

    if (!from->scale_known)
        return LEVEL_NONE;
    for (size_t i = 0; i < levels->count; i++)
        if (text_same_name(text_of(levels->ids[i]), name))
            return (level)i;
    if (name.size == 0) {
        RUBRIC_FAULT(from, line, "a level is missing here; name one");
        return LEVEL_NONE;
    }
    const char *nearest = text_nearest(name, levels->ids, levels->count);
    if (nearest != NULL) {
        RUBRIC_FAULT(from, line, "\"%.*s\" is not a level; did you mean \"%s\"?", SHOWN(name),
                     nearest);
    } else {
        char names[LEVELS_MAX * 48];
        level_names(levels, names, sizeof names);
        RUBRIC_FAULT(from, line, "\"%.*s\" is not a level; the levels are %s", SHOWN(name), names);
    }
    return LEVEL_NONE;
}
