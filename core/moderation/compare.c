#include "moderation/compare.h"

#include <stdlib.h>
#include <string.h>

#include "moderation/compare_page.h"
#include "moderation/known_name.h"
#include "moderation/quality.h"
#include "writing/csv_text.h"

const char *const compare_columns[COMPARE_COLUMNS] = {
    "audit_id",          "practice_area",  "audit_date",          "team",
    "auditor_grade",     "rubric_grade",   "moderator",           "moderator_grade",
    "moderator_comment", "next_step",      "audit_quality_grade", "reason_code",
    "reason_text",       "auditor_answer", "answered_by",         "dispute_text",
    "decided_by",        "final_grade",    "decision_text",
};

/* Who has to say what next. */
static const char *next_step(const moderation_case *one)
{
    switch (moderation_stage_of(one)) {
    case CASE_DIFFERS:
        return "moderator: reason_code and reason_text";
    case CASE_TO_ANSWER:
        return "auditor: auditor_answer, accept or dispute, and answered_by; with a dispute, "
               "dispute_text";
    case CASE_DISPUTED:
        return "a third person: decided_by, final_grade and decision_text";
    default:
        return "moderator: audit_quality_grade";
    }
}

static bool waits(const compare_request *request, const moderation_case *one)
{
    if (request->moderator &&
        !text_same_person(text_of(request->moderator), text_of(one->moderator)))
        return false;
    switch (moderation_stage_of(one)) {
    case CASE_DIFFERS:
    case CASE_TO_ANSWER:
    case CASE_DISPUTED:
        return true;
    case CASE_DECIDED:
        return moderation_wants_quality(request->policy, one);
    default:
        return false;
    }
}

void compare_difference(buffer *out, const moderation_case *one)
{
    const int auditor = store_level(one->levels, one->auditor_grade);
    const int moderator = store_level(one->levels, one->practice_grade);

    if (auditor < 0 || moderator < 0)
        return;
    if (auditor == moderator) {
        buffer_string(out, "the same");
        return;
    }
    const int levels = auditor > moderator ? auditor - moderator : moderator - auditor;
    buffer_format(out, "auditor %d %s %s", levels, levels == 1 ? "level" : "levels",
                  auditor > moderator ? "higher" : "lower");
}

static void write_row(const moderation_case *one, buffer *out)
{
    const char *const cells[COMPARE_COLUMNS] = {
        one->audit_id,
        one->practice_area,
        one->audit_date,
        one->team,
        one->auditor_grade,
        one->tool_grade,
        one->moderator,
        one->practice_grade,
        one->comment,
        next_step(one),
        one->audit_quality_grade,
        one->reason_code,
        one->reason_text,
        *one->disputed_by ? "dispute" : "",
        one->disputed_by,
        one->dispute_text,
        one->decided_by,
        one->final_grade,
        one->decision_text,
    };

    for (size_t c = 0; c < COMPARE_COLUMNS; c++) {
        csv_string(out, cells[c]);
        buffer_string(out, c + 1 < COMPARE_COLUMNS ? "," : "\r\n");
    }
}

static void write_sheet(const moderation_case *const *chosen, size_t count, buffer *out)
{
    buffer_string(out, "\xEF\xBB\xBF");
    for (size_t c = 0; c < COMPARE_COLUMNS; c++) {
        buffer_string(out, compare_columns[c]);
        buffer_string(out, c + 1 < COMPARE_COLUMNS ? "," : "\r\n");
    }
    for (size_t c = 0; c < count; c++)
        write_row(chosen[c], out);
}

static bool disclose(store *kept, const moderation_case *const *chosen, size_t count,
                     error_list *errors)
{
    bool fine = store_begin(kept, errors);

    if (!fine)
        return false;
    for (size_t c = 0; fine && c < count; c++)
        fine = store_put_disclosure(
            kept, &(store_disclosure){chosen[c]->audit_id, chosen[c]->moderator}, NULL, errors);
    if (fine)
        return store_commit(kept, errors);
    store_rollback(kept);
    return false;
}

/* Nothing is shown of a moderator that nobody is: the name is asked. */
static bool ask_for_name(const compare_request *request, const moderation_cases *cases,
                         error_list *errors)
{
    const char *meant =
        request->moderator ? moderation_name_meant(cases, request->policy, request->moderator) : "";

    if (!meant)
        return error_memory(errors);
    if (*meant)
        error_add(errors, FAULT_NOTICE, NULL, 0, 0,
                  "\"%s\" has neither audited nor moderated so far; did you mean \"%s\"?",
                  request->moderator, meant);
    return true;
}

bool compare_write(store *kept, const compare_request *request, buffer *out, size_t *count,
                   error_list *errors)
{
    moderation_cases        cases;
    const moderation_case **chosen = NULL;
    bool                    fine = moderation_cases_read(kept, NULL, &cases, errors);

    *count = 0;
    if (fine) {
        chosen = calloc(cases.count + 1, sizeof *chosen);
        fine = chosen || error_memory(errors);
    }
    for (size_t c = 0; fine && c < cases.count; c++)
        if (waits(request, &cases.items[c]))
            chosen[(*count)++] = &cases.items[c];
    fine = fine && ask_for_name(request, &cases, errors) && disclose(kept, chosen, *count, errors);
    if (fine && strcmp(request->format, "html") == 0)
        fine = compare_page(kept, chosen, *count, out, errors);
    else if (fine)
        write_sheet(chosen, *count, out);
    fine = fine && (!out->failed || error_memory(errors));
    free(chosen);
    moderation_cases_free(&cases);
    return fine;
}
