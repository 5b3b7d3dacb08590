#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "forms/forms.h"
#include "moderation/import.h"
#include "moderation/pack.h"
#include "writing/csv_text.h"

/* The answers of one audit, side by side in the file's order. */
typedef struct {
    const moderation_case *one;  /* NULL: the store has no such audit */
    const rubric          *held; /* NULL: not at hand */
    const form_answer    **answers;
    size_t                 count;
    store_pair            *ratings;
    size_t                 rating_count;
    const char            *practice_grade; /* a level's id */
    char                   moderated_on[DATE_TEXT_SIZE];
    const char            *comment;
    size_t                 answered;
    buffer                 faults; /* what is wrong, for the file that goes back */
    bool                   wrong;
} audit_answers;

typedef struct {
    store                *kept;
    const import_request *asked;
    moderation_cases      cases;
    form_answers          read;
    const char           *moderator; /* whose teams the next are; NULL: nobody's yet */
    const char          **teams;
    size_t                team_count;
    buffer               *rejected;
    import_made          *made;
    error_list           *errors;
} pack_import;

/* ---- What is wrong ------------------------------------------------------------- */

/* A place in the file, what is wrong and what to do; for the message and for the file that goes
 * back. */
__attribute__((format(printf, 4, 5))) static void
refuse(pack_import *work, audit_answers *audit, const form_answer *at, const char *format, ...)
{
    const char *id = audit->answers[0]->audit_id;
    va_list     values;
    char       *said = NULL;

    audit->wrong = true;
    va_start(values, format);
    const int size = vasprintf(&said, format, values);
    va_end(values);
    if (size < 0) {
        error_memory(work->errors);
        return;
    }
    error_add(work->errors, FAULT_NOTICE, work->read.sheet.name, at->line, work->read.answer_column,
              "%s%s%s%s", *id ? "audit " : "", id, *id ? ": " : "", said);
    if (audit->faults.size > 0)
        buffer_string(&audit->faults, " | ");
    buffer_format(&audit->faults, "line %llu: ", (unsigned long long)at->line);
    buffer_string(&audit->faults, said);
    free(said);
}

/* ---- One answer ---------------------------------------------------------------- */

static const criterion *criterion_of(const rubric *held, const char *id)
{
    const size_t found = rubric_find_criterion(held, text_of(id));
    return found == SIZE_MAX || !form_asks(&held->criteria[found]) ? NULL : &held->criteria[found];
}

/* The level that an answer names, or NULL. */
static const char *level_named(const rubric *held, const char *answer)
{
    const int found = spelling_find(held->scale.spellings, text_of(answer));
    return found == SPELLING_NONE ? NULL : held->scale.ids[found];
}

static void read_rating(pack_import *work, audit_answers *audit, const form_answer *at,
                        const criterion *asked)
{
    const char *rating = form_rating_named(audit->held, at->answer);

    if (!rating) {
        const char *near =
            text_nearest(text_of(at->answer), audit->held->scale.ids, audit->held->scale.count);
        refuse(work, audit, at,
               "\"%s\" is not an answer to %s; %s%s%swrite a level, missing or "
               "not_applicable",
               at->answer, asked->id, near ? "did you mean \"" : "", near ? near : "",
               near ? "\"? Else " : "");
        return;
    }
    audit->ratings[audit->rating_count++] = (store_pair){asked->id, rating};
}

static void read_grade(pack_import *work, audit_answers *audit, const form_answer *at)
{
    audit->practice_grade = level_named(audit->held, at->answer);
    if (audit->practice_grade)
        return;
    const char *near =
        text_nearest(text_of(at->answer), audit->held->scale.ids, audit->held->scale.count);
    refuse(work, audit, at, "\"%s\" is not a grade; %s%s%swrite a level", at->answer,
           near ? "did you mean \"" : "", near ? near : "", near ? "\"? Else " : "");
}

