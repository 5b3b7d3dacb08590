#include "moderation/known_name.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

typedef struct {
    const char **items;
    size_t       count;
} name_list;

/* Names come in runs: those of the same file beside each other. */
static void add_name(name_list *known, const char *name)
{
    if (*name && (known->count == 0 || strcmp(known->items[known->count - 1], name) != 0))
        known->items[known->count++] = name;
}

static name_list list_names(const moderation_cases *cases, const moderation_policy *policy)
{
    name_list known = {calloc(2 * cases->count + policy->moderator_count + 1, sizeof *known.items),
                       0};

    for (size_t m = 0; known.items && m < policy->moderator_count; m++)
        add_name(&known, policy->moderators[m].name);
    for (size_t c = 0; known.items && c < cases->count; c++)
        add_name(&known, cases->items[c].moderator);
    for (size_t c = 0; known.items && c < cases->count; c++)
        add_name(&known, cases->items[c].auditor);
    return known;
}

const char *moderation_name_meant(const moderation_cases *cases, const moderation_policy *policy,
                                  const char *name)
{
    const name_list known = list_names(cases, policy);
    const char     *meant = NULL;

    if (!known.items)
        return NULL;
    for (size_t k = 0; k < known.count && !meant; k++)
        if (text_same_person(text_of(known.items[k]), text_of(name)))
            meant = "";
    if (!meant)
        meant = text_nearest(text_of(name), known.items, known.count);
    free(known.items);
    return meant ? meant : "";
}
