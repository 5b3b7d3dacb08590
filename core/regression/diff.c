/* diff.c - two gradings of the same records, held against each other. */
#include <stdlib.h>
#include <string.h>

#include "regression/attribution.h"
#include "regression/compare.h"

/* ---- In input order, while the second side is graded ------------------------------------ */

typedef struct {
    verdict_maker maker;
    diff         *out;
    size_t        next; /* of the side that is kept */
    size_t        hint;
} pairing;

static void *render_block(void *user, const graded_batch *batch)
{
    const pairing *at = user;
    return verdict_block_of(&at->maker, batch);
}

static bool input_changed(const verdict *at, error_list *errors)
{
    error_add(errors, FAULT_INPUT, at->input, 0, 0,
              "changed while it was read; compare again once nobody writes to it");
    return false;
}

static bool deliver_block(void *user, void *rendered, error_list *errors)
{
    pairing            *at = user;
    verdict_block      *block = rendered;
    const verdict_list *before = &at->out->private->before;
    bool                keep = false, fine = true;

    for (size_t i = 0; fine && i < block->count; i++) {
        const verdict *to = &block->items[i];
        const verdict *from =
            at->next < before->count ? verdict_at(before, at->next++, &at->hint) : NULL;
        if (!from || from->line != to->line)
            fine = input_changed(to, errors);
        else if (!diff_pair(at->out, from, to, &keep))
            fine = error_memory(errors);
    }
    if (!keep || !fine) {
        verdict_block_free(block);
        return fine;
    }
    return verdicts_add(&at->out->private->moved, block) || error_memory(errors);
}

static void discard_block(void *user, void *rendered)
{
    (void)user;
    verdict_block_free(rendered);
}

static bool grade_both(diff *out, const grading_side *a, const grading_side *b,
                       const diff_inputs *inputs, grade_totals totals[2], error_list *errors)
{
    pairing          at = {.out = out};
    const grade_sink sink = {&at, render_block, deliver_block, discard_block};
    error_list       again = {0}; /* the second reading tells the same of the inputs */

    if (!verdicts_grade(&out->private->before, a, inputs, NULL, &totals[0], errors))
        return false;
    at.maker.yardsticks = yardsticks_of(b, &at.maker.yardstick_count, &out->private->moved.memory);
    bool fine = at.maker.yardsticks || error_memory(errors);
    for (size_t i = 0; fine && i < inputs->count; i++)
        fine = side_grade(b, inputs, i, NULL, &sink, &totals[1], &again);
    for (size_t f = 0; f < again.count; f++) {
        const fault *one = &again.items[f];
        bool         known = false;
        for (size_t g = 0; g < errors->count; g++)
            known |= strcmp(errors->items[g].text, one->text) == 0;
        if (!known)
            error_add(errors, one->kind, one->file, one->line, one->column, "%s", one->text);
    }
    error_clear(&again);
    return fine && diff_end(out);
}

/* ---- Why ------------------------------------------------------------------------------------- */

/* The edit of a pair of rubrics, made when it is first met. NULL where memory is out. */
static rubric_edit *edit_of(diff *out, const rubric *before, const rubric *after,
                            const plugin_set *plugins[PROBES], error_list *errors)
{
    for (size_t e = 0; e < out->edit_count; e++)
        if (out->edits[e]->before == before && out->edits[e]->after == after)
            return out->edits[e];
    if (out->edit_count == out->private->edit_room) {
        const size_t  room = out->edit_count * 2 + 8;
        rubric_edit **more = realloc(out->edits, room * sizeof *more);
        if (!more) {
            error_memory(errors);
            return NULL;
        }
        out->edits = more;
        out->private->edit_room = room;
    }
    rubric_edit *made = calloc(1, sizeof *made);
    if (!made ||
        !edit_make(made, before, after, plugins[PROBE_BEFORE], plugins[PROBE_AFTER], errors)) {
        if (!made)
            error_memory(errors);
        else
            edit_free(made);
        free(made);
        return NULL;
    }
    return out->edits[out->edit_count++] = made;
}

static bool find_edits(diff *out, const plugin_set *plugins[PROBES], error_list *errors)
{
    for (size_t m = 0; m < out->move_count; m++) {
        move *at = &out->moves[m];
        if (!at->from.by || !at->to.by || !at->from.by->rubric || !at->to.by->rubric)
            continue;
        rubric_edit *edit = edit_of(out, at->from.by->rubric, at->to.by->rubric, plugins, errors);
        if (!edit)
            return false;
        at->edit = edit;
    }
    return true;
}

/* One edit's moves, rated by one of its probes. */
typedef struct {
    moved_records     moved;
    const edit_probe *probe;
    size_t            first; /* of the moves in the input at hand */
    size_t            end;
} probing;

static int compare_line(const void *key, const void *item)
{
    const uint64_t line = *(const uint64_t *)key;
    const uint64_t other = (*(move *const *)item)->to.line;

    return (line > other) - (line < other);
}

