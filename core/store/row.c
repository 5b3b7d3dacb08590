/* Entries as rows of their table. */
#include <string.h>

#include "store/entity.h"

static void join_list(const store_list *list, buffer *out)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buffer_byte(out, '|');
        buffer_string(out, list->items[i]);
    }
}

void entry_bind(const entity *of, const void *entry, sql_statement *statement, int first,
                buffer lists[], size_t *list_count)
{
    int parameter = first;

    *list_count = 0;
    for (size_t f = 0; f < of->count; f++) {
        const field *at = &of->fields[f];
        const void  *member = (const char *)entry + at->at;
        if (!field_has_column(at))
            continue;
        switch (at->type) {
        case FIELD_WHOLE:
            sql_bind_whole(statement, parameter, *(const int64_t *)member);
            break;
        case FIELD_REAL:
            sql_bind_real(statement, parameter, *(const double *)member);
            break;
        case FIELD_FLAG:
            sql_bind_whole(statement, parameter, *(const bool *)member);
            break;
        case FIELD_LIST: {
            buffer *joined = &lists[(*list_count)++];
            joined->size = 0;
            join_list(member, joined);
            sql_bind_string(statement, parameter,
                            (text){joined->size > 0 ? joined->bytes : "", joined->size});
            break;
        }
        default:
            sql_bind_text(statement, parameter, entry_text(entry, at));
        }
        parameter++;
    }
}

static bool split_list(text joined, store_list *out, arena *memory)
{
    size_t count = joined.size > 0;

    for (size_t i = 0; i < joined.size; i++)
        count += joined.at[i] == '|';
    *out = (store_list){0};
    if (count == 0)
        return true;

    const char **items = arena_array(memory, count, sizeof *items);
    char        *copy = arena_text(memory, joined.at, joined.size);
    if (!items || !copy)
        return false;
    for (size_t i = 0; i < count; i++) {
        items[i] = copy;
        copy += strcspn(copy, "|");
        if (*copy)
            *copy++ = '\0';
    }
    *out = (store_list){items, count};
    return true;
}

bool entry_read_row(const entity *of, sql_statement *row, int first, void *entry, arena *memory)
{
    int  column = first;
    bool fine = true;

    memset(entry, 0, of->size);
    for (size_t f = 0; f < of->count; f++) {
        const field *at = &of->fields[f];
        void        *member = entry_member(entry, at);
        if (!field_has_column(at))
            continue;
        switch (at->type) {
        case FIELD_WHOLE:
            *(int64_t *)member = sql_whole(row, column);
            break;
        case FIELD_REAL:
            *(double *)member = sql_real(row, column);
            break;
        case FIELD_FLAG:
            *(bool *)member = sql_whole(row, column) != 0;
            break;
        case FIELD_LIST:
            fine &= split_list(sql_string(row, column), member, memory);
            break;
        default:
            *(const char **)member = sql_text(row, column);
        }
        column++;
    }
    return fine;
}
