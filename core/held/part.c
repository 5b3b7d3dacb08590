#include "held/keep.h"

#include <stdlib.h>
#include <string.h>

#define COLUMN(of, name)                                                                           \
    {                                                                                              \
        offsetof(of, name), sizeof *((of *)0)->name                                                \
    }

const held_column held_batch_columns[BATCH_COLUMNS] = {
    COLUMN(graded_batch, line),          COLUMN(graded_batch, audit_id),
    COLUMN(graded_batch, practice_area), COLUMN(graded_batch, team),
    COLUMN(graded_batch, auditor),       COLUMN(graded_batch, auditor_grade_text),
    COLUMN(graded_batch, auditor_grade), COLUMN(graded_batch, audit_date),
    COLUMN(graded_batch, status),        COLUMN(graded_batch, judgement),
    COLUMN(graded_batch, coverage),      COLUMN(graded_batch, group),
    COLUMN(graded_batch, place),         COLUMN(graded_batch, detail),
};

const held_column held_group_columns[GROUP_COLUMNS] = {
    COLUMN(graded_group, rows), COLUMN(graded_group, points),  COLUMN(graded_group, weight),
    COLUMN(graded_group, base), COLUMN(graded_group, stepped), COLUMN(graded_group, cap),
};

/* ---- Groups ------------------------------------------------------------------- */

static bool make_array(arena *memory, const void *like, size_t count, size_t size, const void **out)
{
    *out = like ? arena_array(memory, count, size) : NULL;
    return !like || *out;
}

static bool make_criteria(graded_group *to, const graded_group *like, size_t count, arena *memory)
{
    const size_t      criteria = like->rubric->criterion_count;
    const uint8_t   **ratings = arena_array(memory, criteria, sizeof *ratings);
    const uint8_t   **applies = arena_array(memory, criteria, sizeof *applies);
    criterion_values *values = arena_array(memory, criteria, sizeof *values);
    bool              fine = ratings && applies && values;

    for (size_t c = 0; fine && c < criteria; c++) {
        const criterion_values *of = &like->values[c];
        fine = make_array(memory, like->ratings[c], count, 1, (const void **)&ratings[c]) &&
               make_array(memory, like->applies[c], count, 1, (const void **)&applies[c]) &&
               make_array(memory, of->status, count, 1, (const void **)&values[c].status) &&
               make_array(memory, of->bytes, count, 1, (const void **)&values[c].bytes) &&
               make_array(memory, of->numbers, count, sizeof *of->numbers,
                          (const void **)&values[c].numbers);
    }
    to->ratings = ratings;
    to->applies = applies;
    to->values = values;
    return fine;
}

bool group_make(graded_group *to, const graded_group *like, size_t count, arena *memory)
{
    *to = (graded_group){.rubric = like->rubric, .count = count};
    for (size_t i = 0; i < GROUP_COLUMNS; i++) {
        void **array = column_pointer(to, &held_group_columns[i]);
        *array = arena_array(memory, count, held_group_columns[i].size);
        if (!*array)
            return false;
    }
    return make_criteria(to, like, count, memory);
}

/* The arrays of a group that is being made are its own; to all others they are const. */
static void put(const void *to, size_t at, const void *from, size_t count, size_t size)
{
    if (to)
        memcpy((char *)to + at * size, from, count * size);
}

void group_put(const graded_group *to, size_t at, const graded_group *from)
{
    graded_group into = *to, out_of = *from;

    for (size_t i = 0; i < GROUP_COLUMNS; i++)
        put(*column_pointer(&into, &held_group_columns[i]), at,
            *column_pointer(&out_of, &held_group_columns[i]), from->count,
            held_group_columns[i].size);
    for (size_t c = 0; c < to->rubric->criterion_count; c++) {
        put(to->ratings[c], at, from->ratings[c], from->count, 1);
        put(to->applies[c], at, from->applies[c], from->count, 1);
        put(to->values[c].status, at, from->values[c].status, from->count, 1);
        put(to->values[c].bytes, at, from->values[c].bytes, from->count, 1);
        put(to->values[c].numbers, at, from->values[c].numbers, from->count,
            sizeof *from->values[c].numbers);
    }
}

/* ---- Words -------------------------------------------------------------------- */

/* Teams, auditors and details come again and again: what was kept last under a hash is not kept
 * twice. */
enum { WORDS_RECENT = 256 };

