#include <stdlib.h>
#include <string.h>

#include "moderation/compare.h"
#include "moderation/import.h"
#include "moderation/import_row.h"
#include "moderation/pack.h"
#include "moderation/quality.h"

typedef struct {
    store                *kept;
    const import_request *asked;
    moderation_cases      cases;
    const char          **teams; /* room for those of whoever decides */
    records_sheet         sheet;
    buffer               *rejected;
    import_made          *made;
    error_list           *errors;
} decision_import;

/* One row: an audit and what people said of it. */
typedef struct {
    import_row             in;
    const moderation_case *one;
    const rubric          *held;
    bool                   changed; /* something was recorded that was not there before */
} decision_row;

/* The columns that people fill in. A row without any of them says nothing yet. */
static const int filled_in[] = {
    COMPARE_QUALITY,    COMPARE_REASON_CODE, COMPARE_REASON_TEXT,
    COMPARE_ANSWER,     COMPARE_ANSWERED_BY, COMPARE_DISPUTE_TEXT,
    COMPARE_DECIDED_BY, COMPARE_FINAL_GRADE, COMPARE_DECISION_TEXT,
};

static const char *level_said(decision_row *at, int field)
{
    const char *written = row_said(&at->in, field);
    const int   found = spelling_find(at->held->scale.spellings, text_of(written));

    if (found != SPELLING_NONE)
        return at->held->scale.ids[found];
    const char *near = text_nearest(text_of(written), at->held->scale.ids, at->held->scale.count);
    row_refuse(&at->in, field, "\"%s\" is not a grade; %s%s%swrite a level", written,
               near ? "did you mean \"" : "", near ? near : "", near ? "\"? Else " : "");
    return "";
}

static bool note(decision_row *at, bool fine, store_outcome outcome)
{
    at->changed |= fine && outcome != STORE_SAME;
    return fine;
}

/* ---- What is said, one after the other ------------------------------------------ */

static bool take_quality(decision_import *work, decision_row *at)
{
    store_outcome outcome = STORE_SAME;

    if (!*row_said(&at->in, COMPARE_QUALITY))
        return true;
    const char *grade = level_said(at, COMPARE_QUALITY);
    const bool  fine =
        !*grade || moderation_set_quality(work->kept, at->one, grade, &outcome, work->errors);
    return note(at, fine, outcome);
}

static bool take_reason(decision_import *work, decision_row *at)
{
    const moderation_reason *reason;
    store_outcome            outcome = STORE_SAME;

    if (!*row_said(&at->in, COMPARE_REASON_CODE) && !*row_said(&at->in, COMPARE_REASON_TEXT))
        return true;
    reason = moderation_find_reason(work->asked->policy,
                                    text_of(row_said(&at->in, COMPARE_REASON_CODE)));
    if (!reason)
        row_refuse(&at->in, COMPARE_REASON_CODE,
                   "\"%s\" is not a reason of the policy; take one of its codes",
                   row_said(&at->in, COMPARE_REASON_CODE));
    if (!*row_said(&at->in, COMPARE_REASON_TEXT))
        row_refuse(&at->in, COMPARE_REASON_TEXT,
                   "no reason is given in words; write what in the file decides the grade");
    if (at->in.wrong)
        return true;
    const bool fine =
        store_put_reason(work->kept,
                         &(store_reason){.audit_id = at->one->audit_id,
                                         .by = at->one->moderator,
                                         .code = reason->code,
                                         .text = row_said(&at->in, COMPARE_REASON_TEXT)},
                         &outcome, work->errors);
    return note(at, fine, outcome);
}

static bool resolve(decision_import *work, decision_row *at, const store_resolution *given)
{
    store_outcome outcome = STORE_SAME;
    const bool    fine = store_put_resolution(work->kept, given, &outcome, work->errors);
    return note(at, fine, outcome);
}

static bool accept(decision_import *work, decision_row *at)
{
    return resolve(work, at,
                   &(store_resolution){.audit_id = at->one->audit_id,
                                       .final_grade = at->one->practice_grade,
                                       .decided_by = row_said(&at->in, COMPARE_ANSWERED_BY),
                                       .how = "moderator",
                                       .code = row_said(&at->in, COMPARE_REASON_CODE),
                                       .text = row_said(&at->in, COMPARE_REASON_TEXT)});
}

