/* check_absent.c - the part of `records check` about columns that lack, and what their absence
 * does to a grade (grading.md 3 to 6). */
#include "report/check_asked.h"

static bool is_absent(const check_page *page, const rubric_wants *own, size_t ask)
{
    return ask != ASK_NONE && page->asked->wants[own->asks[ask].want].column == COLUMN_NONE;
}

/* ---- What the absence does --------------------------------------------------------------- */

/* A level that every record gets holds the judgement down where a limit is at that level. */
static void add_rating(buffer *line, const criterion *asker, const scale *levels)
{
    const char *whom = asker->applies_field != NULL ? "every record that it is asked of"
                                                    : "every record";
    if (asker->if_missing == LEVEL_NONE) {
        buffer_format(line, "%s is without an answer, which counts against coverage", whom);
        return;
    }
    const level most = asker->cap[asker->if_missing];
    buffer_format(line, "%s is rated %s", whom, levels->ids[asker->if_missing]);
    if (most + 1U < levels->count) {
        buffer_format(line, ", which holds the judgement to at most %s", levels->ids[most]);
    }
}

/* For each criterion that reads the want: "timeliness: every record is rated inadequate". */
static void write_effects(check_page *page, size_t number)
{
    buffer     *line = &page->line;
    const want *of = &page->asked->wants[number];
    for (size_t i = 0; i < page->asked->reader_count; i++) {
        const want_reader *reader = &page->asked->readers[i];
        const criterion   *asker = reader->asker;
        if (reader->want != number || asker == NULL || !check_rubric_met(page, reader->rubric)) {
            continue;
        }
        buffer_format(line, "%s: ", asker->id);
        if (of->type == VALUE_MATCH) {
            buffer_string(line, asker->applies_not ? "the question is asked of everybody"
                                                   : "the question is asked of nobody");
        } else {
            buffer_string(line, reader->optional ? "the plugin does without it where it can; "
                                                   "where it cannot, "
                                                 : "");
            add_rating(line, asker, &page->asked->rubrics[reader->rubric].rubric->scale);
        }
        check_end_line(page, 6);
    }
}

typedef enum { RECORDED, NEVER_RECORDED, NEVER_ASKED } prospect;

/* What becomes of a criterion in the record that is best for coverage. An input that a plugin may
 * do without takes nothing away for certain. */
static prospect prospect_of(const check_page *page, const rubric_wants *own, size_t c)
{
    const criterion *asker = &own->rubric->criteria[c];
    const bool       unconditional = asker->applies_field == NULL ||
                               (is_absent(page, own, own->applies[c]) && asker->applies_not);
    if (is_absent(page, own, own->applies[c]) && !asker->applies_not) {
        return NEVER_ASKED;
    }
    for (size_t i = 0; i < asker->input_count; i++) {
        const bool required = asker->kind != MEASURE_PLUGIN || asker->plugin == NULL ||
                              asker->plugin->measures[asker->plugin_measure].inputs[i].required;
        if (required && asker->if_missing == LEVEL_NONE &&
            is_absent(page, own, own->inputs[c][i])) {
            return unconditional ? NEVER_RECORDED : NEVER_ASKED;
        }
    }
    return RECORDED;
}

/* grading.md 6.1: what coverage there can be at most. */
static void write_coverage(check_page *page, const rubric_wants *own)
{
    const rubric *held = own->rubric;
    uint64_t      recorded = 0;
    uint64_t      lost = 0;
    for (size_t c = 0; c < held->criterion_count; c++) {
        const prospect found = prospect_of(page, own, c);
        recorded += found == RECORDED ? held->criteria[c].weight : 0;
        lost += found == NEVER_RECORDED ? held->criteria[c].weight : 0;
    }
    const uint64_t all = recorded + lost;
    if (lost == 0 && recorded > 0) {
        return;
    }
    const bool     too_little = recorded == 0 || 100 * recorded < held->min_coverage * all;
    buffer_format(&page->line, "%s %s: at most %u%% of the weight can be recorded", held->id,
                  held->version, (unsigned)(all > 0 ? 100 * recorded / all : 0));
    if (too_little) {
        buffer_format(&page->line, ", and %u%% is needed: no record can be graded",
                      held->min_coverage);
        check_end_problem(page, 2);
    } else {
        check_end_line(page, 2);
    }
}

/* ---- The columns ------------------------------------------------------------------------- */

/* One field without a column, and everybody who asks for it. True where it was written. */
static bool write_absent(check_page *page, const char *field, const char *purpose, bool needed)
{
    const char *near = asked_nearest_unused(page, field);
    bool        asked = false;
    for (size_t w = 0; w < page->asked->want_count; w++) {
        asked |= asked_by_met(page, w) &&
                 text_same_name(text_of(page->asked->wants[w].field), text_of(field));
    }
    if (!needed && near == NULL && (!asked || purpose != NULL)) {
        return false;
    }
    buffer_string(&page->line, field);
    buffer_string(&page->line, needed ? "" : " (not required)");
    if (near != NULL) {
        buffer_format(&page->line, "; the nearest column is \"%s\"", near);
    }
    if (needed || near != NULL) {
        check_end_problem(page, 2);
    } else {
        check_end_line(page, 2);
    }
    if (purpose != NULL) {
        buffer_string(&page->line, purpose);
        check_end_line(page, 4);
    }
    for (size_t w = 0; w < page->asked->want_count; w++) {
        if (asked_by_met(page, w) &&
            text_same_name(text_of(page->asked->wants[w].field), text_of(field))) {
            asked_add_readers(page, w);
            check_end_line(page, 4);
            write_effects(page, w);
        }
    }
    return true;
}

/* True where an earlier want has that field: it was written with that. */
static bool is_repeated(const check_page *page, size_t number)
{
    const want *all = page->asked->wants;
    for (size_t w = 0; w < number; w++) {
        if (asked_by_met(page, w) &&
            text_same_name(text_of(all[w].field), text_of(all[number].field))) {
            return true;
        }
    }
    return false;
}

void check_write_absent(check_page *page)
{
    bool any = false;
    check_section(page, "Asked for, and in no column");
    for (size_t i = 0; i < COMMON_FIELDS; i++) {
        const bool needed = common_fields[i].need == NEEDED ||
                            (common_fields[i].need == NEEDED_TO_CHOOSE && page->only == NULL) ||
                            asked_required(page, common_fields[i].field);
        if (records_find(page->input, text_of(common_fields[i].field)) == COLUMN_NONE) {
            any |= write_absent(page, common_fields[i].field, common_fields[i].purpose, needed);
        }
    }
    for (size_t w = 0; w < page->asked->want_count; w++) {
        const want *of = &page->asked->wants[w];
        if (of->column == COLUMN_NONE && asked_by_met(page, w) && !is_repeated(page, w) &&
            asked_common(of->field) == COMMON_FIELDS) {
            any |= write_absent(page, of->field, NULL, asked_required(page, of->field));
        }
    }
    if (!any) {
        buffer_string(&page->line, "nothing");
        check_end_line(page, 2);
    }
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        if (check_rubric_met(page, r)) {
            write_coverage(page, &page->asked->rubrics[r]);
        }
    }
}
