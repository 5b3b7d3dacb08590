/* probe.c - every criterion of an edit in each of its variants, as rubrics that rate them all. */
#include <string.h>

#include "regression/edit.h"

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

static bool undo_parameter(criterion *out, const criterion *before, const char *name, arena *memory)
{
    const size_t count = out->plugin->measures[out->plugin_measure].parameter_count;
    double      *mixed = arena_array(memory, count + 1, sizeof *mixed);

    if (!mixed)
        return false;
    memcpy(mixed, out->parameters, count * sizeof *mixed);
    mixed[edit_find_parameter(out, name)] = before->parameters[edit_find_parameter(before, name)];
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
        return undo_parameter(out, before, change->key, &edit->memory);
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

/* Whether a change of that kind is among `undone`. */
static bool undoes(const rubric_edit *edit, const edited_criterion *of, size_t undone,
                   change_kind kind)
{
    for (size_t t = 0; t < of->toggle_count; t++)
        if ((undone >> t & 1) && edit->changes[of->toggles[t]].kind == kind)
            return true;
    return false;
}

/* Bit b of `undone` stands for toggle b. */
static bool make_variant(rubric_edit *edit, const edited_criterion *of, size_t undone,
                         criterion *out, bool *possible)
{
    const bool       old_build = undoes(edit, of, undone, CHANGE_PLUGIN);
    const bool       old_measure = undoes(edit, of, undone, CHANGE_MEASURE);
    const criterion *before = old_build ? of->before : of->rebuilt_before;
    const criterion *after = !of->after ? before : old_build ? of->rebuilt_after : of->after;
    const scale     *levels = of->after ? &edit->after->scale : &edit->before->scale;

    *possible = old_measure ? before != NULL : after != NULL;
    if (!*possible)
        return true;
    *out =
        after ? *after : *of->after; /* of which the old measure leaves nothing that a build has */
    for (size_t t = 0; t < of->toggle_count; t++) {
        const rubric_change *change = &edit->changes[of->toggles[t]];
        if (!(undone >> t & 1))
            continue;
        if (change->kind == CHANGE_SCALE)
            levels = &edit->before->scale;
        else if (!undo(edit, out, before ? before : of->before, change))
            return false;
    }
    return read_levels_by(out, levels, &edit->memory);
}

/* Gives each variant to the probe whose plugins measure it. */
static bool add_variants(rubric_edit *edit, const edited_criterion *of, criterion *criteria[PROBES])
{
    for (size_t v = 0; v < (size_t)1 << of->toggle_count; v++) {
        const bool   old_build = undoes(edit, of, v, CHANGE_PLUGIN);
        edit_probe  *probe = &edit->probes[old_build ? PROBE_BEFORE : PROBE_AFTER];
        const size_t at = probe->rubric->criterion_count;
        bool         possible;
        if (!make_variant(edit, of, v, &criteria[probe - edit->probes][at], &possible))
            return false;
        probe->variant[at] = of->first_variant + v;
        probe->rubric->criterion_count += possible;
    }
    return true;
}

bool edit_make_probes(rubric_edit *edit)
{
    criterion *criteria[PROBES];

    for (int p = 0; p < PROBES; p++) {
        edit_probe *probe = &edit->probes[p];
        criteria[p] = arena_array(&edit->memory, edit->variant_count + 1, sizeof(criterion));
        probe->variant = arena_array(&edit->memory, edit->variant_count + 1, sizeof(size_t));
        probe->rubric = arena_array(&edit->memory, 1, sizeof *probe->rubric);
        if (!criteria[p] || !probe->variant || !probe->rubric)
            return false;
        *probe->rubric = *edit->after;
        probe->rubric->criteria = criteria[p];
        probe->rubric->criterion_count = 0;
        probe->rubric->requirement_count = 0;
        probe->rubric->overall = false;
        probe->rubric->min_coverage = 0;
    }
    for (size_t u = 0; u < edit->criterion_count; u++)
        if (!add_variants(edit, &edit->criteria[u], criteria))
            return false;
    return true;
}
