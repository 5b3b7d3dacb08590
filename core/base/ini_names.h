/* ini_names.h - which names an INI file has given already, and where. Of base/ini.c alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *name;
    uint64_t    line;
} ini_name;

/* Start with {0}. Names are not copied. */
typedef struct {
    ini_name *slots;
    size_t    slot_count;
    size_t    count;
} ini_names;

/* Adds a name. `first_line` gets the line where it was given before, or 0 where it is new.
 * False where memory is out. */
bool ini_names_add(ini_names *names, const char *name, uint64_t line, uint64_t *first_line);

/* Empties the set and frees what it holds. */
void ini_names_clear(ini_names *names);
