#include <string.h>

#include "api/session.h"

/* The report's name for the format that the caller asked for; NULL: there is none. */
static const char *explain_format(const char *format)
{
    return strcmp(format, "text") == 0 ? "explain"
           : strcmp(format, "json") == 0 ? "explain-json"
                                         : NULL;
}

int assay_explain(assay *session, const assay_input *inputs, size_t count, const char *audit_id,
                  const char *format, assay_write write, void *user)
{
    caller_write caller = {write, user};
    grade_totals totals = {0};
    const report_options shown = {
        .format = explain_format(format),
        .library = session->library,
        .assay_version = assay_version(),
    };

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    if (!shown.format) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "\"%s\" is not a format of an explanation; take text or json", format);
        return ASSAY_REFUSED;
    }
    report *written = report_new(&shown, caller_writes, &caller, &session->errors);
    if (!written)
        return session_status(session);

    const grade_sink sink = report_sink(written);
    bool ran = session_grade(session, inputs, count, audit_id, &sink, &totals);
    if (ran && totals.rows == 0)
        error_add(&session->errors, FAULT_USAGE, count == 1 ? inputs[0].path : NULL, 0, 0,
                  "no record has the audit_id \"%s\"; assay grade --format csv lists them",
                  audit_id);
    else
        ran = ran && report_finish(written, &totals, &session->errors);
    report_free(written);
    return session_outcome(session, ran, &totals);
}