/* A plugin that fails on a record gives none of its measures an answer for it. */
static uint8_t rating_of(const graded_group *group, size_t c, size_t k)
{
    const uint8_t rating = group->ratings[c][k];
    const bool    failed = rating == RATING_INVALID &&
                        group->rubric->criteria[c].kind == MEASURE_PLUGIN &&
                        group->values[c].status[k] == PLUGIN_RECORD_FAILED;

    return failed ? (uint8_t)VARIANT_FAILED : rating;
}

/* Copies the ratings of records that moved; each has its own place, so threads do not meet. */
static void *render_probe(void *user, const graded_batch *batch)
{
    const probing *at = user;

    for (size_t i = 0; i < batch->count; i++) {
        move *const *found = bsearch(&batch->line[i], at->moved.moves + at->first,
                                     at->end - at->first, sizeof *found, compare_line);
        if (!found || batch->group[i] == GROUP_NONE || batch->groups[batch->group[i]].failed)
            continue;
        uint8_t *row =
            at->moved.variants + (size_t)(found - at->moved.moves) * at->moved.edit->variant_count;
        const graded_group *group = &batch->groups[batch->group[i]];
        for (size_t c = 0; c < at->probe->rubric->criterion_count; c++)
            row[at->probe->variant[c]] = rating_of(group, c, batch->place[i]);
    }
    return user;
}

/* The moves stand in the order of inputs and lines: those of one input are side by side. */
static bool probe_inputs(probing *at, const grading_side *by, const diff_inputs *inputs,
                         error_list *errors)
{
    const grade_sink sink = {at, render_probe, NULL, NULL};
    grading_side     side = *by;
    grade_totals     totals = {0};
    error_list       again = {0};
    bool             fine = true;

    side.rubric = at->probe->rubric;
    at->end = 0;
    for (size_t i = 0; fine && i < inputs->count && at->end < at->moved.count; i++) {
        const char *name =
            inputs->sources[i].name ? inputs->sources[i].name : inputs->sources[i].path;
        at->first = at->end;
        while (at->end < at->moved.count && strcmp(at->moved.moves[at->end]->to.input, name) == 0 &&
               (at->end == at->first ||
                at->moved.moves[at->end]->to.line > at->moved.moves[at->end - 1]->to.line))
            at->end++;
        if (at->end > at->first)
            fine = side_grade(&side, inputs, i, NULL, &sink, &totals, &again);
    }
    if (!fine)
        error_append(errors, &again);
    error_clear(&again);
    return fine;
}

static bool probe_sides(probing *at, const grading_side *sides[PROBES], const diff_inputs *inputs,
                        error_list *errors)
{
    memset(at->moved.variants, VARIANT_NONE, at->moved.count * at->moved.edit->variant_count);
    for (int p = 0; p < PROBES; p++) {
        at->probe = &at->moved.edit->probes[p];
        if (at->probe->rubric->criterion_count > 0 && !probe_inputs(at, sides[p], inputs, errors))
            return false;
    }
    return true;
}

static bool explain_edit(diff *out, rubric_edit *edit, const grading_side *sides[PROBES],
                         const diff_inputs *inputs, error_list *errors)
{
    probing at = {.moved = {.edit = edit, .moves = calloc(out->move_count + 1, sizeof(move *))}};

    if (!at.moved.moves)
        return error_memory(errors);
    for (size_t m = 0; m < out->move_count; m++)
        if (out->moves[m].edit == edit)
            at.moved.moves[at.moved.count++] = &out->moves[m];
    at.moved.variants = calloc(at.moved.count + 1, edit->variant_count);
    const bool probed =
        at.moved.variants ? probe_sides(&at, sides, inputs, errors) : error_memory(errors);
    const bool fine =
        probed && (attribute_moves(&at.moved, &out->private->memory) || error_memory(errors));
    free(at.moved.variants);
    free(at.moved.moves);
    return fine;
}

bool diff_grade(diff *out, const grading_side *a, const grading_side *b, const diff_inputs *inputs,
                const diff_options *options, grade_totals totals[2], error_list *errors)
{
    const grading_side *sides[PROBES] = {a, b};
    const plugin_set   *plugins[PROBES] = {a->plugins, b->plugins};

    *out = (diff){.a = a->name, .b = b->name};
    if (!diff_begin(out, options))
        return error_memory(errors);
    if (!grade_both(out, a, b, inputs, totals, errors) || !find_edits(out, plugins, errors))
        return false;
    for (size_t e = 0; e < out->edit_count; e++)
        if (!out->edits[e]->undecided && out->edits[e]->change_count > 0 &&
            !explain_edit(out, out->edits[e], sides, inputs, errors))
            return false;
    return true;
}

void diff_notice_nothing(const diff *from, error_list *errors)
{
    if (from->records > 0)
        return;
    if (from->only_a_count + from->only_b_count == 0)
        error_add(errors, FAULT_NOTICE, NULL, 0, 0,
                  "nothing was compared: neither side has a record; give files that hold some");
    else
        error_add(
            errors, FAULT_NOTICE, NULL, 0, 0,
            "nothing was compared: no audit id is in both sides (%zu in %s alone, %zu in %s); "
            "compare gradings of the same records",
            from->only_a_count, from->a, from->only_b_count, from->b);
}