typedef struct {
    arena *memory;
    text   recent[WORDS_RECENT];
} word_store;

static size_t hash_of(text value)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (size_t i = 0; i < value.size; i++)
        hash = (hash ^ (unsigned char)value.at[i]) * 16777619u;
    return (hash ^ hash >> 16) % WORDS_RECENT;
}

/* The text in the store's own memory, NUL-ended; `at` is NULL where memory is out. */
static text keep_text(word_store *store, text value)
{
    text *recent = &store->recent[hash_of(value)];

    if (value.size == 0)
        return (text){"", 0};
    if (recent->size != value.size || memcmp(recent->at, value.at, value.size) != 0)
        *recent = (text){arena_text(store->memory, value.at, value.size), value.size};
    if (!recent->at)
        recent->size = 0;
    return *recent;
}

static bool keep_texts(word_store *store, const text *texts, size_t count)
{
    text *mine = (text *)texts; /* the part's own, still pointing at the worker's words */

    for (size_t i = 0; i < count; i++) {
        mine[i] = keep_text(store, mine[i]);
        if (!mine[i].at)
            return false;
    }
    return true;
}

/* Ids are different each: their bytes go side by side. */
static bool keep_ids(arena *memory, const text *texts, size_t count)
{
    text  *mine = (text *)texts;
    size_t size = 1, used = 0;

    for (size_t i = 0; i < count; i++)
        size += mine[i].size;
    char *bytes = arena_array(memory, size, 1);
    for (size_t i = 0; bytes && i < count; i++) {
        if (mine[i].size > 0)
            memcpy(bytes + used, mine[i].at, mine[i].size);
        mine[i].at = bytes + used;
        used += mine[i].size;
    }
    return bytes != NULL;
}

static bool keep_words(held_part *part)
{
    const graded_batch *batch = &part->batch;
    const char        **detail = (const char **)batch->detail;
    word_store          store = {.memory = &part->words};

    for (size_t i = 0; i < batch->count; i++) {
        detail[i] = keep_text(&store, text_of(detail[i])).at;
        if (!detail[i])
            return false;
    }
    batch = &part->batch;
    return keep_ids(&part->words, batch->audit_id, batch->count) &&
           keep_texts(&store, batch->practice_area, batch->count) &&
           keep_texts(&store, batch->team, batch->count) &&
           keep_texts(&store, batch->auditor, batch->count) &&
           keep_texts(&store, batch->auditor_grade_text, batch->count);
}

/* ---- A batch ------------------------------------------------------------------ */

static bool copy_records(held_part *part, const graded_batch *from)
{
    graded_batch out_of = *from;

    part->batch.count = from->count;
    for (size_t i = 0; i < BATCH_COLUMNS; i++) {
        void **array = column_pointer(&part->batch, &held_batch_columns[i]);
        *array = arena_array(&part->columns, from->count, held_batch_columns[i].size);
        if (!*array)
            return false;
        put(*array, 0, *column_pointer(&out_of, &held_batch_columns[i]), from->count,
            held_batch_columns[i].size);
    }
    part->batch.input = arena_text(&part->words, from->input, strlen(from->input));
    return part->batch.input != NULL;
}

/* The groups that have values, and the records' places in them. */
static bool copy_groups(held_part *part, const graded_batch *from)
{
    uint16_t     *group = (uint16_t *)part->batch.group;
    graded_group *groups = arena_array(&part->columns, from->group_count + 1, sizeof *groups);
    size_t        count = 0;

    if (!groups)
        return false;
    for (size_t g = 0; g < from->group_count; g++) {
        const graded_group *of = &from->groups[g];
        for (size_t k = 0; k < of->count; k++)
            group[of->rows[k]] = of->failed ? GROUP_NONE : (uint16_t)count;
        if (of->failed)
            continue;
        if (!group_make(&groups[count], of, of->count, &part->columns))
            return false;
        group_put(&groups[count++], 0, of);
    }
    part->batch.groups = groups;
    part->batch.group_count = count;
    return true;
}

held_part *part_copy(const graded_batch *batch)
{
    held_part *part = calloc(1, sizeof *part);

    if (part && copy_records(part, batch) && copy_groups(part, batch) && keep_words(part))
        return part;
    part_free(part);
    return NULL;
}

void part_free(held_part *part)
{
    if (!part)
        return;
    arena_free(&part->columns);
    arena_free(&part->words);
    free(part);
}
