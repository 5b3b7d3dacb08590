/* edit.c - from one rubric to another, key by key. */
#include "regression/edit_maker.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *edit_text(edit_maker *maker, const char *format, ...)
{
    va_list arguments, again;

    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    char     *kept = length < 0 ? NULL : arena_array(&maker->out->memory, (size_t)length + 1, 1);
    if (kept)
        vsnprintf(kept, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    maker->failed |= !kept;
    return kept ? kept : "";
}

/* ---- Changes ------------------------------------------------------------------------- */

static const char *written(const ini_file *file, const char *section, const char *key,
                           uint64_t *line)
{
    ini_section   *found = ini_find(file, section);
    const ini_key *value = *key ? ini_key_of(found, key) : NULL;

    *line = value ? value->line : found && !*key ? found->line : 0;
    return value ? value->value : "";
}

static const char *name_of(edit_maker *maker, const rubric_change *change)
{
    const char *of = strchr(change->section, '.');
    const char *named = of ? of + 1 : change->section;

    if (change->kind == CHANGE_ADDED)
        return edit_text(maker, "criterion %s added", named);
    if (change->kind == CHANGE_REMOVED)
        return edit_text(maker, "criterion %s removed", named);
    if (change->kind == CHANGE_SCALE)
        return edit_text(maker, "how records may write a level");
    return edit_text(maker, "%s of %s", change->key, named);
}

static const char *words_of(edit_maker *maker, const rubric_change *change)
{
    if (!*change->key)
        return change->name;
    return edit_text(maker, "%s: %s -> %s", change->name,
                     *change->before ? change->before : "not written",
                     *change->after ? change->after : "not written");
}

size_t edit_add(edit_maker *maker, rubric_change change)
{
    rubric_edit *out = maker->out;

    if (out->change_count == CHANGES_MAX) {
        out->undecided = "there are more than 256 changes";
        return SIZE_MAX;
    }
    if (!change.before)
        change.before = written(&maker->before, change.section, change.key, &change.line_before);
    if (!change.after)
        change.after = written(&maker->after, change.section, change.key, &change.line_after);
    if (change.line_after == 0) { /* a key that is gone: where its section begins */
        uint64_t line;
        written(&maker->after, change.section, "", &line);
        change.line_after = line;
    }
    if (!change.name)
        change.name = name_of(maker, &change);
    if (!change.words)
        change.words = words_of(maker, &change);
    out->changes[out->change_count] = change;
    return out->change_count++;
}

static void add_of_criterion(edit_maker *maker, size_t u, change_kind kind, const char *key)
{
    const edited_criterion *of = &maker->out->criteria[u];
    const char             *id = (of->after ? of->after : of->before)->id;

    edit_add(maker, (rubric_change){.kind = kind,
                                    .criterion = u,
                                    .section = edit_text(maker, "criterion.%s", id),
                                    .key = key});
}

/* A change that a rating depends on. */
static void add_toggle(edit_maker *maker, size_t u, change_kind kind, const char *key)
{
    edited_criterion *of = &maker->out->criteria[u];
    const size_t      at =
        edit_add(maker, (rubric_change){.kind = kind,
                                        .criterion = u,
                                        .section = edit_text(maker, "criterion.%s", of->after->id),
                                        .key = key});
    if (at != SIZE_MAX)
        of->toggles[of->toggle_count++] = at;
}

/* ---- What is the same ------------------------------------------------------------------ */

static bool same_calendar(const calendar *a, const calendar *b)
{
    if (a == b || !a || !b)
        return a == b;
    const size_t days = (size_t)(a->table.last - a->table.first) + 1;
    return strcmp(a->id, b->id) == 0 && a->table.first == b->table.first &&
           a->table.last == b->table.last &&
           memcmp(a->table.working_days, b->table.working_days,
                  days * sizeof *a->table.working_days) == 0;
}

static bool same_measure(const criterion *a, const criterion *b)
{
    if (strcmp(a->measure_name, b->measure_name) != 0 || a->input_count != b->input_count ||
        !same_calendar(a->calendar, b->calendar))
        return false;
    for (size_t i = 0; i < a->input_count; i++)
        if (a->inputs[i].type != b->inputs[i].type ||
            !text_same_name(text_of(a->inputs[i].field), text_of(b->inputs[i].field)))
            return false;
    return true;
}

/* What bands, yes and no mean follows from it. */
static int result_of(const criterion *of)
{
    return of->gives_flag ? 1 : of->kind == MEASURE_RATING ? 0 : 2;
}

static bool same_bands(const criterion *a, const criterion *b)
{
    if (a->band_count != b->band_count)
        return false;
    for (size_t i = 0; i < a->band_count; i++)
        if (a->bands[i].condition != b->bands[i].condition ||
            a->bands[i].gives != b->bands[i].gives ||
            (a->bands[i].condition != BAND_ALWAYS &&
             (a->bands[i].bound < b->bands[i].bound || a->bands[i].bound > b->bands[i].bound)))
            return false;
    return true;
}

static bool same_applies(const criterion *a, const criterion *b)
{
    if (!a->applies_field || !b->applies_field)
        return a->applies_field == b->applies_field;
    return a->applies_not == b->applies_not &&
           text_same_name(text_of(a->applies_field), text_of(b->applies_field)) &&
           strcmp(a->applies_text, b->applies_text) == 0;
}

static size_t parameters_of(const criterion *of)
{
    return of->kind == MEASURE_PLUGIN ? of->plugin->measures[of->plugin_measure].parameter_count
                                      : 0;
}

/* ---- Criteria ------------------------------------------------------------------------------ */

enum { TOGGLES_MAX = 6 };

static bool parameter_differs(const criterion *a, const criterion *b, size_t p)
{
    return a->parameters[p] < b->parameters[p] || a->parameters[p] > b->parameters[p];
}

/* What is measured otherwise. Where a build does not take what one of the rubrics asks for, the measure
 * changes as a whole. */
static void find_measure_changes(edit_maker *maker, size_t u)
{
    const edited_criterion *of = &maker->out->criteria[u];
    const criterion        *a = of->rebuilt_before, *b = of->after;
    const bool              same = a && of->rebuilt_after && same_measure(a, b);
    const size_t            parameters = same ? parameters_of(b) : 0;
    size_t                  changed = 0;

    for (size_t p = 0; p < parameters; p++)
        changed += parameter_differs(a, b, p);
    if (!same || changed > 2) /* as one: variants double with each */
        add_toggle(maker, u, CHANGE_MEASURE, "measure");
    else
        for (size_t p = 0; p < parameters; p++)
            if (parameter_differs(a, b, p))
                add_toggle(maker, u, CHANGE_PARAMETER,
                           b->plugin->measures[b->plugin_measure].parameters[p].name);
}

static void find_rating_changes(edit_maker *maker, size_t u, bool other_scale)
{
    const criterion *a = maker->out->criteria[u].before, *b = maker->out->criteria[u].after;
    const bool       result = result_of(a) == result_of(b);

    find_measure_changes(maker, u);
    if (result && result_of(b) == 2 && !same_bands(a, b))
        add_toggle(maker, u, CHANGE_BANDS, "bands");
    if (result && result_of(b) == 1 && a->yes != b->yes)
        add_toggle(maker, u, CHANGE_YES, "yes");
    if (result && result_of(b) == 1 && a->no != b->no)
        add_toggle(maker, u, CHANGE_NO, "no");
    if (a->if_missing != b->if_missing)
        add_toggle(maker, u, CHANGE_MISSING, "missing");
    if (!same_applies(a, b))
        add_toggle(maker, u, CHANGE_APPLIES, "applies_if");
    if (other_scale)
        for (size_t i = 0; i < b->input_count; i++)
            if (b->inputs[i].type == INPUT_LEVEL) {
                maker->out->criteria[u].toggles[maker->out->criteria[u].toggle_count++] = 0;
                break;
            }
}

static void find_changes_of(edit_maker *maker, size_t u, bool other_scale)
{
    const criterion *a = maker->out->criteria[u].before, *b = maker->out->criteria[u].after;

    if (!a || !b) {
        add_of_criterion(maker, u, a ? CHANGE_REMOVED : CHANGE_ADDED, "");
        return;
    }
    find_rating_changes(maker, u, other_scale);
    if (a->weight != b->weight)
        add_of_criterion(maker, u, CHANGE_WEIGHT, "weight");
    if (memcmp(a->cap, b->cap, sizeof a->cap) != 0)
        add_of_criterion(maker, u, CHANGE_LIMIT, a->critical != b->critical ? "critical" : "limit");
}

static bool pair_criteria(rubric_edit *out)
{
    const rubric *a = out->before, *b = out->after;

    out->criteria = arena_array(&out->memory, a->criterion_count + b->criterion_count + 1,
                                sizeof *out->criteria);
    if (!out->criteria)
        return false;
    for (size_t c = 0; c < b->criterion_count; c++) {
        const size_t found = rubric_find_criterion(a, text_of(b->criteria[c].id));
        out->criteria[out->criterion_count++] = (edited_criterion){
            .before = found == SIZE_MAX ? NULL : &a->criteria[found],
            .after = &b->criteria[c],
        };
    }
    for (size_t c = 0; c < a->criterion_count; c++)
        if (rubric_find_criterion(b, text_of(a->criteria[c].id)) == SIZE_MAX)
            out->criteria[out->criterion_count++] = (edited_criterion){.before = &a->criteria[c]};
    return true;
}

/* ---- Judgement -------------------------------------------------------------------------- */

static int64_t most_of(const rubric *of, level level_of, level counted)
{
    for (size_t r = 0; r < of->requirement_count; r++)
        if (of->requirements[r].of == level_of && of->requirements[r].counted == counted)
            return of->requirements[r].most;
    return -1;
}

/* The requirements of either rubric, the highest level first, as rubric.h orders them. */
static bool find_requirements(edit_maker *maker)
{
    rubric_edit *out = maker->out;
    const size_t levels = out->after->scale.count;

    out->requirements = arena_array(&out->memory, levels * levels + 1, sizeof *out->requirements);
    if (!out->requirements)
        return false;
    for (size_t of = levels; of-- > 1;)
        for (size_t counted = 0; counted < levels; counted++) {
            edited_requirement *made = &out->requirements[out->requirement_count];
            *made = (edited_requirement){
                .of = (level)of,
                .counted = (level)counted,
                .most_before = most_of(out->before, (level)of, (level)counted),
                .most_after = most_of(out->after, (level)of, (level)counted),
                .change = SIZE_MAX,
            };
            if (made->most_before < 0 && made->most_after < 0)
                continue;
            const char *id = out->after->scale.ids[of];
            if (made->most_before != made->most_after)
                made->change = edit_add(
                    maker, (rubric_change){
                               .kind = CHANGE_REQUIREMENT,
                               .criterion = SIZE_MAX,
                               .which = out->requirement_count,
                               .section = edit_text(maker, "judgement.%s", id),
                               .key = edit_text(maker, "max_%s", out->after->scale.ids[counted])});
            out->requirement_count++;
        }
    return true;
}

static bool find_judgement_changes(edit_maker *maker)
{
    const rubric *a = maker->out->before, *b = maker->out->after;

    for (size_t l = 1; l < b->scale.count; l++)
        if (a->thousandths[l] != b->thousandths[l])
            edit_add(maker, (rubric_change){.kind = CHANGE_THRESHOLD,
                                            .criterion = SIZE_MAX,
                                            .which = l,
                                            .section = "judgement",
                                            .key = b->scale.ids[l]});
    if (a->min_coverage != b->min_coverage)
        edit_add(maker, (rubric_change){.kind = CHANGE_COVERAGE,
                                        .criterion = SIZE_MAX,
                                        .section = "judgement",
                                        .key = "min_coverage"});
    if (a->overall != b->overall)
        edit_add(maker, (rubric_change){.kind = CHANGE_OVERALL,
                                        .criterion = SIZE_MAX,
                                        .section = "judgement",
                                        .key = "overall"});
    return find_requirements(maker);
}

/* ---- Scale -------------------------------------------------------------------------------- */

static bool same_levels(const scale *a, const scale *b)
{
    if (a->count != b->count)
        return false;
    for (size_t l = 0; l < a->count; l++)
        if (strcmp(a->ids[l], b->ids[l]) != 0)
            return false;
    return true;
}

static bool same_section(const ini_file *a, const ini_file *b, const char *name)
{
    const ini_section *one = ini_find(a, name), *other = ini_find(b, name);

    if ((one ? one->key_count : 0) != (other ? other->key_count : 0))
        return false;
    for (size_t k = 0; one && other && k < one->key_count; k++)
        if (strcmp(one->keys[k].name, other->keys[k].name) != 0 ||
            strcmp(one->keys[k].value, other->keys[k].value) != 0)
            return false;
    return true;
}

/* Whether a record's words may be read as other levels. The first change, where there is any. */
static bool find_scale_change(edit_maker *maker)
{
    const bool same = maker->out->before->scale.numbers == maker->out->after->scale.numbers &&
                      same_section(&maker->before, &maker->after, "scale") &&
                      same_section(&maker->before, &maker->after, "scale.labels") &&
                      same_section(&maker->before, &maker->after, "scale.aliases");
    if (!same)
        edit_add(maker,
                 (rubric_change){
                     .kind = CHANGE_SCALE, .criterion = SIZE_MAX, .section = "scale", .key = ""});
    return !same;
}

/* ---- All of it -------------------------------------------------------------------------------- */

/* A rubric's file as INI; empty where it is not the one that was read, or gone. */
static void read_written(const rubric *of, ini_file *out, arena *memory)
{
    error_list ignored = {0};

    if (!ini_read_file(out, of->file, FAULT_RUBRIC, memory, &ignored))
        *out = (ini_file){.file = of->file};
    error_clear(&ignored);
}

static void number_variants(rubric_edit *out)
{
    for (size_t u = 0; u < out->criterion_count; u++) {
        edited_criterion *of = &out->criteria[u];
        of->first_variant = out->variant_count;
        out->variant_count += (size_t)1 << of->toggle_count;
    }
}

/* Why the rubrics cannot be taken apart; NULL: they can. */
static const char *not_apart(const rubric *before, const rubric *after)
{
    if (before->unusable || after->unusable)
        return "a plugin of one of the rubrics cannot be used";
    return same_levels(&before->scale, &after->scale) ? NULL : "the two rubrics have other scales";
}

static bool make(edit_maker *maker)
{
    rubric_edit *out = maker->out;

    out->undecided = not_apart(out->before, out->after);
    if (out->undecided)
        return true;
    out->changes = arena_array(&out->memory, CHANGES_MAX, sizeof *out->changes);
    if (!out->changes || !pair_criteria(out))
        return false;
    read_written(out->before, &maker->before, &out->memory);
    read_written(out->after, &maker->after, &out->memory);
    if (!edit_rebuild(maker))
        return false;
    const bool other_scale = find_scale_change(maker);
    for (size_t u = 0; u < out->criterion_count; u++)
        find_changes_of(maker, u, other_scale);
    if (!find_judgement_changes(maker) ||
        (maker->plugins_before != maker->plugins_after && !edit_find_builds(maker)))
        return false;
    for (size_t u = 0; u < out->criterion_count; u++)
        if (out->criteria[u].toggle_count > TOGGLES_MAX)
            out->undecided = "a criterion changed in more than six ways at once";
    if (out->undecided)
        return true;
    number_variants(out);
    return edit_make_probes(out);
}

bool edit_make(rubric_edit *out, const rubric *before, const rubric *after,
               const plugin_set *plugins_before, const plugin_set *plugins_after,
               error_list *errors)
{
    *out = (rubric_edit){.before = before, .after = after};
    edit_maker maker = {
        .out = out,
        .plugins_before = plugins_before,
        .plugins_after = plugins_after,
    };
    const bool made = make(&maker) && !maker.failed;
    return made || error_memory(errors);
}

void edit_free(rubric_edit *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (rubric_edit){0};
}
