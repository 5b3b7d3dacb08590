#include "grading/plan.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS_NAMED = 1000 }; /* of a file, among which a near name is looked for */

static const char *const common_names[FIELD_COUNT] = {
    [FIELD_AUDIT_ID] = "audit_id",     [FIELD_PRACTICE_AREA] = "practice_area",
    [FIELD_AUDIT_DATE] = "audit_date", [FIELD_TEAM] = "team",
    [FIELD_AUDITOR] = "auditor",       [FIELD_AUDITOR_GRADE] = "auditor_grade",
};

value_type value_type_of(enum input_type type)
{
    switch (type) {
    case INPUT_LEVEL:
        return VALUE_LEVEL;
    case INPUT_FLAG:
        return VALUE_FLAG;
    case INPUT_NUMBER:
        return VALUE_NUMBER;
    case INPUT_DATE:
        return VALUE_DATE;
    case INPUT_DATES:
        return VALUE_DATES;
    case INPUT_CHOICE:
        return VALUE_CHOICE;
    }
    return VALUE_TEXT;
}

/* The slot of a field: one for each column of the input that is read. */
static size_t slot_of(grade_plan *plan, const char *field)
{
    const size_t found = records_find(plan->records, text_of(field));

    for (size_t slot = 0; slot < plan->slot_count; slot++)
        if (plan->columns[slot] == found)
            return slot;
    plan->columns[plan->slot_count] = found;
    return plan->slot_count++;
}

static size_t use_of(grade_plan *plan, rubric_plan *bound, const char *field, value_type type,
                     const spelling_table *spellings)
{
    for (size_t i = 0; i < bound->use_count; i++) {
        const field_use *use = &bound->uses[i];
        if (use->type == type && use->spellings == spellings &&
            text_same_name(text_of(use->field), text_of(field)))
            return i;
    }
    bound->uses[bound->use_count] = (field_use){field, type, spellings, slot_of(plan, field)};
    return bound->use_count++;
}

static size_t count_inputs(const rubric *held)
{
    size_t count = 0;
    for (size_t c = 0; c < held->criterion_count; c++)
        count += held->criteria[c].input_count + 1; /* and applies_if */
    return count + 1;                               /* and auditor_grade */
}

static bool bind(grade_plan *plan, rubric_plan *bound, const rubric *held)
{
    const size_t criteria = held->criterion_count;

    bound->rubric = held;
    bound->uses = arena_array(&plan->memory, count_inputs(held), sizeof *bound->uses);
    bound->inputs = arena_array(&plan->memory, criteria, sizeof *bound->inputs);
    bound->applies = arena_array(&plan->memory, criteria, sizeof *bound->applies);
    bound->plugins = arena_array(&plan->memory, criteria, sizeof(plugin *));
    bound->plugin_of = arena_array(&plan->memory, criteria, sizeof *bound->plugin_of);
    if (!bound->uses || !bound->inputs || !bound->applies || !bound->plugins ||
        !bound->plugin_of)
        return false;

    for (size_t c = 0; c < criteria; c++) {
        const criterion *asked = &held->criteria[c];
        bound->inputs[c] = arena_array(&plan->memory, asked->input_count, sizeof(size_t));
        if (!bound->inputs[c])
            return false;
        for (size_t i = 0; i < asked->input_count; i++) {
            const criterion_input *input = &asked->inputs[i];
            bound->inputs[c][i] = use_of(plan, bound, input->field, value_type_of(input->type),
                                         input->spellings);
        }
        bound->applies[c] = asked->applies_field
                                ? use_of(plan, bound, asked->applies_field, VALUE_MATCH,
                                         asked->applies_values)
                                : USE_NONE;
    }
    bound->auditor_grade = use_of(plan, bound, common_names[FIELD_AUDITOR_GRADE], VALUE_LEVEL,
                                  held->scale.spellings);
    return true;
}

/* ---- Cells that are kept ------------------------------------------------------- */

/* The most fields whose cells can be wanted. */
static size_t count_kept(const grade_plan *plan, const rubric *const *held)
{
    size_t count = plan->options->keep ? plan->options->keep->count : 0;

    for (size_t r = 0; plan->options->keep && r < plan->rubric_count; r++)
        count += count_inputs(held[r]);
    return count;
}

static bool is_common(text field)
{
    for (size_t f = 0; f < FIELD_COUNT; f++)
        if (text_same_name(text_of(common_names[f]), field))
            return true;
    return false;
}

