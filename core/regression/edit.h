/* edit.h - what the files of this room share about edits. Private to this room. */
#pragma once

#include "base/ini.h"
#include "regression/regression.h"

/* Makes edit->probes. False where memory is out. */
bool edit_make_probes(rubric_edit *edit);

/* The criterion, which a plugin measures, as the build of that plugin in `with` would measure it; NULL
 * where that build does not have what the text asks for. `written` is its section of the rubric's text;
 * NULL: the text is gone. False where memory is out. */
bool criterion_rebuild(const criterion **out, const criterion *from, const plugin_set *with,
                       ini_section *written, arena *memory);

/* The index of a parameter of the criterion's measure; SIZE_MAX: it has none of that name. */
size_t edit_find_parameter(const criterion *of, const char *name);

static inline bool change_set_has(const change_set *set, size_t change)
{
    return set->bits[change / 64] >> (change % 64) & 1;
}

static inline void change_set_add(change_set *set, size_t change)
{
    set->bits[change / 64] |= (uint64_t)1 << (change % 64);
}

static inline bool change_set_within(const change_set *set, const change_set *of)
{
    for (size_t w = 0; w < CHANGES_MAX / 64; w++)
        if (set->bits[w] & ~of->bits[w])
            return false;
    return true;
}