static void read_day(pack_import *work, audit_answers *audit, const form_answer *at)
{
    int32_t day, audited;

    if (!date_read(at->answer, strlen(at->answer), &day))
        refuse(work, audit, at, "\"%s\" is not a date; %s", at->answer,
               date_remedy(text_of(at->answer)));
    else if (date_read(audit->one->audit_date, strlen(audit->one->audit_date), &audited) &&
             day < audited)
        refuse(work, audit, at,
               "\"%s\" is before the audit, which was on %s; write the day on "
               "which the file was moderated",
               at->answer, audit->one->audit_date);
    else if (day > work->asked->today)
        refuse(work, audit, at,
               "\"%s\" is still to come; write the day on which the file was "
               "moderated",
               at->answer);
    else
        date_write(day, audit->moderated_on);
}

static bool is_repeated(const audit_answers *audit, const form_answer *at)
{
    for (size_t a = 0; a < audit->count && audit->answers[a] != at; a++)
        if (strcmp(audit->answers[a]->question, at->question) == 0)
            return true;
    return false;
}

static void read_answer(pack_import *work, audit_answers *audit, const form_answer *at)
{
    const criterion *asked = criterion_of(audit->held, at->question);

    if (at->fault)
        refuse(work, audit, at, "the record %s", at->fault);
    else if (is_repeated(audit, at))
        refuse(work, audit, at, "%s is answered twice; keep one row", at->question);
    else if (strcmp(at->pack, audit->one->pack) != 0)
        refuse(work, audit, at,
               "it is not in the pack \"%s\" but in \"%s\", of %s; check the columns pack and "
               "audit_id",
               at->pack, audit->one->pack, audit->one->moderator);
    else if (!*at->answer)
        return;
    else if (asked)
        read_rating(work, audit, at, asked);
    else if (strcmp(at->question, FORM_PRACTICE_GRADE) == 0)
        read_grade(work, audit, at);
    else if (strcmp(at->question, FORM_MODERATED_ON) == 0)
        read_day(work, audit, at);
    else if (strcmp(at->question, FORM_COMMENT) == 0)
        audit->comment = at->answer;
    else
        refuse(work, audit, at,
               "\"%s\" is not a question of the pack; leave the column question_id "
               "as it was",
               at->question);
    audit->answered += *at->answer != '\0';
}

/* ---- One audit ------------------------------------------------------------------ */

static bool has_answer(const audit_answers *audit, const char *question)
{
    for (size_t a = 0; a < audit->count; a++)
        if (strcmp(audit->answers[a]->question, question) == 0 && *audit->answers[a]->answer)
            return true;
    return false;
}

/* Whoever began has to answer all but the comment: a half-filled form is handed back. */
static void require_all(pack_import *work, audit_answers *audit)
{
    const form_answer *last = audit->answers[audit->count - 1];

    for (size_t c = 0; c < audit->held->criterion_count; c++)
        if (form_asks(&audit->held->criteria[c]) && !has_answer(audit, audit->held->criteria[c].id))
            refuse(work, audit, last,
                   "%s is not answered; write a level, missing or "
                   "not_applicable",
                   audit->held->criteria[c].id);
    if (!has_answer(audit, FORM_PRACTICE_GRADE))
        refuse(work, audit, last, FORM_PRACTICE_GRADE " is not answered; write a level");
    if (!has_answer(audit, FORM_MODERATED_ON))
        refuse(work, audit, last, FORM_MODERATED_ON " is not answered; write the day, dd/mm/yyyy");
}

static bool is_known(pack_import *work, audit_answers *audit)
{
    const form_answer *first = audit->answers[0];

    if (first->fault)
        refuse(work, audit, first, "the record %s", first->fault);
    else if (!audit->one)
        refuse(work, audit, first, "the store has no such audit; check the column audit_id");
    else if (!*audit->one->pack)
        refuse(work, audit, first, "it was given to nobody; make a pack with it first");
    else if (!audit->held)
        refuse(work, audit, first,
               "its rubric %s %s is not at hand; name its folder with "
               "--rubric-path",
               audit->one->rubric, audit->one->version);
    return !audit->wrong;
}