static void keep_for(grade_plan *plan, rubric_plan *bound, const char *field)
{
    size_t k = 0;

    if (is_common(text_of(field)) || records_find(plan->records, text_of(field)) == COLUMN_NONE)
        return;
    while (k < plan->kept_count && !text_same_name(text_of(plan->kept[k].field), text_of(field)))
        k++;
    if (k == plan->kept_count)
        plan->kept[plan->kept_count++] = (kept_plan){field, slot_of(plan, field)};
    bound->reads[k] = true;
}

static void keep_inputs(grade_plan *plan, rubric_plan *bound)
{
    for (size_t c = 0; c < bound->rubric->criterion_count; c++) {
        const criterion *asked = &bound->rubric->criteria[c];
        for (size_t i = 0; i < asked->input_count; i++)
            keep_for(plan, bound, asked->inputs[i].field);
        if (asked->applies_field)
            keep_for(plan, bound, asked->applies_field);
    }
}

/* `most` is what count_kept() says. */
static bool keep_cells(grade_plan *plan, size_t most)
{
    const kept_cells *keep = plan->options->keep;

    if (!keep)
        return true;
    plan->kept = arena_array(&plan->memory, most + 1, sizeof *plan->kept);
    for (size_t w = 0; w < keep->count; w++)
        if (keep->fields[w].needed &&
            records_find(plan->records, text_of(keep->fields[w].field)) == COLUMN_NONE)
            plan->lacks = keep->fields[w].field;
    for (size_t r = 0; plan->kept && r < plan->rubric_count; r++) {
        rubric_plan *bound = &plan->rubrics[r];
        bound->reads = arena_array(&plan->memory, most + 1, sizeof *bound->reads);
        if (!bound->reads)
            return false;
        keep_inputs(plan, bound);
        for (size_t w = 0; w < keep->count; w++)
            keep_for(plan, bound, keep->fields[w].field);
    }
    return plan->kept != NULL;
}

static bool bind_all(grade_plan *plan)
{
    const grade_options *options = plan->options;
    const rubric *const *held =
        options->rubric ? &options->rubric : (const rubric *const *)options->library->rubrics;
    size_t fields = FIELD_COUNT;

    plan->rubric_count = options->rubric ? 1 : options->library->rubric_count;
    for (size_t r = 0; r < plan->rubric_count; r++)
        fields += count_inputs(held[r]);
    const size_t kept = count_kept(plan, held);
    fields += kept;
    plan->columns = arena_array(&plan->memory, fields, sizeof *plan->columns);
    plan->rubrics = arena_array(&plan->memory, plan->rubric_count + 1, sizeof *plan->rubrics);
    if (!plan->columns || !plan->rubrics)
        return false;

    for (size_t f = 0; f < FIELD_COUNT; f++)
        plan->slots[f] = slot_of(plan, common_names[f]);
    for (size_t r = 0; r < plan->rubric_count; r++)
        if (!bind(plan, &plan->rubrics[r], held[r]))
            return false;
    return keep_cells(plan, kept) && records_select(plan->records, plan->columns, plan->slot_count);
}

static bool too_many_areas(error_list *errors)
{
    error_add(errors, FAULT_RUBRIC, NULL, 0, 0,
              "the rubric folders have over %d practice areas; name one rubric with --rubric",
              (int)AREAS_MAX);
    return false;
}

/* Sorts the rubrics into practice areas; each area's by effective_from. */
static bool sort_areas(grade_plan *plan, error_list *errors)
{
    plan->area_names = spelling_new(SPELLING_NAME);
    plan->areas = arena_array(&plan->memory, AREAS_MAX, sizeof *plan->areas);
    if (!plan->area_names || !plan->areas)
        return error_memory(errors);
    for (size_t r = 0; r < plan->rubric_count; r++) {
        const char *name = plan->rubrics[r].rubric->practice_area;
        int found = spelling_find(plan->area_names, text_of(name));

        if (found == SPELLING_NONE) {
            if (plan->area_count == AREAS_MAX)
                return too_many_areas(errors);
            if (spelling_add(plan->area_names, text_of(name), (uint8_t)plan->area_count) ==
                SPELLING_NO_MEMORY)
                return error_memory(errors);
            found = (int)plan->area_count++;
            plan->areas[found] = (practice_area){
                .name = name,
                .rubrics = arena_array(&plan->memory, plan->rubric_count, sizeof(size_t)),
            };
            if (!plan->areas[found].rubrics)
                return error_memory(errors);
        }
        practice_area *area = &plan->areas[found];
        size_t place = area->count++;
        for (; place > 0 && plan->rubrics[area->rubrics[place - 1]].rubric->effective_from >
                                plan->rubrics[r].rubric->effective_from;
             place--)
            area->rubrics[place] = area->rubrics[place - 1];
        area->rubrics[place] = r;
    }
    return true;
}

