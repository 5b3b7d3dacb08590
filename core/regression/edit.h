/* edit.h - what the files of this room share about edits. Private to this room. */
#pragma once

#include "regression/regression.h"

/* Makes edit->probe. False where memory is out. */
bool edit_make_probe(rubric_edit *edit);

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
