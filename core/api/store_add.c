/* Records into the store: each graded, and kept with its grade; a file at a time, or nothing of it. */
#include <stdio.h>
#include <string.h>

#include "api/graded_rows.h"
#include "api/met_keys.h"
#include "base/date.h"
#include "api/store_add.h"

enum { REJECTED_TOLD = 200 }; /* of one file, one by one */

typedef struct {
    assay             *session;
    const char        *file;
    store             *kept;
    bool               begun;
    rubric_fact_table *facts;
    met_keys           ids;
    assay_add_totals  *totals;
    uint64_t           told;
    uint64_t           blank;        /* rows with nothing in them */
    uint64_t           first_blank;  /* its line */
    uint64_t           insufficient; /* of those that are kept */
    uint64_t           moderated;    /* of those revised */
} addition;

/* ---- Keeping ---------------------------------------------------------------------------------- */

static void tell_rejected(addition *to, uint64_t line, const char *why)
{
    to->totals->rejected++;
    if (to->told++ < REJECTED_TOLD)
        error_add(&to->session->errors, FAULT_NOTICE, to->file, line, 0, "%s", why);
}

/* Whether the file had the id before: the same row again is passed on, another one is rejected, so that
 * the same file added twice changes nothing. */
static bool meet_id(addition *to, uint64_t line, const store_audit *audit, bool *rejected)
{
    char     why[120];
    uint64_t other;

    *rejected = false;
    if (!met_keys_note(&to->ids, audit->audit_id, audit->row_hash, line, &other,
                       &to->session->errors))
        return false;
    *rejected = other > 0;
    if (*rejected) {
        snprintf(
            why, sizeof why,
            "another audit of this file, on line %llu, has the same audit_id; give each its own",
            (unsigned long long)other);
        tell_rejected(to, line, why);
    }
    return true;
}

static bool count_revised(addition *to, const char *audit_id)
{
    bool moderated = false;

    to->totals->revised++;
    if (!store_was_moderated(to->kept, audit_id, &moderated, &to->session->errors))
        return false;
    to->moderated += moderated;
    return true;
}

static void tell_moderated(const addition *to)
{
    error_add(&to->session->errors, FAULT_NOTICE, to->file, 0, 0,
              to->moderated == 1
                  ? "%llu audit was changed after it was moderated; what moderation found stays "
                    "with the record as it was, and assay moderation status counts it"
                  : "%llu audits were changed after they were moderated; what moderation found "
                    "stays with the records as they were, and assay moderation status counts them",
              (unsigned long long)to->moderated);
}

static bool take_date(void *user, const store_stamp *stamp, const store_audit *held)
{
    (void)stamp;
    snprintf(user, DATE_TEXT_SIZE, "%s", held->audit_date);
    return false;
}

static bool tell_another(addition *to, uint64_t line, const char *audit_id)
{
    char date[DATE_TEXT_SIZE] = "", why[160];

    if (!store_each_audit(to->kept, &(store_filter){.audit_id = audit_id}, take_date, date,
                          &to->session->errors))
        return false;
    snprintf(why, sizeof why,
             "the store has another audit of that id%s%s; give each audit its own id, such as N-1",
             *date ? ", of " : "", date);
    tell_rejected(to, line, why);
    return true;
}

