#include "regression/groups.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

static size_t hash_of(const char *name)
{
    uint64_t hash = 14695981039346656037ull; /* FNV-1a */
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211ull;
    return (size_t)hash;
}

static bool widen(group_counter *counter)
{
    const size_t room = counter->room > 0 ? counter->room * 2 : 32; /* a power of two */
    const size_t slot_count = room * 2;
    move_group  *groups = realloc(counter->groups, room * sizeof *groups);
    if (!groups)
        return false;
    counter->groups = groups;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(counter->slots);
    counter->slots = slots;
    counter->slot_count = slot_count;
    counter->room = room;
    for (size_t g = 0; g < counter->count; g++) {
        size_t at = hash_of(groups[g].name) & (slot_count - 1);
        while (slots[at])
            at = (at + 1) & (slot_count - 1);
        slots[at] = (uint32_t)g + 1;
    }
    return true;
}

bool groups_find(group_counter *counter, const char *name, size_t *group)
{
    if (counter->count > 0 && strcmp(counter->groups[counter->last].name, name) == 0) {
        *group = counter->last;
        return true;
    }
    if (counter->count == counter->room && !widen(counter))
        return false;
    const size_t mask = counter->slot_count - 1;
    size_t       at = hash_of(name) & mask;
    while (counter->slots[at] && strcmp(counter->groups[counter->slots[at] - 1].name, name) != 0)
        at = (at + 1) & mask;
    if (!counter->slots[at]) {
        const char *kept = arena_text(&counter->memory, name, strlen(name));
        if (!kept)
            return false;
        counter->groups[counter->count++] = (move_group){.name = kept};
        counter->slots[at] = (uint32_t)counter->count;
    }
    *group = counter->last = counter->slots[at] - 1;
    return true;
}

void groups_count(group_counter *counter, size_t group, bool moved)
{
    counter->groups[group].records++;
    counter->groups[group].moved += moved;
}

void groups_free(group_counter *counter)
{
    free(counter->groups);
    free(counter->slots);
    arena_free(&counter->memory);
    *counter = (group_counter){0};
}

static int compare_groups(const void *a, const void *b)
{
    const move_group *one = a, *other = b;

    if (one->chance < other->chance || one->chance > other->chance)
        return one->chance < other->chance ? -1 : 1;
    return strcmp(one->name, other->name);
}

/* The probability of `group->moved` moves or more among its records, were `moved` of all `total` records
 * drawn without regard to groups: the upper tail of the hypergeometric distribution (Fisher's
 * exact test, one-sided). */
static double chance_of(const move_group *group, uint64_t total, uint64_t moved)
{
    if (group->moved == 0 || total > UINT32_MAX)
        return 1.0;
    return gsl_cdf_hypergeometric_Q((unsigned)group->moved - 1, (unsigned)moved,
                                    (unsigned)(total - moved), (unsigned)group->records);
}

void groups_rank(group_counter *counter, uint64_t total, uint64_t moved, move_groups *out)
{
    for (size_t g = 0; g < counter->count; g++)
        counter->groups[g].chance = chance_of(&counter->groups[g], total, moved);
    if (counter->count > 0)
        qsort(counter->groups, counter->count, sizeof *counter->groups, compare_groups);
    *out = (move_groups){counter->groups, counter->count};
}
