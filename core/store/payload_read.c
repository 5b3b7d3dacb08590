/* Entries out of JSON. */
#include <jansson.h>
#include <string.h>

#include "store/entity.h"

static const char *copy_string(const json_t *value, arena *memory)
{
    return json_is_string(value)
               ? arena_text(memory, json_string_value(value), json_string_length(value))
               : NULL;
}

static bool read_list(const json_t *value, store_list *out, arena *memory)
{
    const size_t count = json_array_size(value);
    const char **items = arena_array(memory, count + 1, sizeof *items);

    if (!json_is_array(value) || !items)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!(items[i] = copy_string(json_array_get(value, i), memory)))
            return false;
    *out = (store_list){items, count};
    return true;
}

static bool read_pairs(json_t *value, store_pairs *out, arena *memory)
{
    const size_t count = json_object_size(value);
    store_pair  *items = arena_array(memory, count + 1, sizeof *items);
    const char  *name;
    json_t      *one;
    size_t       i = 0;

    if (!json_is_object(value) || !items)
        return false;
    json_object_foreach(value, name, one)
    {
        items[i].name = arena_text(memory, name, strlen(name));
        items[i].value = copy_string(one, memory);
        if (!items[i].name || !items[i].value)
            return false;
        i++;
    }
    *out = (store_pairs){items, count};
    return true;
}

static bool read_member(const field *at, json_t *value, void *member, arena *memory)
{
    switch (at->type) {
    case FIELD_TEXT:
    case FIELD_DATE:
    case FIELD_MONTH: {
        const char *copy = copy_string(value, memory);
        *(const char **)member = copy;
        return copy != NULL;
    }
    case FIELD_WHOLE:
        *(int64_t *)member = json_integer_value(value);
        return json_is_integer(value);
    case FIELD_REAL:
        *(double *)member = json_number_value(value);
        return json_is_number(value);
    case FIELD_FLAG:
        *(bool *)member = json_is_true(value);
        return json_is_boolean(value);
    case FIELD_LIST:
        return read_list(value, member, memory);
    case FIELD_PAIRS:
        return read_pairs(value, member, memory);
    }
    return false;
}

/* What an entry has that is older than the field. */
static bool read_nothing(const field *at, void *member)
{
    switch (at->type) {
    case FIELD_TEXT:
    case FIELD_DATE:
    case FIELD_MONTH:
        *(const char **)member = "";
        break;
    case FIELD_WHOLE:
        *(int64_t *)member = 0;
        break;
    case FIELD_REAL:
        *(double *)member = 0;
        break;
    case FIELD_FLAG:
        *(bool *)member = false;
        break;
    case FIELD_LIST:
        *(store_list *)member = (store_list){0};
        break;
    case FIELD_PAIRS:
        *(store_pairs *)member = (store_pairs){0};
        break;
    }
    return !(at->marks & FIELD_NEEDED);
}

bool entry_read_payload(const entity *of, text payload, bool pairs_only, void *entry, arena *memory)
{
    json_t *root = json_loadb(payload.at, payload.size, JSON_REJECT_DUPLICATES, NULL);
    bool    fine = json_is_object(root);

    for (size_t f = 0; fine && f < of->count; f++) {
        const field *at = &of->fields[f];
        if (pairs_only && at->type != FIELD_PAIRS)
            continue;
        json_t *value = json_object_get(root, at->name);
        fine = value ? read_member(at, value, entry_member(entry, at), memory)
                     : read_nothing(at, entry_member(entry, at));
    }
    json_decref(root);
    return fine;
}
