/* ini_names.c - a hash set, so that a file of many keys is read in time linear in its size. */
#include "base/ini_names.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 32 };

/* FNV-1a, 64 bits (Fowler, Noll, Vo; www.isthe.com/chongo/tech/comp/fnv). */
static uint64_t hash_of(const char *name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001B3);
    return hash ^ (hash >> 32);
}

/* The slot that holds the name, or the free one where it belongs. */
static ini_name *find_slot(ini_name *slots, size_t slot_count, const char *name)
{
    size_t at = (size_t)hash_of(name) & (slot_count - 1);
    while (slots[at].name != NULL && strcmp(slots[at].name, name) != 0)
        at = (at + 1) & (slot_count - 1);
    return &slots[at];
}

static bool grow(ini_names *names)
{
    const size_t slot_count = names->slot_count == 0 ? FIRST_SLOTS : names->slot_count * 2;
    if (slot_count > SIZE_MAX / sizeof(ini_name))
        return false;
    ini_name *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < names->slot_count; i++) {
        if (names->slots[i].name != NULL)
            *find_slot(slots, slot_count, names->slots[i].name) = names->slots[i];
    }
    free(names->slots);
    names->slots = slots;
    names->slot_count = slot_count;
    return true;
}

bool ini_names_add(ini_names *names, const char *name, uint64_t line, uint64_t *first_line)
{
    if ((names->count + 1) * 2 > names->slot_count && !grow(names))
        return false;
    ini_name *slot = find_slot(names->slots, names->slot_count, name);
    *first_line = slot->name == NULL ? 0 : slot->line;
    if (slot->name == NULL) {
        *slot = (ini_name){.name = name, .line = line};
        names->count++;
    }
    return true;
}

void ini_names_clear(ini_names *names)
{
    free(names->slots);
    *names = (ini_names){0};
}
