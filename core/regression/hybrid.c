/* hybrid.c - a rubric with some of its changes undone. */
#include <stdlib.h>
#include <string.h>

#include "regression/edit.h"

/* ---- The probe: every criterion in each of its variants ------------------------------- */

/* How the value is got, as it was before; where its kind is another, so is what rates it. */
static void undo_measure(criterion *out, const criterion *before)
{
    const bool other = out->gives_flag != before->gives_flag ||
                       (out->kind == MEASURE_RATING) != (before->kind == MEASURE_RATING);

    out->kind = before->kind;
    out->measure_name = before->measure_name;
    out->inputs = before->inputs;
    out->input_count = before->input_count;
    out->plugin = before->plugin;
    out->plugin_measure = before->plugin_measure;
    out->parameters = before->parameters;
    out->calendar = before->calendar;
    out->unit = before->unit;
    out->gives_flag = before->gives_flag;
    if (other) {
        out->bands = before->bands;
        out->band_count = before->band_count;
        out->yes = before->yes;
        out->no = before->no;
    }
}

static bool undo_parameter(criterion *out, const criterion *before, size_t which, arena *memory)
{
    const size_t count = out->plugin->measures[out->plugin_measure].parameter_count;
    double      *mixed = arena_array(memory, count + 1, sizeof *mixed);

    if (!mixed)
        return false;
    memcpy(mixed, out->parameters, count * sizeof *mixed);
    mixed[which] = before->parameters[which];
    out->parameters = mixed;
    return true;
}

/* Levels are written as `levels` says. */
static bool read_levels_by(criterion *out, const scale *levels, arena *memory)
{
    criterion_input *inputs = arena_array(memory, out->input_count + 1, sizeof *inputs);

    if (!inputs)
        return false;
    for (size_t i = 0; i < out->input_count; i++) {
        inputs[i] = out->inputs[i];
        if (inputs[i].type == INPUT_LEVEL)
            inputs[i].spellings = levels->spellings;
    }
    out->inputs = inputs;
    return true;
}

static bool undo(rubric_edit *edit, criterion *out, const criterion *before,
                 const rubric_change *change)
{
    switch (change->kind) {
    case CHANGE_MEASURE:
        undo_measure(out, before);
        return true;
    case CHANGE_PARAMETER:
        return undo_parameter(out, before, change->which, &edit->memory);
    case CHANGE_BANDS:
        out->bands = before->bands;
        out->band_count = before->band_count;
        return true;
    case CHANGE_YES:
        out->yes = before->yes;
        return true;
    case CHANGE_NO:
        out->no = before->no;
        return true;
    case CHANGE_MISSING:
        out->if_missing = before->if_missing;
        return true;
    case CHANGE_APPLIES:
        out->applies_field = before->applies_field;
        out->applies_not = before->applies_not;
        out->applies_values = before->applies_values;
        out->applies_text = before->applies_text;
        return true;
    default: /* CHANGE_SCALE comes last: it is about the inputs that the others leave */
        return true;
    }
}

/* Bit b of `undone` stands for toggle b. */
static bool make_variant(rubric_edit *edit, const edited_criterion *of, size_t undone,
                         criterion *out)
{
    const scale *levels = &edit->after->scale;

    *out = of->after ? *of->after : *of->before;
    if (!of->after) {
        levels = &edit->before->scale;
    }
    for (size_t t = 0; t < of->toggle_count; t++) {
        const rubric_change *change = &edit->changes[of->toggles[t]];
        if (!(undone >> t & 1))
            continue;
        if (change->kind == CHANGE_SCALE)
            levels = &edit->before->scale;
        else if (!undo(edit, out, of->before, change))
            return false;
    }
    return read_levels_by(out, levels, &edit->memory);
}

bool edit_make_probe(rubric_edit *edit)
{
    criterion *variants = arena_array(&edit->memory, edit->variant_count + 1, sizeof *variants);

    edit->probe = arena_array(&edit->memory, 1, sizeof *edit->probe);
    if (!variants || !edit->probe)
        return false;
    for (size_t u = 0; u < edit->criterion_count; u++) {
        const edited_criterion *of = &edit->criteria[u];
        for (size_t v = 0; v < (size_t)1 << of->toggle_count; v++)
            if (!make_variant(edit, of, v, &variants[of->first_variant + v]))
                return false;
    }
    *edit->probe = *edit->after;
    edit->probe->criteria = variants;
    edit->probe->criterion_count = edit->variant_count;
    edit->probe->requirement_count = 0;
    edit->probe->overall = false;
    edit->probe->min_coverage = 0;
    return true;
}

/* ---- Hybrids ---------------------------------------------------------------------------- */

