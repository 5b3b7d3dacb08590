#include "api/met_keys.h"

#include <search.h>
#include <string.h>

typedef struct {
    const char *key;
    const char *said;
    uint64_t    line;
} met_key;

static int by_key(const void *a, const void *b)
{
    return strcmp(((const met_key *)a)->key, ((const met_key *)b)->key);
}

static void keep_node(void *node)
{
    (void)node; /* it is in an arena */
}

bool met_keys_note(met_keys *met, const char *key, const char *said, uint64_t line, uint64_t *other,
                   error_list *errors)
{
    met_key        *node = arena_array(&met->memory, 1, sizeof *node);
    char           *own_key = arena_text(&met->memory, key, strlen(key));
    char           *own_said = arena_text(&met->memory, said, strlen(said));
    met_key *const *found = NULL;

    if (node && own_key && own_said) {
        *node = (met_key){own_key, own_said, line};
        found = tsearch(node, &met->tree, by_key);
    }
    if (!found)
        return error_memory(errors);
    *other = strcmp((*found)->said, said) != 0 ? (*found)->line : 0;
    return true;
}

void met_keys_free(met_keys *met)
{
    tdestroy(met->tree, keep_node);
    arena_free(&met->memory);
    *met = (met_keys){0};
}
