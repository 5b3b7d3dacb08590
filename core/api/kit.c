/* The kit: a new plugin's folder, and the cases of rubrics. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/home.h"
#include "api/session.h"
#include "kit/kit.h"

int assay_new_plugin(assay *session, const char *id, const char *practice_area, const char *folder)
{
    const new_plugin asked = {.id = id, .practice_area = practice_area, .folder = folder};
    const char      *templates = home_templates(&session->memory);

    if (!templates)
        error_memory(&session->errors);
    else
        kit_new_plugin(&asked, templates, &session->errors);
    return session_status(session);
}

static bool known_form(assay *session, const char *format)
{
    if (strcmp(format, "text") == 0 || strcmp(format, "junit") == 0)
        return true;
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" is not a format of a rubric's test; take text or junit", format);
    return false;
}

/* The file of an installed rubric where `name` is its id, else `name`. */
static const char *file_of(const assay *session, const char *name)
{
    const rubric *installed =
        access(name, F_OK) == 0 ? NULL : library_find(session->library, text_of(name));
    return installed ? installed->file : name;
}

int assay_test_rubric(assay *session, const char *const *files, size_t count, const char *format,
                      assay_write write, void *user)
{
    caller_write caller = {write, user};
    size_t       tested = 0, failed = 0;

    if (!session_is_open(session) || !known_form(session, format))
        return ASSAY_REFUSED;
    const kit_grader grader = {session->library, session->plugins, session->threads};
    rubric_tests    *tests = calloc(count + 1, sizeof *tests);
    if (!tests) {
        error_memory(&session->errors);
        return ASSAY_FAILED;
    }

    /* A rubric that cannot be tested leaves the others to be; where none can be, there is nothing
     * to count. */
    for (size_t f = 0; f < count; f++) {
        const char *file = file_of(session, files[f]);
        if (kit_test_rubric(&tests[tested], file, &grader, &session->errors))
            failed += tests[tested++].failed;
        else
            kit_tests_free(&tests[tested]);
    }
    const bool written = tested == 0 ||
                         (strcmp(format, "junit") == 0
                              ? kit_write_junit(tests, tested, caller_writes, &caller)
                              : kit_write_text(tests, tested, caller_writes, &caller));
    for (size_t t = 0; t < tested; t++)
        kit_tests_free(&tests[t]);
    free(tests);

    const int status = session_status(session);
    if (!written)
        return ASSAY_FAILED;
    return status != ASSAY_FINE ? status : failed > 0 ? ASSAY_FOUND : ASSAY_FINE;
}
