/* forms.h - what a moderator fills in: a pack of audits as CSV, or as one page that works without a
 * network, and what comes back.
 *
 * The forms are blind: they hold the facts that were recorded and the rubric's questions, never how
 * the auditor or the rubric rated them, nor who audited. */
#pragma once

#include "records/records.h"
#include "rubric/rubric.h"
#include "writing/buffer.h"

/* A fact of the record: a field and what it says. */
typedef struct {
    const char *field;
    const char *value;
} form_fact;

typedef struct {
    const char      *audit_id;
    const char      *case_reference; /* by which the moderator finds the file; "" where not known */
    const char      *team;           /* likewise */
    int32_t          audit_date;
    const rubric    *rubric; /* its questions and scale */
    const form_fact *facts;  /* of those, what must stay hidden is left out by the form */
    size_t           fact_count;
} form_audit;

typedef struct {
    const char       *pack; /* names the pack in what comes back */
    const char       *moderator;
    const form_audit *audits;
    size_t            count;
} form_pack;

/* The questions beside those of the rubric, as a form names them. */
#define FORM_PRACTICE_GRADE "moderator.practice_grade"
#define FORM_MODERATED_ON   "moderator.moderated_on"
#define FORM_COMMENT        "moderator.comment"

/* Writes the pack. Where memory is out, `out` has failed. */
void form_write_csv(const form_pack *pack, buffer *out);
void form_write_html(const form_pack *pack, buffer *out);

/* True where the moderator is asked to rate the criterion: its value is a level, not a fact. */
bool form_asks(const criterion *criterion);

/* The rating that an answer names: a level's id, "missing" or "not_applicable", by any of its spellings;
 * NULL where it names none. */
const char *form_rating_named(const rubric *rubric, const char *answer);

/* True where a form for this rubric may show the field: nobody's rating or grade, and no name. */
bool form_may_show(const rubric *rubric, const char *field);

/* One answer that came back. Strings live as long as the answers. */
typedef struct {
    uint64_t    line;
    const char *fault; /* why the row cannot be read; NULL: it can */
    const char *pack;
    const char *audit_id;
    const char *question; /* a criterion's id, or one of the above */
    const char *answer;   /* "" where nothing was answered */
} form_answer;

typedef struct {
    records_sheet sheet;
    form_answer  *items; /* in file order; rows without a question are left out */
    size_t        count;
    size_t        answer_column; /* from 1; for messages */
} form_answers;

/* Reads a form that was filled in, as CSV: either form's. False and `errors` filled where it
 * is none. Free with form_answers_free() in either case. */
bool form_answers_read(form_answers *out, const record_source *source, error_list *errors);
void form_answers_free(form_answers *answers);
