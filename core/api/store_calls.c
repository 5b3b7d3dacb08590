/* What can be done with a store as a whole. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/page.h"
#include "base/date.h"

/* A call that failed has said why, or its caller's `write` knows. */
static int outcome(const assay *session, bool done)
{
    const int status = session_status(session);
    return done ? ASSAY_FINE : status == ASSAY_FINE ? ASSAY_FAILED : status;
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* A date as people write it, as the store has it; "" where it is not given. A month ("2026-03") is its
 * first day, or with `last` its last. */
static bool read_date(assay *session, const char *given, bool last, char out[DATE_TEXT_SIZE])
{
    int32_t day;
    char    whole[DATE_TEXT_SIZE];

    *out = '\0';
    if (!given)
        return true;
    const size_t size = strlen(given);
    if (size == sizeof "2026-03" - 1) {
        snprintf(whole, sizeof whole, "%s-01", given);
        if (date_read(whole, strlen(whole), &day)) {
            snprintf(out, DATE_TEXT_SIZE, "%s-%s", given, last ? "31" : "01");
            return true;
        }
    }
    if (date_read(given, size, &day)) {
        date_write(day, out);
        return true;
    }
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
              "\"%.60s\" is not a date; write dates as dd/mm/yyyy", given);
    return false;
}

int assay_list_store(assay *session, const char *list, const assay_store_filter *filter,
                     const char *format, assay_write write, void *user)
{
    static const assay_store_filter everything = {.struct_size = sizeof everything};
    const assay_store_filter       *asked = filter ? filter : &everything;
    caller_write                    caller = {write, user};
    char                            from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];

    if (!read_date(session, asked->from, false, from) || !read_date(session, asked->to, true, to))
        return ASSAY_REFUSED;
    store *kept = session_store(session, false);
    return outcome(session,
                   kept && store_list_entries(kept, list,
                                              &(store_filter){
                                                  .audit_id = asked->audit_id,
                                                  .from = from,
                                                  .to = to,
                                                  .team = asked->team,
                                                  .auditor = asked->auditor,
                                                  .practice_area = asked->practice_area,
                                                  .history = asked->history != 0,
                                              },
                                              format, caller_writes, &caller, &session->errors));
}

int assay_export_store(assay *session, assay_write write, void *user)
{
    caller_write caller = {write, user};
    store       *kept = session_store(session, false);

    return outcome(session, kept && store_export(kept, caller_writes, &caller, &session->errors));
}

/* ---- Looking ----------------------------------------------------------------------------- */

static void say_fault(void *user, const char *what)
{
    page_say(user, "%s\n", what);
}

int assay_verify_store(assay *session, const char *checkpoint, assay_write write, void *user)
{
    page          out = {.to = {write, user}};
    const char   *path = session_store_path(session);
    store_verdict verdict;

    if (!path || !store_verify(path, checkpoint, say_fault, &out, &verdict, &session->errors))
        return outcome(session, false);
    page_say(&out, "%lld events, %lld of them redacted: %s\n", (long long)verdict.events,
             (long long)verdict.redacted,
             verdict.faults == 0 ? "whole and unchanged" : "not as they were written");
    if (verdict.faults == 0)
        page_say(&out, "checkpoint %s\n", verdict.checkpoint);
    return out.failed ? ASSAY_FAILED : verdict.faults > 0 ? ASSAY_FOUND : ASSAY_FINE;
}

/* ---- Taking out ---------------------------------------------------------------------------- */

int assay_redact_store(assay *session, const assay_redaction *what, uint64_t *events)
{
    char            before[DATE_TEXT_SIZE];
    store_redaction asked = {.audit_id = what->audit_id,
                             .child_ref = what->child_ref,
                             .before = before,
                             .reason = what->reason};
    int64_t         count = 0;

    *events = 0;
    if (!read_date(session, what->before, false, before))
        return ASSAY_REFUSED;
    store     *kept = session_store(session, true);
    const bool done = kept && store_redact(kept, &asked, &count, &session->errors);
    *events = (uint64_t)count;
    if (done && count == 0)
        error_add(&session->errors, FAULT_NOTICE, session_store_path(session), 0, 0,
                  "has nothing of that to take out");
    return done && count == 0 ? ASSAY_FOUND : outcome(session, done);
}

/* ---- Copies -------------------------------------------------------------------------------- */

int assay_back_up_store(assay *session, const char *file, assay_write write, void *user)
{
    page          out = {.to = {write, user}};
    store        *kept = session_store(session, false);
    store_verdict verdict;

    if (!kept || !store_backup(kept, file, &verdict, &session->errors))
        return outcome(session, false);
    page_say(&out, "%s: %lld events, checkpoint %s\n", file, (long long)verdict.events,
             verdict.checkpoint);
    return out.failed ? ASSAY_FAILED : ASSAY_FINE;
}

/* The session's own connection must not stand in the way. */
static void let_go(assay *session)
{
    store_close(session->store);
    session->store = NULL;
}

int assay_restore_store(assay *session, const char *file, unsigned flags, assay_write write,
                        void *user)
{
    page           out = {.to = {write, user}};
    store_settings settings;
    char          *kept = NULL;

    let_go(session);
    if (!session_store_settings(session, true, &settings))
        return outcome(session, false);
    const bool done = store_restore(&settings, file, (flags & ASSAY_REPLACE_STORE) != 0, &kept,
                                    &session->errors);
    if (done)
        page_say(&out, "%s is what %s has\n", settings.path, file);
    if (done && kept)
        page_say(&out, "what it was is kept as %s\n", kept);
    free(kept);
    return out.failed ? ASSAY_FAILED : done ? ASSAY_FINE : outcome(session, false);
}

int assay_migrate_store(assay *session, assay_write write, void *user)
{
    page           out = {.to = {write, user}};
    store_settings settings;
    char          *kept = NULL;
    int64_t        from = 0;

    let_go(session);
    if (!session_store_settings(session, true, &settings))
        return outcome(session, false);
    const bool done = store_migrate(&settings, &from, &kept, &session->errors);
    if (done && !kept)
        page_say(&out, "%s is of version %lld, as it has to be\n", settings.path,
                 (long long)store_version());
    if (done && kept)
        page_say(&out, "%s was of version %lld and is of version %lld\nwhat it was is kept as %s\n",
                 settings.path, (long long)from, (long long)store_version(), kept);
    free(kept);
    return out.failed ? ASSAY_FAILED : outcome(session, done);
}
