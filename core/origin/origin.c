#include "origin/origin.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *origin_kind_name(origin_kind kind)
{
    static const char *const names[] = {"rubric", "plugin", "calendar", "input"};
    return names[kind];
}

const origin_item *origin_find(const origin_list *list, origin_kind kind, const char *id,
                               const char *version)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind == kind && strcmp(list->items[i].id, id) == 0 &&
            (!version || strcmp(list->items[i].version, version) == 0))
            return &list->items[i];
    return NULL;
}

void origin_free(origin_list *list)
{
    free(list->items);
    arena_free(&list->memory);
    *list = (origin_list){0};
}

static bool add(origin_list *list, origin_kind kind, const char *id, const char *version,
                const uint8_t hash[ORIGIN_HASH_SIZE], error_list *errors)
{
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity * 2 + 16;
        origin_item *more = realloc(list->items, capacity * sizeof *more);
        if (!more)
            return error_memory(errors);
        list->items = more;
        list->capacity = capacity;
    }
    origin_item *made = &list->items[list->count];
    *made = (origin_item){
        .kind = kind,
        .id = arena_text(&list->memory, id, strlen(id)),
        .version = arena_text(&list->memory, version, strlen(version)),
    };
    if (!made->id || !made->version)
        return error_memory(errors);
    memcpy(made->hash, hash, ORIGIN_HASH_SIZE);
    list->count++;
    return true;
}

/* ---- Rubrics and what they use -------------------------------------------------------- */

static void put_number(crypto_hash_sha256_state *state, int32_t value)
{
    uint8_t bytes[4];

    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)((uint32_t)value >> (8 * i));
    crypto_hash_sha256_update(state, bytes, sizeof bytes);
}

static bool add_calendar(origin_list *list, const calendar *of, error_list *errors)
{
    crypto_hash_sha256_state state;
    uint8_t                  hash[ORIGIN_HASH_SIZE];
    const int32_t            days = of->table.last - of->table.first + 1;

    if (origin_find(list, ORIGIN_CALENDAR, of->id, NULL))
        return true;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)of->id, strlen(of->id) + 1);
    put_number(&state, of->table.first);
    put_number(&state, of->table.last);
    for (int32_t d = 0; d < days; d++)
        put_number(&state, of->table.working_days[d]);
    crypto_hash_sha256_final(&state, hash);
    return add(list, ORIGIN_CALENDAR, of->id, "", hash, errors);
}

static bool add_plugin(origin_list *list, const manifest *of, error_list *errors)
{
    uint8_t hash[TRUST_HASH_SIZE];

    if (origin_find(list, ORIGIN_PLUGIN, of->id, NULL))
        return true;
    const int sealed = loader_seal(of, hash, errors);
    if (sealed < 0)
        return false;
    close(sealed);
    return add(list, ORIGIN_PLUGIN, of->id, of->version, hash, errors);
}

bool origin_add_rubrics(origin_list *list, const rubric *const *rubrics, size_t count,
                        error_list *errors)
{
    for (size_t r = 0; r < count; r++)
        if (!add(list, ORIGIN_RUBRIC, rubrics[r]->id, rubrics[r]->version, rubrics[r]->hash,
                 errors))
            return false;
    for (size_t r = 0; r < count; r++)
        for (size_t c = 0; c < rubrics[r]->criterion_count; c++)
            if (rubrics[r]->criteria[c].plugin &&
                !add_plugin(list, rubrics[r]->criteria[c].plugin, errors))
                return false;
    for (size_t r = 0; r < count; r++)
        for (size_t c = 0; c < rubrics[r]->criterion_count; c++)
            if (rubrics[r]->criteria[c].calendar &&
                !add_calendar(list, rubrics[r]->criteria[c].calendar, errors))
                return false;
    return true;
}

/* ---- Inputs ------------------------------------------------------------------------------- */

static bool hash_file(const char *path, uint8_t hash[ORIGIN_HASH_SIZE], error_list *errors)
{
    static const size_t      size = 1 << 18;
    crypto_hash_sha256_state state;
    FILE                    *file = fopen(path, "re");
    uint8_t                 *bytes = file ? malloc(size) : NULL;
    size_t                   got;

    if (file && !bytes) {
        fclose(file);
        return error_memory(errors);
    }
    crypto_hash_sha256_init(&state);
    while (file && (got = fread(bytes, 1, size, file)) > 0)
        crypto_hash_sha256_update(&state, bytes, got);
    crypto_hash_sha256_final(&state, hash);
    const bool read = file && !ferror(file);
    if (!read)
        error_add(errors, FAULT_INPUT, path, 0, 0, "could not be read: %s; check its name and who "
                                                   "may read it",
                  strerror(errno));
    if (file)
        fclose(file);
    free(bytes);
    return read;
}

bool origin_add_input(origin_list *list, const char *name, const char *path, const char *bytes,
                      size_t size, error_list *errors)
{
    uint8_t hash[ORIGIN_HASH_SIZE];

    if (bytes)
        crypto_hash_sha256(hash, (const uint8_t *)bytes, size);
    else if (!hash_file(path, hash, errors))
        return false;
    return add(list, ORIGIN_INPUT, name, "", hash, errors);
}

/* ---- Fields --------------------------------------------------------------------------------- */

static void add_field(const char **fields, size_t *count, const char *field)
{
    for (size_t f = 0; f < *count; f++)
        if (text_same_name(text_of(fields[f]), text_of(field)))
            return;
    fields[(*count)++] = field;
}

const char **origin_fields(const rubric *const *rubrics, size_t count, size_t *field_count)
{
    size_t most = 1;

    for (size_t r = 0; r < count; r++)
        for (size_t c = 0; c < rubrics[r]->criterion_count; c++)
            most += rubrics[r]->criteria[c].input_count + 1;
    const char **fields = calloc(most, sizeof *fields);

    *field_count = 0;
    for (size_t r = 0; fields && r < count; r++)
        for (size_t c = 0; c < rubrics[r]->criterion_count; c++) {
            const criterion *of = &rubrics[r]->criteria[c];
            for (size_t i = 0; i < of->input_count; i++)
                add_field(fields, field_count, of->inputs[i].field);
            if (of->applies_field)
                add_field(fields, field_count, of->applies_field);
        }
    return fields;
}
