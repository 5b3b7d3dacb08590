/* Entries as JSON. */
#include <stdlib.h>
#include <string.h>

#include "store/entity.h"
#include "writing/json_text.h"

int pair_by_name(const void *a, const void *b)
{
    return strcmp(((const store_pair *)a)->name, ((const store_pair *)b)->name);
}

static bool is_sorted(const store_pairs *pairs)
{
    for (size_t i = 1; i < pairs->count; i++)
        if (pair_by_name(&pairs->items[i - 1], &pairs->items[i]) > 0)
            return false;
    return true;
}

static void write_pairs(const store_pairs *pairs, buffer *out)
{
    const store_pair *items = pairs->items;
    store_pair       *sorted = NULL;

    if (!is_sorted(pairs)) {
        items = sorted = malloc(pairs->count * sizeof *sorted);
        if (!sorted) {
            out->failed = true;
            return;
        }
        memcpy(sorted, pairs->items, pairs->count * sizeof *sorted);
        qsort(sorted, pairs->count, sizeof *sorted, pair_by_name);
    }
    buffer_byte(out, '{');
    for (size_t i = 0; i < pairs->count; i++) {
        if (i > 0)
            buffer_byte(out, ',');
        json_string(out, text_of(items[i].name));
        buffer_byte(out, ':');
        json_string(out, text_of(items[i].value));
    }
    buffer_byte(out, '}');
    free(sorted);
}

static void write_list(const store_list *list, buffer *out)
{
    buffer_byte(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buffer_byte(out, ',');
        json_string(out, text_of(list->items[i]));
    }
    buffer_byte(out, ']');
}

void entry_payload(const entity *of, const void *entry, buffer *out)
{
    buffer_byte(out, '{');
    for (size_t f = 0; f < of->count; f++) {
        const field *at = &of->fields[f];
        const void  *member = (const char *)entry + at->at;
        json_name(out, at->name, f == 0);
        switch (at->type) {
        case FIELD_TEXT:
        case FIELD_DATE:
        case FIELD_MONTH:
            json_string(out, text_of(entry_text(entry, at)));
            break;
        case FIELD_WHOLE:
            buffer_signed(out, *(const int64_t *)member);
            break;
        case FIELD_REAL:
            json_number(out, *(const double *)member);
            break;
        case FIELD_FLAG:
            buffer_string(out, *(const bool *)member ? "true" : "false");
            break;
        case FIELD_LIST:
            write_list(member, out);
            break;
        case FIELD_PAIRS:
            write_pairs(member, out);
            break;
        }
    }
    buffer_byte(out, '}');
}
