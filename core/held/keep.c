#include "held/keep.h"

#include <stdlib.h>
#include <string.h>

struct held_keep {
    held_part **parts; /* in input order */
    size_t      count;
    size_t      capacity;
    arena       memory; /* the joined arrays */
};

/* ---- The sink ------------------------------------------------------------------- */

static void *render_part(void *user, const graded_batch *batch)
{
    (void)user;
    return part_copy(batch);
}

static bool deliver_part(void *user, void *rendered, error_list *errors)
{
    struct held_keep *keep = user;

    if (keep->count == keep->capacity) {
        const size_t capacity = keep->capacity * 2 + 16;
        held_part  **more = realloc(keep->parts, capacity * sizeof *more);
        if (!more) {
            part_free(rendered);
            return error_memory(errors);
        }
        keep->parts = more;
        keep->capacity = capacity;
    }
    keep->parts[keep->count++] = rendered;
    return true;
}

static void discard_part(void *user, void *rendered)
{
    (void)user;
    part_free(rendered);
}

bool held_sink(held_records *held, grade_sink *out)
{
    if (!held->keep)
        held->keep = calloc(1, sizeof *held->keep);
    *out = (grade_sink){held->keep, render_part, deliver_part, discard_part};
    return held->keep != NULL;
}

/* ---- Joining -------------------------------------------------------------------- */

/* Names the inputs. Parts of one input follow each other. */
static bool join_inputs(held_records *held)
{
    const struct held_keep *keep = held->keep;
    const char **names = arena_array(&held->keep->memory, keep->count + 1, sizeof *names);
    uint32_t    *input = arena_array(&held->keep->memory, held->batch.count + 1, sizeof *input);
    size_t       count = 0, first = 0;

    if (!names || !input)
        return false;
    for (size_t p = 0; p < keep->count; p++) {
        const graded_batch *part = &keep->parts[p]->batch;
        if (count == 0 || strcmp(names[count - 1], part->input) != 0)
            names[count++] = part->input;
        for (size_t i = 0; i < part->count; i++)
            input[first + i] = (uint32_t)count - 1;
        first += part->count;
    }
    held->inputs = names;
    held->input_count = count;
    held->input = input;
    return true;
}

static bool join_records(held_records *held)
{
    const struct held_keep *keep = held->keep;

    for (size_t i = 0; i < BATCH_COLUMNS; i++) {
        const held_column *of = &held_batch_columns[i];
        char              *to = arena_array(&held->keep->memory, held->batch.count + 1, of->size);
        if (!to)
            return false;
        *column_pointer(&held->batch, of) = to;
        for (size_t p = 0; p < keep->count; p++) {
            graded_batch *part = &keep->parts[p]->batch;
            memcpy(to, *column_pointer(part, of), part->count * of->size);
            to += part->count * of->size;
        }
    }
    return true;
}

/* The group of a rubric, or `count` where it has none yet. */
static size_t group_of(const graded_group *groups, size_t count, const rubric *graded_by)
{
    size_t g = 0;
    while (g < count && groups[g].rubric != graded_by)
        g++;
    return g;
}

/* The joined groups with the count of each, and the first group of a part that each is like. */
static size_t count_groups(const struct held_keep *keep, graded_group *groups,
                           const graded_group **like)
{
    size_t count = 0;

    for (size_t p = 0; p < keep->count; p++)
        for (size_t g = 0; g < keep->parts[p]->batch.group_count; g++) {
            const graded_group *part = &keep->parts[p]->batch.groups[g];
            const size_t        found = group_of(groups, count, part->rubric);
            if (found == count) {
                like[count] = part;
                groups[count++] = (graded_group){.rubric = part->rubric};
            }
            groups[found].count += part->count;
        }
    return count;
}

/* Puts a group of a part, whose first record is `first` of all, behind what its group has. */
static void put_group(held_records *held, const graded_group *to, size_t group, size_t at,
                      const graded_group *from, size_t first)
{
    uint32_t *rows = (uint32_t *)to->rows + at;

    group_put(to, at, from);
    for (size_t k = 0; k < from->count; k++) {
        rows[k] += (uint32_t)first;
        ((uint16_t *)held->batch.group)[rows[k]] = (uint16_t)group;
        ((uint32_t *)held->batch.place)[rows[k]] = (uint32_t)(at + k);
    }
}

static bool put_groups(held_records *held, graded_group *groups, size_t count)
{
    const struct held_keep *keep = held->keep;
    size_t                 *filled = calloc(count + 1, sizeof *filled);
    size_t                  first = 0;

    for (size_t p = 0; filled && p < keep->count; p++) {
        const graded_batch *part = &keep->parts[p]->batch;
        for (size_t g = 0; g < part->group_count; g++) {
            const size_t to = group_of(groups, count, part->groups[g].rubric);
            put_group(held, &groups[to], to, filled[to], &part->groups[g], first);
            filled[to] += part->groups[g].count;
        }
        first += part->count;
    }
    const bool fine = filled != NULL;
    free(filled);
    return fine;
}

static bool join_groups(held_records *held)
{
    struct held_keep *keep = held->keep;
    size_t            most = 0;

    for (size_t p = 0; p < keep->count; p++)
        most += keep->parts[p]->batch.group_count;
    graded_group        *groups = arena_array(&keep->memory, most + 1, sizeof *groups);
    const graded_group **like = calloc(most + 1, sizeof *like);
    bool                 fine = groups && like;

    const size_t count = fine ? count_groups(keep, groups, like) : 0;
    for (size_t g = 0; fine && g < count; g++)
        fine = group_make(&groups[g], like[g], groups[g].count, &keep->memory);
    free(like);
    held->batch.groups = groups;
    held->batch.group_count = count;
    return fine && put_groups(held, groups, count);
}

bool held_join(held_records *held)
{
    struct held_keep *keep = held->keep;

    held->batch = (graded_batch){.input = ""};
    for (size_t p = 0; p < keep->count; p++)
        held->batch.count += keep->parts[p]->batch.count;
    if (held->batch.count > UINT32_MAX || !join_records(held) || !join_inputs(held) ||
        !join_groups(held))
        return false;
    for (size_t p = 0; p < keep->count; p++)
        arena_free(&keep->parts[p]->columns);
    return true;
}

void held_free(held_records *held)
{
    struct held_keep *keep = held->keep;

    for (size_t p = 0; keep && p < keep->count; p++)
        part_free(keep->parts[p]);
    if (keep) {
        free(keep->parts);
        arena_free(&keep->memory);
    }
    free(keep);
    *held = (held_records){0};
}