static store_moderation moderation_of(const audit_answers *audit)
{
    return (store_moderation){
        .audit_id = audit->one->audit_id,
        .moderator = audit->one->moderator,
        .revision =
            audit->one->moderated_revision ? audit->one->moderated_revision : audit->one->revision,
        .moderated_on = audit->moderated_on,
        .practice_grade = audit->practice_grade,
        .audit_quality_grade = audit->one->audit_quality_grade,
        .comment = audit->comment,
        .ratings = {audit->ratings, audit->rating_count},
    };
}

/* Both are the same, or the auditor gave none: that is the final grade. */
static bool decide(pack_import *work, const audit_answers *audit)
{
    const bool agreed = strcmp(audit->one->auditor_grade, audit->practice_grade) == 0;

    if (!agreed && *audit->one->auditor_grade) {
        work->made->differ++;
        return true;
    }
    work->made->agreed++;
    return store_put_resolution(work->kept,
                                &(store_resolution){.audit_id = audit->one->audit_id,
                                                    .final_grade = audit->practice_grade,
                                                    .decided_by = audit->one->moderator,
                                                    .how = agreed ? "agreed" : "moderator"},
                                NULL, work->errors);
}

/* Why the moderator may not take the audit as it is now: it may have changed since they got it. NULL
 * where they may. */
static const char *why_not(pack_import *work, const moderation_case *one)
{
    const moderation_work whose = {one->auditor, one->team, one->practice_area};

    if (!work->moderator || strcmp(work->moderator, one->moderator) != 0) {
        work->moderator = one->moderator;
        work->team_count = moderation_own_teams(&work->cases, one->moderator, work->teams);
    }
    return moderation_why_not(work->asked->policy, one->moderator,
                              (moderation_names){work->teams, work->team_count}, &whose);
}

/* Once both grades were shown the blind one is not changed any more: what follows is a decision. Before
 * that a slip can be put right, also one by which both grades happened to agree. */
static bool is_settled(const moderation_case *one)
{
    return one->shown || *one->reason_code || *one->disputed_by ||
           strcmp(one->how, "third_person") == 0;
}

static void refuse_settled(pack_import *work, audit_answers *audit)
{
    const moderation_case *one = audit->one;
    const char            *since =
        one->shown ? "both grades have been shown" : "its difference was talked over";

    if (*one->final_grade)
        refuse(work, audit, audit->answers[0],
               "it was moderated before, %s since, and its final grade is %s; leave its answers as "
               "they were",
               since, one->final_grade);
    else
        refuse(work, audit, audit->answers[0],
               "it was moderated before, and %s since; decide the final grade in the comparison "
               "instead",
               since);
}

/* One audit, kept whole or not at all. False where the store failed. */
static bool record(pack_import *work, audit_answers *audit)
{
    const store_moderation given = moderation_of(audit);
    store_outcome          outcome;

    if (!store_begin(work->kept, work->errors))
        return false;
    if (!store_put_moderation(work->kept, &given, &outcome, work->errors)) {
        store_rollback(work->kept);
        return false;
    }
    if (outcome == STORE_SAME) {
        store_rollback(work->kept);
        work->made->same++;
        return true;
    }
    if (is_settled(audit->one)) {
        store_rollback(work->kept);
        refuse_settled(work, audit);
        return true;
    }
    const char *reason = why_not(work, audit->one);
    if (reason) {
        store_rollback(work->kept);
        refuse(work, audit, audit->answers[0],
               "%s cannot moderate it: %s; give it to somebody else with assay moderation pack "
               "--take-over",
               audit->one->moderator, reason);
        return true;
    }
    work->made->recorded++;
    if (!decide(work, audit)) {
        store_rollback(work->kept);
        return false;
    }
    return store_commit(work->kept, work->errors);
}

