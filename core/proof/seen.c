#include "proof/seen.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE_FIRST = 1 << 12 };

bool seen_clear(seen_set *held)
{
    if (held->places == NULL) {
        held->places = calloc(SIZE_FIRST, sizeof *held->places);
        if (held->places == NULL)
            return false;
        held->size = SIZE_FIRST;
    }
    held->search++;
    held->count = 0;
    return true;
}

void seen_free(seen_set *unwanted)
{
    free(unwanted->places);
    *unwanted = (seen_set){0};
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* Where a place is, or the free one that it would take. */
static seen_place *find(const seen_set *held, const seen_place *sought)
{
    uint64_t hash = mix(sought->node, sought->state);

    for (size_t line = 0; line < LINES_MAX; line++)
        hash = mix(hash, (uint64_t)sought->sums[line]);
    for (size_t i = (size_t)hash & (held->size - 1);; i = (i + 1) & (held->size - 1)) {
        seen_place *here = &held->places[i];
        if (here->search != held->search ||
            (here->node == sought->node && here->state == sought->state &&
             memcmp(here->sums, sought->sums, sizeof sought->sums) == 0))
            return here;
    }
}

/* Keeps it at most half full. */
static bool grow(seen_set *held)
{
    seen_place  *old = held->places;
    const size_t old_size = held->size;

    if (held->count < old_size / 2)
        return true;
    held->places = calloc(4 * old_size, sizeof *held->places);
    if (held->places == NULL) {
        held->places = old;
        return false;
    }
    held->size = 4 * old_size;
    for (size_t i = 0; i < old_size; i++)
        if (old[i].search == held->search)
            *find(held, &old[i]) = old[i];
    free(old);
    return true;
}

bool seen_add(seen_set *held, seen_place place, bool *was)
{
    if (!grow(held))
        return false;
    place.search = held->search;
    seen_place *here = find(held, &place);
    *was = here->search == held->search;
    held->count += !*was;
    *here = place;
    return true;
}
