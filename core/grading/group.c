#include "grading/group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool group_init(group_work *work, rubric_plan *bound, const records *input, runner_list *runners)
{
    *work = (group_work){.bound = bound, .runners = runners};
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

    work->spaces = arena_array(memory, held->criterion_count, sizeof *work->spaces);
    work->values = arena_array(memory, held->criterion_count, sizeof *work->values);
    work->ratings = arena_array(memory, held->criterion_count, sizeof *work->ratings);
    work->applies = arena_array(memory, held->criterion_count, sizeof *work->applies);
    work->calls = arena_array(memory, held->criterion_count, sizeof *work->calls);
    if (!work->spaces || !work->values || !work->ratings || !work->applies || !work->calls)
        return false;
    for (size_t c = 0; c < held->criterion_count; c++) {
        measure_space *space = &work->spaces[c];
        work->ratings[c] = arena_array(memory, capacity, 1);
        if (held->criteria[c].applies_field)
            work->applies[c] = arena_array(memory, capacity, 1);
        if (!work->ratings[c] || (held->criteria[c].applies_field && !work->applies[c]))
            return false;
        if (!has_space(&held->criteria[c]))
            continue;
        const size_t inputs = held->criteria[c].input_count + 1;
        *space = (measure_space){
            .capacity = capacity,
            .status = arena_array(memory, capacity, 1),
            .numbers = arena_array(memory, capacity, sizeof(double)),
            .bytes = arena_array(memory, capacity, 1),
            .masked = arena_array(memory, inputs, capacity),
            .inputs = arena_array(memory, inputs, sizeof *space->inputs),
        };
        if (!space->status || !space->numbers || !space->bytes || !space->masked ||
            !space->inputs)
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
        .cap = arena_array(memory, capacity, 1),
        .base = arena_array(memory, capacity, 1),
        .stepped = arena_array(memory, capacity, 1),
        .coverage = arena_array(memory, capacity, 1),
        .judgement = arena_array(memory, capacity, 1),
    };
    return judged->points && judged->weight && judged->cap && judged->base && judged->stepped &&
           judged->coverage && judged->judgement;
}

bool group_reserve(group_work *work, size_t capacity)
{
    if (capacity <= work->capacity)
        return true;
    capacity += capacity / 4;
    arena_free(&work->memory);
    work->capacity = 0;
    work->rows = arena_array(&work->memory, capacity, sizeof *work->rows);
    work->records = arena_array(&work->memory, capacity, sizeof *work->records);
    work->invalid = arena_array(&work->memory, capacity, 1);
    if (!work->rows || !work->records || !work->invalid || !reserve_criteria(work, capacity) ||
        !reserve_judgement(work, capacity))
        return false;
    work->capacity = capacity;
    return true;
}

/* restrict, here and in rate.c and judge.c: bytes may alias anything, and the loops over them
 * become vector code only where the compiler knows that they do not. */
static void note_invalid(uint8_t *restrict invalid, const uint8_t *restrict ratings, size_t count)
{
    for (size_t k = 0; k < count; k++)
        invalid[k] |= ratings[k] == RATING_INVALID;
}

static void compare(uint8_t *restrict out, const uint8_t *restrict bytes, uint8_t wanted,
                    size_t count)
{
    for (size_t k = 0; k < count; k++)
        out[k] = bytes[k] == wanted;
}

/* Where criterion c applies, or NULL where it always does (grading.md 5). */
static const uint8_t *applies_to(const group_work *work, size_t c)
{
    const size_t use = work->bound->applies[c];
    if (use == USE_NONE)
        return NULL;
    compare(work->applies[c], work->columns[use].bytes,
            !work->bound->rubric->criteria[c].applies_not, work->count);
    return work->applies[c];
}

/* What follows the calls of plugin p. A measure that says that it failed as a whole grades none. */
static void finish_calls(group_work *work, size_t p)
{
    const rubric *held = work->bound->rubric;
    const plugin_call *call = work->calls;

    for (size_t c = 0; c < held->criterion_count; c++) {
        if (work->bound->plugin_of[c] != p)
            continue;
        if ((call++)->failed && !work->failure) {
            snprintf(work->failed, sizeof work->failed,
                     "the measure %s failed; tell the author of the plugin",
                     held->criteria[c].measure_name);
            work->failure = work->failed;
        }
        measure_finish(work->bound, c, work->columns, work->count, &work->spaces[c]);
    }
}

/* Runs the calls of the criteria that plugin p measures, all at once: an isolated plugin is waited
 * for once a batch. False where memory is out. */
static bool run_plugin(group_work *work, size_t p)
{
    const rubric_plan *bound = work->bound;
    const size_t criteria = bound->rubric->criterion_count;
    plugin_runner *runner = runners_of(work->runners, bound->plugins[p]);
    size_t count = 0;

    if (!runner)
        return false;
    for (size_t c = 0; c < criteria; c++)
        if (bound->plugin_of[c] == p)
            measure_values(bound, c, work->columns, applies_to(work, c), work->count,
                           &work->spaces[c], &work->values[c], &work->calls[count++]);

    const plugin_outcome outcome = plugin_run(runner, work->calls, count);
    if (outcome == PLUGIN_NO_MEMORY)
        return false;
    if (outcome == PLUGIN_STOPPED) {
        snprintf(work->failed, sizeof work->failed, "%s", plugin_runner_why(runner, 0));
        work->failure = work->failed;
        work->stopped = true;
        work->no_system = plugin_runner_lacks_system(runner);
        return true;
    }
    finish_calls(work, p);
    return true;
}

bool group_grade(group_work *work, const chunk *from)
{
    const rubric_plan *bound = work->bound;
    const rubric *held = bound->rubric;

    work->failure = NULL;
    work->stopped = false;
    for (size_t u = 0; u < bound->use_count; u++)
        if (!column_decode(&work->columns[u], from, work->rows, work->count))
            return false;
    for (size_t p = 0; p < bound->plugin_count && !work->failure; p++)
        if (!run_plugin(work, p))
            return false;
    if (work->failure)
        return true;

    memset(work->invalid, 0, work->count);
    for (size_t c = 0; c < held->criterion_count; c++) {
        const bool built_in = held->criteria[c].kind != MEASURE_PLUGIN;
        const uint8_t *applies = built_in ? applies_to(work, c) : work->applies[c];

        if (built_in)
            measure_values(bound, c, work->columns, applies, work->count, &work->spaces[c],
                           &work->values[c], NULL);
        rate_values(&held->criteria[c], &work->values[c], applies, work->count, work->ratings[c]);
        note_invalid(work->invalid, work->ratings[c], work->count);
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
        .applies = (const uint8_t *const *)work->applies,
        .points = work->judged.points,
        .weight = work->judged.weight,
        .base = work->judged.base,
        .stepped = work->judged.stepped,
        .cap = work->judged.cap,
        .reads = work->bound->reads,
    };
}