/* The audit's rows as they came, each with what is wrong with the audit. */
static void hand_back(pack_import *work, const audit_answers *audit)
{
    const text reason = {audit->faults.bytes, audit->faults.size};

    work->made->handed_back++;
    if (work->rejected->size == 0)
        buffer_string(work->rejected, "\xEF\xBB\xBFpack,audit_id,question_id,answer,reason\r\n");
    for (size_t a = 0; a < audit->count; a++) {
        const form_answer *at = audit->answers[a];
        const char *const  cells[] = {at->pack, at->audit_id, at->question, at->answer};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
            csv_string(work->rejected, cells[c]);
            buffer_byte(work->rejected, ',');
        }
        csv_cell(work->rejected, reason);
        buffer_string(work->rejected, "\r\n");
    }
}

static bool take_audit(pack_import *work, audit_answers *audit)
{
    bool fine = true;

    work->made->audits++;
    audit->one = moderation_case_of(&work->cases, audit->answers[0]->audit_id);
    audit->held = audit->one ? rubric_of(work->asked->library, audit->one) : NULL;
    audit->practice_grade = audit->comment = "";
    audit->ratings = calloc(audit->count + 1, sizeof *audit->ratings);
    if (!audit->ratings)
        return error_memory(work->errors);
    if (is_known(work, audit)) {
        for (size_t a = 0; a < audit->count; a++)
            read_answer(work, audit, audit->answers[a]);
        if (audit->answered == 0 && !audit->wrong)
            work->made->open++;
        else {
            require_all(work, audit);
            if (!audit->wrong)
                fine = record(work, audit);
        }
    }
    if (fine && audit->wrong)
        hand_back(work, audit);
    fine = fine && (!audit->faults.failed || error_memory(work->errors));
    buffer_free(&audit->faults);
    free(audit->ratings);
    return fine;
}

/* ---- The file -------------------------------------------------------------------- */

static int by_audit_then_line(const void *a, const void *b)
{
    const form_answer *one = *(form_answer *const *)a, *other = *(form_answer *const *)b;
    const int          order = strcmp(one->audit_id, other->audit_id);

    return order ? order : (one->line > other->line) - (one->line < other->line);
}

static bool make_room(pack_import *work)
{
    work->teams = calloc(work->cases.count + 1, sizeof *work->teams);
    return work->teams || error_memory(work->errors);
}

static bool take_audits(pack_import *work)
{
    const size_t        count = work->read.count;
    const form_answer **answers = calloc(count + 1, sizeof *answers);
    bool                fine = answers != NULL || error_memory(work->errors);

    for (size_t a = 0; fine && a < count; a++)
        answers[a] = &work->read.items[a];
    if (fine)
        qsort(answers, count, sizeof *answers, by_audit_then_line);
    for (size_t first = 0, end; fine && first < count; first = end) {
        for (end = first;
             end < count && strcmp(answers[end]->audit_id, answers[first]->audit_id) == 0; end++)
            ;
        fine = take_audit(work, &(audit_answers){.answers = answers + first, .count = end - first});
    }
    free(answers);
    return fine;
}

bool import_pack(store *kept, const record_source *source, const import_request *request,
                 buffer *rejected, import_made *made, error_list *errors)
{
    pack_import work = {
        .kept = kept, .asked = request, .rejected = rejected, .made = made, .errors = errors};

    *made = (import_made){0};
    const bool fine = form_answers_read(&work.read, source, errors) &&
                      moderation_cases_read(kept, NULL, &work.cases, errors) && make_room(&work) &&
                      take_audits(&work) && (!rejected->failed || error_memory(errors));
    free(work.teams);
    moderation_cases_free(&work.cases);
    form_answers_free(&work.read);
    return fine;
}
