/* Records held under a rubric, and what their cases say. */
#include "mutation/watch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- The rubric that is asked ------------------------------------------------------------ */

/* A plugin sees nothing of a record to which its criterion does not apply. So each criterion that is
 * asked of some records is asked of all once more, and of that copy the values are what an edit of
 * applies_if needs. */
static bool make_asked(watch *out)
{
    const rubric *held = out->rubric;
    rubric       *asked = arena_array(&out->memory, 1, sizeof *asked);
    criterion    *criteria = arena_array(&out->memory, 2 * held->criterion_count, sizeof *criteria);
    size_t        count = held->criterion_count;

    out->probes = arena_array(&out->memory, held->criterion_count, sizeof *out->probes);
    if (!asked || !criteria || !out->probes)
        return false;
    memcpy(criteria, held->criteria, count * sizeof *criteria);
    for (size_t c = 0; c < held->criterion_count; c++) {
        out->probes[c] = c;
        if (!held->criteria[c].applies_field)
            continue;
        out->probes[c] = count;
        criteria[count] = held->criteria[c];
        criteria[count].applies_field = NULL;
        criteria[count].weight = 0;
        criteria[count++].limit_count = 0;
    }
    *asked = *held;
    asked->criteria = criteria;
    asked->criterion_count = count;
    out->asked = asked;
    return true;
}

/* ---- What cases say -------------------------------------------------------------------------- */

static level level_of(const rubric *held, const char *word)
{
    for (level l = 0; l < held->scale.count; l++)
        if (strcmp(held->scale.ids[l], word) == 0)
            return l;
    return LEVEL_NONE;
}

static uint8_t judgement_of(const rubric *held, const char *word)
{
    if (!word)
        return NOT_SAID;
    const level named = level_of(held, word);
    return named != LEVEL_NONE         ? named
           : strcmp(word, "none") == 0 ? (uint8_t)JUDGEMENT_NONE
                                       : (uint8_t)JUDGEMENT_NOT_GRADED;
}

static uint8_t status_of(const char *word)
{
    if (!word)
        return NOT_SAID;
    return strcmp(word, "graded") == 0     ? STATUS_GRADED
           : strcmp(word, "rejected") == 0 ? STATUS_REJECTED
                                           : STATUS_INSUFFICIENT;
}

static uint8_t rating_of(const rubric *held, const char *word)
{
    if (!word)
        return NOT_SAID;
    const level named = level_of(held, word);
    return named != LEVEL_NONE            ? named
           : strcmp(word, "missing") == 0 ? (uint8_t)RATING_MISSING
                                          : (uint8_t)RATING_NOT_APPLICABLE;
}

/* "a;b", or "none" */
static void read_limits(const rubric *held, const char *joined, bool *out)
{
    while (*joined) {
        const size_t size = strcspn(joined, ";");
        const size_t c = rubric_find_criterion(held, (text){joined, size});
        if (c != SIZE_MAX)
            out[c] = true;
        joined += size + (joined[size] == ';');
    }
}

static bool read_case(watch *out, const expectation *said, watch_case *one)
{
    const size_t count = out->rubric->criterion_count;
    bool        *limits = arena_array(&out->memory, count, sizeof *limits);
    uint8_t     *ratings = arena_array(&out->memory, count, 1);

    if (!limits || !ratings)
        return false;
    for (size_t c = 0; c < count; c++)
        ratings[c] = rating_of(out->rubric, said->ratings[c]);
    if (said->limited_by)
        read_limits(out->rubric, said->limited_by, limits);
    *one = (watch_case){
        .name = said->name,
        .judgement = judgement_of(out->rubric, said->judgement),
        .status = status_of(said->status),
        .limits_said = said->limited_by != NULL,
        .limits = limits,
        .ratings = ratings,
    };
    return true;
}

/* Cases stand on the lines of their records. */
static bool read_cases(watch *out, const expectations *said)
{
    watch_case *cases = arena_array(&out->memory, out->group.count, sizeof *cases);
    size_t      next = 0;

    for (size_t k = 0; cases && k < out->group.count; k++) {
        const uint64_t line = out->held.batch.line[out->group.rows[k]];
        while (next < said->count && said->items[next].line < line)
            next++;
        if (next == said->count || said->items[next].line != line ||
            !read_case(out, &said->items[next], &cases[k]))
            return false;
    }
    out->cases = cases;
    return cases != NULL;
}

