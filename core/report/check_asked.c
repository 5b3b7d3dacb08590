#include "report/check_asked.h"

const common_field common_fields[COMMON_FIELDS] = {
    {"audit_id", "names the record in results", NEEDED},
    {"practice_area", "says which rubrics grade the record", NEEDED_TO_CHOOSE},
    {"audit_date", "says which rubric was in force; results by month", NEEDED_TO_CHOOSE},
    {"team", "results by team", WELCOME},
    {"auditor", "known, and shown in no result", WELCOME},
    {"auditor_grade", "the auditor's own judgement, compared with the result", WELCOME},
    {"child_ref", "known, and shown in no result", WELCOME},
};

size_t asked_common(const char *field)
{
    size_t i = 0;
    while (i < COMMON_FIELDS && !text_same_name(text_of(common_fields[i].field), text_of(field))) {
        i++;
    }
    return i;
}

bool asked_by_met(const check_page *page, size_t number)
{
    for (size_t i = 0; i < page->asked->reader_count; i++) {
        const want_reader *reader = &page->asked->readers[i];
        if (reader->want == number && check_rubric_met(page, reader->rubric)) {
            return true;
        }
    }
    return false;
}

bool asked_required(const check_page *page, const char *field)
{
    for (size_t i = 0; i < page->asked->reader_count; i++) {
        const want_reader *reader = &page->asked->readers[i];
        if (reader->asker != NULL && check_rubric_met(page, reader->rubric) &&
            text_same_name(text_of(page->asked->wants[reader->want].field), text_of(field))) {
            return true;
        }
    }
    return false;
}

bool asked_of_column(const check_page *page, size_t column_number)
{
    if (asked_common(records_field(page->input, column_number)) < COMMON_FIELDS) {
        return true;
    }
    for (size_t w = 0; w < page->asked->want_count; w++) {
        if (page->asked->wants[w].column == column_number && asked_by_met(page, w)) {
            return true;
        }
    }
    return false;
}

static bool any_rubric_met(const check_page *page)
{
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        if (check_rubric_met(page, r)) {
            return true;
        }
    }
    return false;
}

const char *asked_nearest_absent(const check_page *page, const char *heading)
{
    const bool  any = !any_rubric_met(page);
    const char *near[2] = {NULL, NULL};
    for (size_t i = 0; i < COMMON_FIELDS; i++) {
        if (records_find(page->input, text_of(common_fields[i].field)) == COLUMN_NONE) {
            near[1] = common_fields[i].field;
            near[0] = text_nearest(text_of(heading), near, 2);
        }
    }
    for (size_t w = 0; w < page->asked->want_count; w++) {
        if (page->asked->wants[w].column == COLUMN_NONE && (any || asked_by_met(page, w))) {
            near[1] = page->asked->wants[w].field;
            near[0] = text_nearest(text_of(heading), near, 2);
        }
    }
    return near[0];
}

const char *asked_nearest_unused(const check_page *page, const char *field)
{
    const char *near[2] = {NULL, NULL};
    for (size_t i = 0; i < records_column_count(page->input); i++) {
        const char *other = records_field(page->input, i);
        if (other[0] != '\0' && !asked_of_column(page, i)) {
            near[1] = other;
            near[0] = text_nearest(text_of(field), near, 2);
        }
    }
    /* A column that is nearer to another field was meant for that. */
    const char *back = near[0] != NULL ? asked_nearest_absent(page, near[0]) : NULL;
    return back != NULL && text_same_name(text_of(back), text_of(field)) ? near[0] : NULL;
}

const char *asked_as(value_type type)
{
    static const char *const names[] = {
        [VALUE_LEVEL] = "a level",
        [VALUE_FLAG] = "yes or no",
        [VALUE_NUMBER] = "a number",
        [VALUE_DATE] = "a date",
        [VALUE_DATES] = "a list of dates",
        [VALUE_CHOICE] = "one of the choices",
        [VALUE_MATCH] = "text",
        [VALUE_TEXT] = "text",
    };
    return names[type];
}

void asked_add_readers(check_page *page, size_t number)
{
    buffer            *line = &page->line;
    const wants       *asked = page->asked;
    const want        *of = &asked->wants[number];
    const want_reader *before = NULL;
    buffer_string(line,
                  of->type == VALUE_MATCH ? "says whether a question applies" : asked_as(of->type));
    buffer_string(line, of->type == VALUE_MATCH ? ", for " : " for ");
    for (size_t i = 0; i < asked->reader_count; i++) {
        const want_reader *reader = &asked->readers[i];
        const rubric      *held = asked->rubrics[reader->rubric].rubric;
        const bool         same = before != NULL && before->rubric == reader->rubric;
        if (reader->want != number || !check_rubric_met(page, reader->rubric) ||
            (same && (before->asker == reader->asker || reader->asker == NULL))) {
            continue;
        }
        if (!same) {
            buffer_string(line, before != NULL ? "; " : "");
            buffer_format(line, "%s %s", held->id, held->version);
        }
        if (reader->asker != NULL) {
            buffer_string(line, same ? ", " : ": ");
            buffer_string(line, reader->asker->id);
        }
        before = reader;
    }
}
