/* Rubrics: checked, shown, listed. */
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "base/date.h"

int assay_lint_rubric(assay *session, const char *file)
{
    if (!session_is_open(session))
        return ASSAY_REFUSED;

    const rubric_context context = library_context(session->library, session->plugins);
    rubric *read = rubric_read(file, &context, &session->errors);
    if (read && read->unusable)
        error_add(&session->errors, FAULT_PLUGIN, read->file, 0, 0, "%s", read->unusable);
    rubric_free(read);

    const int status = session_status(session);
    return status == ASSAY_REFUSED ? ASSAY_FOUND : status;
}

static bool form_of(const char *format, rubric_page_form *form)
{
    static const char *const names[] = {
        [RUBRIC_PAGE_TEXT] = "text",
        [RUBRIC_PAGE_MARKDOWN] = "markdown",
        [RUBRIC_PAGE_HTML] = "html",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(format, names[i]) == 0) {
            *form = (rubric_page_form)i;
            return true;
        }
    return false;
}

int assay_show_rubric(assay *session, const char *file_or_id, const char *format,
                      assay_write write, void *user)
{
    caller_write caller = {write, user};
    rubric_page_form form;
    rubric *read = NULL;

    if (!form_of(format, &form)) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "\"%s\" is not a format of a rubric; take text, markdown or html", format);
        return ASSAY_REFUSED;
    }
    const rubric *held = session_rubric(session, file_or_id, &read);
    if (!held)
        return session_status(session);
    const bool written = rubric_page(held, session->library, form, caller_writes, &caller);
    rubric_free(read);
    return written ? ASSAY_FINE : ASSAY_FAILED;
}

int assay_list_rubrics(assay *session, assay_write write, void *user)
{
    if (!session_is_open(session))
        return ASSAY_REFUSED;
    for (size_t r = 0; r < session->library->rubric_count; r++) {
        const rubric *held = session->library->rubrics[r];
        char from[DATE_TEXT_SIZE], line[512];

        date_write(held->effective_from, from);
        const int length = snprintf(line, sizeof line, "%-18s %-8s %-18s from %s  %s%s\n",
                                    held->id, held->version, held->practice_area, from,
                                    held->title, held->unusable ? " (cannot grade)" : "");
        if (length < 0 || write(user, line, strnlen(line, sizeof line)) != 0)
            return ASSAY_FAILED;
    }
    return ASSAY_FINE;
}