/* ---- Grading once ---------------------------------------------------------------------------- */

static bool take_input(const record_source *source, const mutation_inputs *inputs,
                       const grade_options *options, const grade_sink *sink, error_list *errors)
{
    grade_totals totals = {0};
    records     *input = records_open(source, inputs ? inputs->columns : NULL, errors);
    const bool   graded = input && grade_input(input, options, sink, &totals, errors);

    records_close(input);
    return graded;
}

static bool take_inputs(watch *out, const mutation_inputs *inputs, const char *cases,
                        const mutation_grader *grader, error_list *errors)
{
    const record_source source = {.path = cases};
    const grade_options options = {
        .library = grader->library,
        .plugins = grader->plugins,
        .rubric = out->asked,
        .threads = grader->threads,
    };
    grade_sink sink;

    if (!held_sink(&out->held, &sink))
        return error_memory(errors);
    if (cases && !take_input(&source, NULL, &options, &sink, errors))
        return false;
    for (size_t i = 0; !cases && i < inputs->count; i++)
        if (!take_input(&inputs->sources[i], inputs, &options, &sink, errors))
            return false;
    return held_join(&out->held) || error_memory(errors);
}

/* The records as the rubric itself grades them: the arrays of its criteria come first. */
static bool grade_own(watch *out)
{
    const graded_batch *all = &out->held.batch;

    out->group = (graded_group){.rubric = out->rubric};
    if (all->group_count > 0)
        out->group = all->groups[0];
    out->group.rubric = out->rubric;
    if (out->group.count == 0)
        return true;
    return held_grades_init(&out->own, &out->group, 1) && held_regrade(&out->own, out->rubric);
}

static bool agrees(const watch *held, error_list *errors)
{
    watcher  again;
    mutant   none = {.touches = TOUCHES_SCORE, .criterion = SIZE_MAX, .edited = *held->rubric};
    size_t   first = 0;
    uint64_t differ = 0;

    if (held->group.count == 0)
        return true;
    const bool fine = watcher_init(&again, held) && watcher_count(&again, &none, &differ, &first);
    watcher_free(&again);
    if (!fine)
        return error_memory(errors);
    if (differ > 0)
        error_add(errors, FAULT_USAGE, held->held.inputs[0],
                  held->held.batch.line[held->group.rows[first]], 0,
                  "the case \"%s\" fails by the rubric as it is; make \"assay rubric test\" pass "
                  "before you ask what the cases would notice",
                  held->cases[first].name);
    return differ == 0;
}

bool watch_records(watch *out, const rubric *held, const mutation_inputs *inputs, const char *cases,
                   const mutation_grader *grader, error_list *errors)
{
    expectations said = {0};

    *out = (watch){.rubric = held, .score = !cases};
    bool fine = !cases || expectations_read(&said, cases, held, &out->memory, errors);
    fine = fine && (make_asked(out) || error_memory(errors)) &&
           take_inputs(out, inputs, cases, grader, errors) &&
           (grade_own(out) || error_memory(errors));
    if (fine && cases)
        fine = (read_cases(out, &said) || error_memory(errors)) && agrees(out, errors);
    expectations_free(&said);
    return fine;
}

void watch_free(watch *unwanted)
{
    held_grades_free(&unwanted->own);
    held_free(&unwanted->held);
    arena_free(&unwanted->memory);
    *unwanted = (watch){0};
}

const char *watch_name(const watch *held, size_t k, arena *memory)
{
    const size_t record = held->group.rows[k];
    const text   id = held->held.batch.audit_id[record];
    char         line[32];

    if (held->cases)
        return arena_text(memory, held->cases[k].name, strlen(held->cases[k].name));
    if (id.size > 0)
        return arena_text(memory, id.at, id.size);
    snprintf(line, sizeof line, "line %llu", (unsigned long long)held->held.batch.line[record]);
    return arena_text(memory, line, strlen(line));
}