bool hybrid_init(hybrid *out, const rubric_edit *edit)
{
    *out = (hybrid){
        .variant = calloc(edit->criterion_count + 1, sizeof *out->variant),
        .criteria = calloc(edit->criterion_count + 1, sizeof *out->criteria),
        .requirements = calloc(edit->requirement_count + 1, sizeof *out->requirements),
        .ratings = calloc(edit->criterion_count + 1, 1),
    };
    if (out->variant && out->criteria && out->requirements && out->ratings)
        return true;
    hybrid_free(out);
    return false;
}

void hybrid_free(hybrid *unwanted)
{
    free(unwanted->variant);
    free(unwanted->criteria);
    free(unwanted->requirements);
    free(unwanted->ratings);
    *unwanted = (hybrid){0};
}

static void take_limits(criterion *out, const criterion *from)
{
    out->limits = from->limits;
    out->limit_count = from->limit_count;
    memcpy(out->cap, from->cap, sizeof out->cap);
}

/* A criterion without its toggles: what of it judges, and whether it is there at all. */
static void set_criterion(hybrid *out, const rubric_edit *edit, size_t u, const change_set *undone)
{
    const edited_criterion *of = &edit->criteria[u];

    out->criteria[u] = of->after ? *of->after : *of->before;
    size_t variant = of->first_variant;
    for (size_t t = 0; t < of->toggle_count; t++)
        variant += (size_t)change_set_has(undone, of->toggles[t]) << t;
    out->variant[u] = of->after ? variant : SIZE_MAX;
}

static void undo_change(hybrid *out, const rubric_edit *edit, const rubric_change *change)
{
    const edited_criterion *of =
        change->criterion == SIZE_MAX ? NULL : &edit->criteria[change->criterion];

    switch (change->kind) {
    case CHANGE_ADDED:
        out->variant[change->criterion] = SIZE_MAX;
        break;
    case CHANGE_REMOVED:
        out->variant[change->criterion] = of->first_variant;
        break;
    case CHANGE_WEIGHT:
        out->criteria[change->criterion].weight = of->before->weight;
        break;
    case CHANGE_LIMIT:
        take_limits(&out->criteria[change->criterion], of->before);
        break;
    case CHANGE_THRESHOLD:
        out->held.thousandths[change->which] = edit->before->thousandths[change->which];
        break;
    case CHANGE_COVERAGE:
        out->held.min_coverage = edit->before->min_coverage;
        break;
    case CHANGE_OVERALL:
        out->held.overall = edit->before->overall;
        break;
    default: /* a toggle of ratings, or a requirement */
        break;
    }
}

static void set_requirements(hybrid *out, const rubric_edit *edit, const change_set *undone)
{
    out->held.requirement_count = 0;
    for (size_t r = 0; r < edit->requirement_count; r++) {
        const edited_requirement *of = &edit->requirements[r];
        const bool    was = of->change != SIZE_MAX && change_set_has(undone, of->change);
        const int64_t most = was ? of->most_before : of->most_after;
        if (most >= 0)
            out->requirements[out->held.requirement_count++] =
                (requirement){.of = of->of, .counted = of->counted, .most = (unsigned)most};
    }
}

bool hybrid_set(hybrid *out, const rubric_edit *edit, const change_set *undone)
{
    out->held = *edit->after;
    out->held.criteria = out->criteria;
    out->held.criterion_count = edit->criterion_count;
    out->held.requirements = out->requirements;
    for (size_t u = 0; u < edit->criterion_count; u++)
        set_criterion(out, edit, u, undone);
    for (size_t c = 0; c < edit->change_count; c++)
        if (change_set_has(undone, c))
            undo_change(out, edit, &edit->changes[c]);
    set_requirements(out, edit, undone);

    for (size_t l = 2; l < out->held.scale.count; l++) /* grading.md 6.3 */
        if (out->held.thousandths[l] <= out->held.thousandths[l - 1])
            return false;
    return true;
}

uint8_t hybrid_outcome(hybrid *by, const rubric_edit *edit, const uint8_t *variants)
{
    for (size_t u = 0; u < edit->criterion_count; u++) {
        const size_t at = by->variant[u];
        by->ratings[u] = at == SIZE_MAX ? (uint8_t)RATING_NOT_APPLICABLE : variants[at];
        if (by->ratings[u] == RATING_INVALID)
            return OUTCOME_REJECTED;
    }
    const judgement made = judge_record(&by->held, by->ratings);
    return made.status == STATUS_INSUFFICIENT    ? OUTCOME_INSUFFICIENT
           : made.judgement == JUDGEMENT_NONE ? OUTCOME_NONE
                                              : made.judgement;
}
