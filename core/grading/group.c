#include "grading/group.h"

#include <stdlib.h>
#include <string.h>

bool group_init(group_work *work, rubric_plan *bound, const records *input)
{
    *work = (group_work){.bound = bound};
    work->columns = calloc(bound->use_count, sizeof *work->columns);
    if (!work->columns)
        return false;
    for (size_t u = 0; u < bound->use_count; u++) {
        const field_use *use = &bound->uses[u];
        if (!column_init(&work->columns[u], input, use->slot, use->type, use->spellings))
            return false;
    }
    return true;
}

void group_free(group_work *work)
{
    for (size_t u = 0; work->columns && u < work->bound->use_count; u++)
        column_free(&work->columns[u]);
    free(work->columns);
    arena_free(&work->memory);
    *work = (group_work){0};
}

/* Whether criterion c writes values of its own; ratings and numbers point into columns. */
static bool has_space(const criterion *asked)
{
    return asked->kind == MEASURE_DAYS || asked->kind == MEASURE_WORKING_DAYS ||
           asked->kind == MEASURE_PLUGIN;
}

static bool reserve_criteria(group_work *work, size_t capacity)
{
    const rubric *held = work->bound->rubric;
    arena *memory = &work->memory;
    uint8_t *masked = arena_array(memory, measure_inputs(held), capacity);

    work->spaces = arena_array(memory, held->criterion_count, sizeof *work->spaces);
    work->values = arena_array(memory, held->criterion_count, sizeof *work->values);
    work->ratings = arena_array(memory, held->criterion_count, sizeof *work->ratings);
    if (!masked || !work->spaces || !work->values || !work->ratings)
        return false;
    for (size_t c = 0; c < held->criterion_count; c++) {
        measure_space *space = &work->spaces[c];
        work->ratings[c] = arena_array(memory, capacity, 1);
        if (!work->ratings[c])
            return false;
        if (!has_space(&held->criteria[c]))
            continue;
        *space = (measure_space){
            .capacity = capacity,
            .status = arena_array(memory, capacity, 1),
            .numbers = arena_array(memory, capacity, sizeof(double)),
            .bytes = arena_array(memory, capacity, 1),
            .masked = masked,
        };
        if (!space->status || !space->numbers || !space->bytes)
            return false;
    }
    return true;
}

static bool reserve_judgement(group_work *work, size_t capacity)
{
    arena *memory = &work->memory;
    judge_space *judged = &work->judged;

    *judged = (judge_space){
        .points = arena_array(memory, capacity, sizeof(uint32_t)),
        .weight = arena_array(memory, capacity, sizeof(uint32_t)),
        .missing = arena_array(memory, capacity, sizeof(uint32_t)),
        .counts = arena_array(memory, capacity, LEVELS_MAX * sizeof(uint16_t)),
        .cap = arena_array(memory, capacity, 1),
        .base = arena_array(memory, capacity, 1),
        .stepped = arena_array(memory, capacity, 1),
        .coverage = arena_array(memory, capacity, 1),
        .judgement = arena_array(memory, capacity, 1),
        .capacity = capacity,
    };
    return judged->points && judged->weight && judged->missing && judged->counts && judged->cap &&
           judged->base && judged->stepped && judged->coverage && judged->judgement;
}

bool group_reserve(group_work *work, size_t capacity)
{
    if (capacity <= work->capacity)
        return true;
    arena_free(&work->memory);
    work->capacity = 0;
    work->rows = arena_array(&work->memory, capacity, sizeof *work->rows);
    work->records = arena_array(&work->memory, capacity, sizeof *work->records);
    work->applies = arena_array(&work->memory, capacity, 1);
    work->invalid = arena_array(&work->memory, capacity, 1);
    if (!work->rows || !work->records || !work->applies || !work->invalid || !reserve_criteria(work, capacity) ||
        !reserve_judgement(work, capacity))
        return false;
    work->capacity = capacity;
    return true;
}

/* Where criterion c applies, or NULL where it always does (grading.md 5). */
static const uint8_t *applies_to(group_work *work, size_t c)
{
    const size_t use = work->bound->applies[c];
    if (use == USE_NONE)
        return NULL;

    const uint8_t *matches = work->columns[use].bytes;
    const uint8_t wanted = !work->bound->rubric->criteria[c].applies_not;
    for (size_t k = 0; k < work->count; k++)
        work->applies[k] = matches[k] == wanted;
    return work->applies;
}

bool group_grade(group_work *work, const chunk *from)
{
    const rubric *held = work->bound->rubric;

    work->failure = NULL;
    for (size_t u = 0; u < work->bound->use_count; u++)
        if (!column_decode(&work->columns[u], from, work->rows, work->count))
            return false;

    memset(work->invalid, 0, work->count);
    for (size_t c = 0; c < held->criterion_count; c++) {
        const uint8_t *applies = applies_to(work, c);
        uint8_t *ratings = work->ratings[c];

        if (!measure_values(work->bound, c, work->columns, applies, work->count,
                            &work->spaces[c], &work->values[c])) {
            work->failure = held->criteria[c].measure_name;
            return true;
        }
        rate_values(&held->criteria[c], &work->values[c], applies, work->count, ratings);
        for (size_t k = 0; k < work->count; k++)
            work->invalid[k] |= ratings[k] == RATING_INVALID;
    }
    judge_batch(held, (const uint8_t *const *)work->ratings, work->count, &work->judged);
    return true;
}

graded_group group_results(const group_work *work)
{
    return (graded_group){
        .rubric = work->bound->rubric,
        .count = work->count,
        .rows = work->records,
        .ratings = (const uint8_t *const *)work->ratings,
        .values = work->values,
        .points = work->judged.points,
        .weight = work->judged.weight,
        .base = work->judged.base,
        .stepped = work->judged.stepped,
        .cap = work->judged.cap,
    };
}
