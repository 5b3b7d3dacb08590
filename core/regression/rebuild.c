/* rebuild.c - a criterion as another build of its plugin would measure it: what its rubric's text says,
 * read with what that build declares. */
#include <string.h>

#include "regression/edit.h"

/* A criterion on its way from one build to another. */
typedef struct {
    const criterion        *from;
    const manifest_measure *old;
    const manifest_measure *declared; /* of the other build */
    ini_section            *written;  /* the criterion's section; NULL: its file is gone */
} rebuilding;

static const manifest_measure *measure_of(const criterion *of)
{
    return &of->plugin->measures[of->plugin_measure];
}

size_t edit_find_parameter(const criterion *of, const char *name)
{
    const manifest_measure *declared = measure_of(of);
    size_t                  p = 0;

    while (p < declared->parameter_count && strcmp(declared->parameters[p].name, name) != 0)
        p++;
    return p < declared->parameter_count ? p : SIZE_MAX;
}

static const criterion_input *find_input(const rebuilding *at, const char *name)
{
    for (size_t i = 0; i < at->from->input_count; i++)
        if (strcmp(at->from->inputs[i].name, name) == 0)
            return &at->from->inputs[i];
    return NULL;
}

static const manifest_input *declared_input(const rebuilding *at, const char *name)
{
    for (size_t i = 0; i < at->declared->input_count; i++)
        if (strcmp(at->declared->inputs[i].name, name) == 0)
            return &at->declared->inputs[i];
    return NULL;
}

/* Whether the text gives the parameter; without the text, whether it is another than the standard. */
static bool is_given(const rebuilding *at, size_t p)
{
    const manifest_parameter *old = &at->old->parameters[p];

    if (at->written)
        return ini_key_of(at->written, old->name) != NULL;
    return at->from->parameters[p] < old->standard || at->from->parameters[p] > old->standard;
}

/* Whether the build takes every key that the text has. */
static bool takes_text(const rebuilding *at)
{
    if (at->declared->result != at->old->result ||
        at->declared->uses_calendar != at->old->uses_calendar)
        return false;
    for (size_t i = 0; i < at->from->input_count; i++) {
        const criterion_input *input = &at->from->inputs[i];
        if (!declared_input(at, input->name) && strcmp(input->name, input->field) != 0)
            return false;
    }
    for (size_t p = 0; p < at->old->parameter_count; p++) {
        size_t now = 0;
        if (!is_given(at, p))
            continue;
        while (now < at->declared->parameter_count &&
               strcmp(at->declared->parameters[now].name, at->old->parameters[p].name) != 0)
            now++;
        if (now == at->declared->parameter_count ||
            at->declared->parameters[now].type != at->old->parameters[p].type ||
            at->from->parameters[p] < at->declared->parameters[now].minimum ||
            at->from->parameters[p] > at->declared->parameters[now].maximum)
            return false;
    }
    return true;
}

static enum input_type input_type_of(enum assay_type type)
{
    switch (type) {
    case ASSAY_FLAG:
        return INPUT_FLAG;
    case ASSAY_NUMBER:
        return INPUT_NUMBER;
    case ASSAY_DATE:
        return INPUT_DATE;
    case ASSAY_DATES:
        return INPUT_DATES;
    case ASSAY_CHOICE:
        break;
    }
    return INPUT_CHOICE;
}

static bool rebuild_inputs(const rebuilding *at, criterion *out, arena *memory)
{
    criterion_input *inputs = arena_array(memory, at->declared->input_count + 1, sizeof *inputs);

    for (size_t i = 0; inputs && i < at->declared->input_count; i++) {
        const manifest_input  *declared = &at->declared->inputs[i];
        const criterion_input *given = find_input(at, declared->name);
        inputs[i] = (criterion_input){
            .name = declared->name,
            .field = given ? given->field : declared->name,
            .type = input_type_of(declared->type),
            .spellings = declared->spellings,
        };
    }
    out->inputs = inputs;
    out->input_count = at->declared->input_count;
    return inputs != NULL;
}

static bool rebuild_parameters(const rebuilding *at, criterion *out, arena *memory)
{
    double *values = arena_array(memory, at->declared->parameter_count + 1, sizeof *values);

    for (size_t p = 0; values && p < at->declared->parameter_count; p++) {
        const size_t old = edit_find_parameter(at->from, at->declared->parameters[p].name);
        values[p] = old != SIZE_MAX && is_given(at, old) ? at->from->parameters[old]
                                                         : at->declared->parameters[p].standard;
    }
    out->parameters = values;
    return values != NULL;
}

bool criterion_rebuild(const criterion **out, const criterion *from, const plugin_set *with,
                       ini_section *written, arena *memory)
{
    const manifest *build = with ? loader_find(with, text_of(from->plugin->id)) : NULL;
    rebuilding      at = {.from = from, .old = measure_of(from), .written = written};

    *out = NULL;
    if (build && !build->refusal)
        at.declared = manifest_find(build, text_of(at.old->name));
    if (!at.declared || !takes_text(&at))
        return true;
    criterion *made = arena_array(memory, 1, sizeof *made);
    if (!made)
        return false;
    *made = *from;
    made->plugin = build;
    made->plugin_measure = (size_t)(at.declared - build->measures);
    made->unit = at.declared->unit;
    *out = made;
    return rebuild_inputs(&at, made, memory) && rebuild_parameters(&at, made, memory);
}