size_t plan_choose(const grade_plan *plan, size_t area, int32_t audit_date)
{
    const practice_area *of = &plan->areas[area];

    for (size_t i = of->count; i-- > 0;)
        if (plan->rubrics[of->rubrics[i]].rubric->effective_from <= audit_date)
            return of->rubrics[i];
    return RUBRIC_NONE;
}

/* Always false. */
static bool refuse_lack(const grade_plan *plan, error_list *errors)
{
    const char *names[COLUMNS_NAMED];
    size_t      count = 0;

    for (size_t n = 0; n < records_column_count(plan->records) && count < COLUMNS_NAMED; n++)
        names[count++] = records_field(plan->records, n);
    const char *nearest = text_nearest(text_of(plan->lacks), names, count);
    error_add(errors, FAULT_USAGE, records_name(plan->records), 0, 0,
              "has no column \"%s\" to keep%s%s%s", plan->lacks,
              nearest ? "; did you mean \"" : "", nearest ? nearest : "",
              nearest ? "\"?" : "; leave it out, or add it");
    return false;
}

bool plan_make(grade_plan *plan, records *input, const grade_options *options, error_list *errors)
{
    *plan = (grade_plan){.options = options, .records = input};
    pthread_mutex_init(&plan->opening, NULL); /* cannot fail with default attributes */
    if (!bind_all(plan))
        return error_memory(errors);
    return plan->lacks ? refuse_lack(plan, errors) : sort_areas(plan, errors);
}

void plan_free(grade_plan *plan)
{
    pthread_mutex_destroy(&plan->opening);
    error_clear(&plan->errors);
    spelling_free(plan->area_names);
    arena_free(&plan->memory);
}

static const char *refuse(grade_plan *plan, const char *why)
{
    const char *kept = arena_text(&plan->memory, why, strlen(why));
    return kept ? kept : "out of memory";
}

static void add_plugin(rubric_plan *bound, size_t c, plugin *opened)
{
    size_t p = 0;
    while (p < bound->plugin_count && bound->plugins[p] != opened)
        p++;
    bound->plugins[p] = opened;
    bound->plugin_of[c] = p;
    if (p == bound->plugin_count)
        bound->plugin_count++;
}

static void open_plugins(grade_plan *plan, rubric_plan *bound)
{
    const rubric *held = bound->rubric;

    if (held->unusable) {
        bound->refusal = held->unusable;
        error_add(&plan->errors, FAULT_PLUGIN, held->file, 0, 0, "%s", held->unusable);
        return;
    }
    for (size_t c = 0; c < held->criterion_count && !bound->refusal; c++) {
        bound->plugin_of[c] = PLUGIN_NONE;
        if (held->criteria[c].kind != MEASURE_PLUGIN)
            continue;
        plugin *opened =
            loader_open(plan->options->plugins, held->criteria[c].plugin, &plan->errors);
        if (opened)
            add_plugin(bound, c, opened);
        else
            bound->refusal = refuse(plan, plan->errors.count
                                              ? plan->errors.items[plan->errors.count - 1].text
                                              : "out of memory");
    }
}

void plan_refuse(grade_plan *plan, rubric_plan *bound, const char *why, fault_kind kind)
{
    pthread_mutex_lock(&plan->opening);
    if (!bound->refusal) {
        bound->refusal = refuse(plan, why);
        error_add(&plan->errors, kind, bound->rubric->file, 0, 0, "%s", why);
    }
    pthread_mutex_unlock(&plan->opening);
}

bool plan_open(grade_plan *plan, rubric_plan *bound)
{
    pthread_mutex_lock(&plan->opening);
    if (!bound->opened) {
        open_plugins(plan, bound);
        bound->opened = true;
    }
    const bool usable = !bound->refusal;
    pthread_mutex_unlock(&plan->opening);
    return usable;
}