static bool dispute(decision_import *work, decision_row *at)
{
    store_outcome outcome = STORE_SAME;

    if (!*row_said(&at->in, COMPARE_DISPUTE_TEXT)) {
        row_refuse(&at->in, COMPARE_DISPUTE_TEXT,
                   "a dispute says nothing; write in dispute_text what the moderator did not see");
        return true;
    }
    const bool fine =
        store_put_dispute(work->kept,
                          &(store_dispute){.audit_id = at->one->audit_id,
                                           .by = row_said(&at->in, COMPARE_ANSWERED_BY),
                                           .text = row_said(&at->in, COMPARE_DISPUTE_TEXT)},
                          &outcome, work->errors);
    return note(at, fine, outcome);
}

/* Whoever moderated it does not answer it as well: that would be one person's grade. */
static void check_who_answers(decision_row *at)
{
    const char *by = row_said(&at->in, COMPARE_ANSWERED_BY);

    if (!text_names_somebody(text_of(by)))
        row_refuse(&at->in, COMPARE_ANSWERED_BY,
                   "nobody is named for the answer; write in answered_by who gave it");
    else if (text_same_person(text_of(by), text_of(at->one->moderator)))
        row_refuse(
            &at->in, COMPARE_ANSWERED_BY,
            "%s moderated it, and cannot answer it too; write in answered_by which auditor did",
            by);
}

/* What the auditor says; `disputed` tells whether a third person has to decide. */
static bool take_answer(decision_import *work, decision_row *at, bool *disputed)
{
    const text answer = text_of(row_said(&at->in, COMPARE_ANSWER));

    *disputed = *at->one->disputed_by != '\0';
    if (answer.size == 0 || at->in.wrong)
        return true;
    if (!*row_said(&at->in, COMPARE_REASON_CODE)) {
        row_refuse(
            &at->in, COMPARE_REASON_CODE,
            "the auditor answers before a reason is given; fill in reason_code and reason_text");
        return true;
    }
    check_who_answers(at);
    if (at->in.wrong)
        return true;
    if (text_same_name(answer, text_of("dispute"))) {
        *disputed = true;
        return dispute(work, at);
    }
    if (text_same_name(answer, text_of("accept"))) {
        if (*disputed)
            row_refuse(&at->in, COMPARE_ANSWER,
                       "it was disputed before; let the third person decide, with decided_by");
        return at->in.wrong || accept(work, at);
    }
    row_refuse(&at->in, COMPARE_ANSWER, "\"%s\" is no answer; write accept or dispute",
               row_said(&at->in, COMPARE_ANSWER));
    return true;
}

static bool take_decision(decision_import *work, decision_row *at, bool disputed)
{
    const char           *by = row_said(&at->in, COMPARE_DECIDED_BY);
    const moderation_work whose = {at->one->auditor, at->one->team, at->one->practice_area};

    if ((!*by && !*row_said(&at->in, COMPARE_FINAL_GRADE)) || at->in.wrong)
        return true;
    if (!disputed) {
        row_refuse(
            &at->in, COMPARE_DECIDED_BY,
            "nobody disputes it, so there is nothing for a third person; leave decided_by and "
            "final_grade empty");
        return true;
    }
    const char *final_grade = level_said(at, COMPARE_FINAL_GRADE);
    const char *why_not =
        *by ? moderation_why_not_third(
                  work->asked->policy, by,
                  (moderation_names){work->teams,
                                     moderation_own_teams(&work->cases, by, work->teams)},
                  at->one->moderator, &whose)
            : NULL;
    if (!text_names_somebody(text_of(by)))
        row_refuse(&at->in, COMPARE_DECIDED_BY, "nobody decided it; write who in decided_by");
    if (why_not)
        row_refuse(&at->in, COMPARE_DECIDED_BY, "%s cannot decide it: %s", by, why_not);
    if (!*row_said(&at->in, COMPARE_DECISION_TEXT))
        row_refuse(&at->in, COMPARE_DECISION_TEXT,
                   "the decision has no reason; write it in decision_text");
    return at->in.wrong ||
           resolve(work, at,
                   &(store_resolution){.audit_id = at->one->audit_id,
                                       .final_grade = final_grade,
                                       .decided_by = by,
                                       .how = "third_person",
                                       .code = row_said(&at->in, COMPARE_REASON_CODE),
                                       .text = row_said(&at->in, COMPARE_DECISION_TEXT)});
}

/* ---- A row ---------------------------------------------------------------------- */

static bool says_nothing(const decision_row *at)
{
    for (size_t f = 0; f < sizeof filled_in / sizeof *filled_in; f++)
        if (*at->in.row->cells[filled_in[f]])
            return false;
    return true;
}