static bool keep_row(addition *to, const graded_rows *list, const graded_row *row)
{
    const store_graded *given = &list->graded[row->graded];
    store_outcome       outcome;
    bool                rejected;

    to->totals->rows++;
    if (row->blank) {
        to->totals->rejected++;
        if (to->blank++ == 0)
            to->first_blank = row->line;
        return true;
    }
    if (row->rejected) {
        tell_rejected(to, row->line, row->rejected);
        return true;
    }
    if (!meet_id(to, row->line, &given->audit, &rejected))
        return false;
    if (rejected)
        return true;
    if (!store_put_graded(to->kept, given, list->prepared, row->graded, &outcome,
                          &to->session->errors))
        return false;
    switch (outcome) {
    case STORE_REDACTED:
        tell_rejected(to, row->line,
                      "this audit was redacted, and is not added again; take it out of the file");
        break;
    case STORE_ANOTHER:
        return tell_another(to, row->line, given->audit.audit_id);
    case STORE_ADDED:
        to->totals->added++;
        break;
    case STORE_REVISED:
        if (!count_revised(to, given->audit.audit_id))
            return false;
        break;
    case STORE_SAME:
        to->totals->same++;
        break;
    }
    to->insufficient +=
        outcome != STORE_REDACTED && strcmp(given->grade.judgement, "not_graded") == 0;
    return true;
}

/* Spreadsheets end in them by the hundred: one message. */
static void tell_blank(const addition *to)
{
    if (to->blank == 1)
        error_add(&to->session->errors, FAULT_NOTICE, to->file, to->first_blank, 0,
                  "this row is empty; delete it");
    else if (to->blank > 1)
        error_add(&to->session->errors, FAULT_NOTICE, to->file, to->first_blank, 0,
                  "%llu rows are empty, of which this is the first; delete them",
                  (unsigned long long)to->blank);
}

static void *render_rows(void *user, const graded_batch *batch)
{
    const addition *to = user;
    return graded_rows_of(batch, to->facts);
}

static bool deliver_rows(void *user, void *rendered, error_list *errors)
{
    addition    *to = user;
    graded_rows *list = rendered;
    (void)errors; /* those of the session, which only this thread uses now, say it all */

    error_append(&to->session->errors, &list->errors);
    bool fine = list->prepared != NULL;
    if (fine && !to->begun)
        fine = to->begun = store_begin(to->kept, &to->session->errors);
    for (size_t i = 0; fine && i < list->count; i++)
        fine = keep_row(to, list, &list->rows[i]);
    graded_rows_free(list);
    return fine;
}

static void discard_rows(void *user, void *rendered)
{
    (void)user;
    graded_rows_free(rendered);
}

/* ---- A file -------------------------------------------------------------------------------------- */

int store_add_audits(assay *session, const assay_input *input, const kept_cells *keep, page *out,
                     assay_add_totals *totals)
{
    assay_add_totals  counted = {0};
    grade_totals      graded = {0};
    rubric_fact_table facts = {.lock = PTHREAD_MUTEX_INITIALIZER};
    addition          to = {
                 .session = session,
                 .file = input->name   ? input->name
                         : input->path ? input->path
                                       : "input",
                 .kept = session_store(session, true),
                 .facts = &facts,
                 .totals = &counted,
    };
    const grade_sink sink = {&to, render_rows, deliver_rows, discard_rows};

    if (!to.kept)
        return session_status(session);
    bool ran = session_grade_kept(session, input, 1, NULL, keep, &sink, &graded);
    if (to.begun && ran)
        ran = store_commit(to.kept, &session->errors);
    else
        store_rollback(to.kept);
    tell_blank(&to);
    if (to.told > REJECTED_TOLD)
        error_add(&session->errors, FAULT_NOTICE, to.file, 0, 0,
                  "%llu more rows were rejected; assay records check shows what is wrong with a "
                  "file",
                  (unsigned long long)(to.told - REJECTED_TOLD));
    if (ran && to.moderated > 0)
        tell_moderated(&to);
    met_keys_free(&to.ids);
    rubric_facts_free(&facts);
    const int status = session_outcome(session, ran, &graded);
    if (!ran)
        return status;
    say_totals(out, to.file, &counted);
    if (to.insufficient > 0)
        page_say(out, "%s: with insufficient evidence for a judgement %llu\n", to.file,
                 (unsigned long long)to.insufficient);
    add_totals(totals, &counted);
    return out->failed                                    ? ASSAY_FAILED
           : status == ASSAY_FINE && counted.rejected > 0 ? ASSAY_FOUND
                                                          : status;
}
