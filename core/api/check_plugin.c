/* Whether a plugin keeps the rules. */
#include "api/session.h"
#include "checker/checker.h"

enum { STANDARD_SEED = 1, STANDARD_SECONDS = 2, STANDARD_LIMIT = 10 };

/* The caller's options; a member that its struct_size does not reach is the standard. */
static check_options options_of(const assay_check_options *given)
{
    check_options options = {STANDARD_SEED, STANDARD_SECONDS, STANDARD_LIMIT};

    if (given && given->struct_size >= sizeof *given) {
        options.seed = given->seed;
        options.seconds = given->seconds;
        if (given->limit > 0)
            options.limit = given->limit;
    }
    return options;
}

int assay_check_plugin(assay *session, const char *file, const assay_check_options *options,
                       const char *format, assay_write write, void *user)
{
    const check_options chosen = options_of(options);
    caller_write        caller = {write, user};
    buffer              page = {0};

    if (!checker_knows(format)) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "\"%s\" is not a format of a check; use text, json or junit", format);
        return ASSAY_REFUSED;
    }
    check_report *checked = checker_run(file, &chosen, &session->errors);
    if (!checked)
        return session_status(session);
    checker_write(checked, format, &page);
    const bool written = !page.failed && caller_writes(&caller, page.bytes, page.size);
    if (page.failed)
        error_memory(&session->errors);
    const size_t failed = checked->tally[CHECK_FAILED];
    buffer_free(&page);
    checker_free(checked);
    return !written ? ASSAY_FAILED : failed > 0 ? ASSAY_FOUND : ASSAY_FINE;
}