static bool is_known(decision_import *work, decision_row *at)
{
    at->one = moderation_case_of(&work->cases, row_said(&at->in, COMPARE_AUDIT_ID));
    at->held = at->one ? rubric_of(work->asked->library, at->one) : NULL;
    if (at->in.row->fault)
        row_refuse(&at->in, COMPARE_AUDIT_ID, "the record %s", at->in.row->fault);
    else if (!at->one)
        row_refuse(&at->in, COMPARE_AUDIT_ID,
                   "the store has no such audit; check the column audit_id");
    else if (at->one->moderated_revision == 0)
        row_refuse(&at->in, COMPARE_AUDIT_ID,
                   "it is not moderated yet; import the moderator's pack first");
    else if (!at->held)
        row_refuse(&at->in, COMPARE_AUDIT_ID,
                   "its rubric %s %s is not at hand; name its folder with --rubric-path",
                   at->one->rubric, at->one->version);
    return !at->in.wrong;
}

/* A dispute that was not there when the final grade came. */
static bool is_new_dispute(const decision_row *at)
{
    const char *words = row_said(&at->in, COMPARE_DISPUTE_TEXT);

    return (*words ||
            text_same_name(text_of(row_said(&at->in, COMPARE_ANSWER)), text_of("dispute"))) &&
           !text_same(text_of(words), text_of(at->one->dispute_text));
}

static void refuse_dispute(decision_row *at)
{
    if (strcmp(at->one->how, "agreed") == 0)
        row_refuse(
            &at->in, COMPARE_ANSWER,
            "auditor and moderator gave the same grade, so there is nothing to dispute; leave "
            "auditor_answer and dispute_text empty");
    else
        row_refuse(&at->in, COMPARE_ANSWER,
                   "%s decided it already; a final grade is not disputed any more",
                   at->one->decided_by);
}

/* A case that is decided is decided: the same again is no fault, anything else is. */
static bool is_decided(decision_row *at)
{
    const bool  decided = *at->one->final_grade != '\0';
    const char *by = row_said(&at->in, COMPARE_DECIDED_BY),
               *grade = row_said(&at->in, COMPARE_FINAL_GRADE);

    if (decided && is_new_dispute(at))
        refuse_dispute(at);
    else if (decided && *by && *grade &&
             (!text_same_person(text_of(by), text_of(at->one->decided_by)) ||
              spelling_find(at->held->scale.spellings, text_of(grade)) !=
                  store_level(at->one->levels, at->one->final_grade)))
        row_refuse(&at->in, COMPARE_FINAL_GRADE,
                   "%s decided it already; a final grade is not changed", at->one->decided_by);
    return decided;
}

static bool take_all(decision_import *work, decision_row *at)
{
    bool disputed;

    if (!take_quality(work, at))
        return false;
    if (is_decided(at))
        return true;
    return take_reason(work, at) && take_answer(work, at, &disputed) &&
           take_decision(work, at, disputed);
}

/* A row is kept whole or not at all. */
static bool take_row(decision_import *work, decision_row *at)
{
    if (!is_known(work, at))
        return true;
    if (!store_begin(work->kept, work->errors))
        return false;
    const bool fine = take_all(work, at);
    if (fine && !at->in.wrong && at->changed)
        return store_commit(work->kept, work->errors);
    store_rollback(work->kept);
    return fine;
}

static void hand_back(decision_import *work, const decision_row *at)
{
    row_hand_back(&at->in, work->rejected);
    work->made->handed_back++;
}

static bool take_rows(decision_import *work)
{
    bool fine = true;

    for (size_t r = 0; fine && r < work->sheet.count; r++) {
        decision_row at = {
            .in = {.sheet = &work->sheet, .row = &work->sheet.rows[r], .errors = work->errors}};
        work->made->audits++;
        if (!at.in.row->fault && says_nothing(&at)) {
            work->made->open++;
            continue;
        }
        fine = take_row(work, &at);
        if (at.in.wrong)
            hand_back(work, &at);
        else if (at.changed)
            work->made->recorded++;
        else
            work->made->same++;
        fine = row_end(&at.in) && fine;
    }
    return fine;
}

static bool make_room(decision_import *work)
{
    work->teams = calloc(work->cases.count + 1, sizeof *work->teams);
    return work->teams || error_memory(work->errors);
}

bool import_decisions(store *kept, const record_source *source, const import_request *request,
                      buffer *rejected, import_made *made, error_list *errors)
{
    decision_import work = {
        .kept = kept, .asked = request, .rejected = rejected, .made = made, .errors = errors};

    *made = (import_made){0};
    const bool fine =
        records_sheet_read(&work.sheet, source, compare_columns, 1, COMPARE_COLUMNS, errors) &&
        moderation_cases_read(kept, NULL, &work.cases, errors) && make_room(&work) &&
        take_rows(&work) && (!rejected->failed || error_memory(errors));
    free(work.teams);
    moderation_cases_free(&work.cases);
    records_sheet_free(&work.sheet);
    return fine;
}
