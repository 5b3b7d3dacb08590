/* ini_sections.c - asking an INI file that was read. */
#include "base/ini.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

ini_section *ini_find(const ini_file *file, const char *section)
{
    for (size_t i = 0; i < file->section_count; i++) {
        if (strcmp(file->sections[i].name, section) == 0)
            return &file->sections[i];
    }
    return NULL;
}

ini_key *ini_key_of(ini_section *section, const char *name)
{
    if (section == NULL)
        return NULL;
    for (size_t i = 0; i < section->key_count; i++) {
        if (strcmp(section->keys[i].name, name) == 0) {
            section->keys[i].used = true;
            return &section->keys[i];
        }
    }
    return NULL;
}

const char *ini_value(ini_section *section, const char *name)
{
    const ini_key *key = ini_key_of(section, name);
    return key == NULL ? NULL : key->value;
}

/* "a, b, c" without the NULL entries, in memory that the caller frees; NULL where memory is out. */
static char *list_of(const char *const *names, size_t count)
{
    size_t size = 1;
    for (size_t i = 0; i < count; i++)
        size += names[i] == NULL ? 0 : strlen(names[i]) + 2;
    char *list = malloc(size);
    if (list == NULL)
        return NULL;
    char *at = list;
    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL)
            continue;
        const size_t length = strlen(names[i]);
        if (at > list) {
            *at++ = ',';
            *at++ = ' ';
        }
        memcpy(at, names[i], length);
        at += length;
    }
    *at = '\0';
    return list;
}

void ini_refuse_unused(const ini_file *file, const ini_section *section, const char *what,
                       const char *const *known, size_t known_count, fault_kind kind,
                       error_list *errors)
{
    char *list = NULL;
    for (size_t i = 0; i < section->key_count; i++) {
        const ini_key *key = &section->keys[i];
        if (key->used)
            continue;
        const char *nearest = text_nearest(text_of(key->name), known, known_count);
        if (nearest == NULL && known_count > 0 && list == NULL) {
            list = list_of(known, known_count);
            if (list == NULL) {
                error_memory(errors);
                return;
            }
        }
        if (nearest != NULL)
            error_add(errors, kind, file->file, key->line, 0,
                      "\"%s\" is not a key of %s; did you mean \"%s\"?", key->name, what, nearest);
        else if (list != NULL)
            error_add(errors, kind, file->file, key->line, 0,
                      "\"%s\" is not a key of %s; take it out, or use one of: %s", key->name, what,
                      list);
        else
            error_add(errors, kind, file->file, key->line, 0,
                      "\"%s\" is not a key of %s; take it out", key->name, what);
    }
    free(list);
}
