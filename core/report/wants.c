#include "report/wants.h"

#include <string.h>

#include "grading/grading.h"

static bool same_names(const want *a, const want *b)
{
    if (a->name_count != b->name_count) {
        return false;
    }
    for (size_t i = 0; i < a->name_count; i++) {
        if (strcmp(a->names[i], b->names[i]) != 0) {
            return false;
        }
    }
    return true;
}

static size_t find_or_add_want(wants *to, const records *input, want asked)
{
    for (size_t i = 0; i < to->want_count; i++) {
        const want *held = &to->wants[i];
        if (held->type == asked.type && same_names(held, &asked) &&
            text_same_name(text_of(held->field), text_of(asked.field))) {
            return i;
        }
    }
    asked.column = records_find(input, text_of(asked.field));
    to->wants[to->want_count] = asked;
    return to->want_count++;
}

static size_t find_or_add_ask(rubric_wants *to, rubric_ask asked)
{
    for (size_t i = 0; i < to->ask_count; i++) {
        if (to->asks[i].want == asked.want) {
            return i;
        }
    }
    to->asks[to->ask_count] = asked;
    return to->ask_count++;
}

/* Who is being bound: one criterion of one rubric of an input. */
typedef struct {
    wants           *to;
    const records   *input;
    size_t           rubric;
    const criterion *asker;
} binding;

static size_t bind(const binding *at, want asked, const spelling_table *spellings, bool optional)
{
    wants       *to = at->to;
    const size_t place = find_or_add_want(to, at->input, asked);
    to->readers[to->reader_count++] = (want_reader){place, at->rubric, at->asker, optional};
    return find_or_add_ask(&to->rubrics[at->rubric], (rubric_ask){place, spellings});
}

static const manifest_input *declared_input(const criterion *asker, size_t input)
{
    return asker->kind == MEASURE_PLUGIN && asker->plugin != NULL
               ? &asker->plugin->measures[asker->plugin_measure].inputs[input]
               : NULL;
}

static size_t bind_input(const binding *at, size_t number, const scale *levels)
{
    const criterion_input *input = &at->asker->inputs[number];
    const manifest_input  *declared = declared_input(at->asker, number);
    want                   asked = {.field = input->field, .type = value_type_of(input->type)};
    if (input->type == INPUT_LEVEL) {
        asked.names = levels->ids;
        asked.name_count = levels->count;
    } else if (input->type == INPUT_CHOICE && declared != NULL) {
        asked.names = declared->choices;
        while (asked.names[asked.name_count] != NULL) {
            asked.name_count++;
        }
    }
    return bind(at, asked, input->spellings, declared != NULL && !declared->required);
}

static bool bind_criterion(binding *at, rubric_wants *own, size_t number)
{
    const criterion *asker = &own->rubric->criteria[number];
    at->asker = asker;
    own->applies[number] = ASK_NONE;
    if (asker->applies_field != NULL) {
        want asked = {.field = asker->applies_field, .type = VALUE_MATCH};
        own->applies[number] = bind(at, asked, NULL, false);
    }
    own->inputs[number] = arena_array(&at->to->memory, asker->input_count + 1, sizeof(size_t));
    for (size_t i = 0; own->inputs[number] != NULL && i < asker->input_count; i++) {
        own->inputs[number][i] = bind_input(at, i, &own->rubric->scale);
    }
    return own->inputs[number] != NULL;
}

static size_t count_asks(const rubric *held)
{
    size_t count = 1; /* auditor_grade */
    for (size_t c = 0; c < held->criterion_count; c++) {
        count += held->criteria[c].input_count + 1; /* and applies_if */
    }
    return count;
}

static bool bind_rubric(wants *to, const records *input, const rubric *held)
{
    binding       at = {.to = to, .input = input, .rubric = to->rubric_count};
    rubric_wants *own = &to->rubrics[to->rubric_count++];
    own->rubric = held;
    own->asks = arena_array(&to->memory, count_asks(held), sizeof *own->asks);
    own->inputs = arena_array(&to->memory, held->criterion_count + 1, sizeof *own->inputs);
    own->applies = arena_array(&to->memory, held->criterion_count + 1, sizeof *own->applies);
    if (own->asks == NULL || own->inputs == NULL || own->applies == NULL) {
        return false;
    }
    for (size_t c = 0; c < held->criterion_count; c++) {
        if (!bind_criterion(&at, own, c)) {
            return false;
        }
    }
    at.asker = NULL;
    want grade = {.field = "auditor_grade",
                  .type = VALUE_LEVEL,
                  .names = held->scale.ids,
                  .name_count = held->scale.count};
    own->auditor_grade = bind(&at, grade, held->scale.spellings, true);
    return true;
}

bool wants_make(wants *out, const records *input, const rubric *const *rubrics, size_t count)
{
    size_t most = 1;
    for (size_t r = 0; r < count; r++) {
        most += count_asks(rubrics[r]);
    }
    out->wants = arena_array(&out->memory, most, sizeof *out->wants);
    out->readers = arena_array(&out->memory, most, sizeof *out->readers);
    out->rubrics = arena_array(&out->memory, count + 1, sizeof *out->rubrics);
    if (out->wants == NULL || out->readers == NULL || out->rubrics == NULL) {
        return false;
    }
    for (size_t r = 0; r < count; r++) {
        if (!bind_rubric(out, input, rubrics[r])) {
            return false;
        }
    }
    return true;
}

void wants_free(wants *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (wants){0};
}
