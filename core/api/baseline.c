/* A grading kept for review, checked and accepted. */
#include <errno.h>
#include <pwd.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/session.h"
#include "api/spool.h"
#include "regression/regression.h"

/* What the three calls have in common. */
typedef struct {
    assay            *session;
    const assay_input *inputs;
    size_t            count;
    spool             spooled;
    record_source    *sources;
    diff_inputs       records;
    grading_side      side;
    uint8_t           key[32];
    baseline_grading  by;
    grade_totals      totals;
} grading;

static bool read_key(assay *session, const char *file, uint8_t key[32])
{
    char         *bytes = NULL;
    size_t        size = 0;
    record_source source = {.path = file};

    bytes = regression_read_file(source.path, &size, &session->errors);
    if (bytes && size < 16)
        error_add(&session->errors, FAULT_USAGE, file, 0, 0,
                  "is too short for a key: 16 bytes at the least; make one with: head -c 32 "
                  "/dev/urandom > %s",
                  file);
    if (bytes && size >= 16)
        crypto_generichash(key, 32, (const unsigned char *)bytes, size, NULL, 0);
    if (bytes)
        sodium_memzero(bytes, size);
    free(bytes);
    return bytes && size >= 16;
}

/* Opens what is needed to grade. False and a message where that fails. */
static bool begin(grading *out, assay *session, const assay_input *inputs, size_t count,
                  const char *key_file)
{
    *out = (grading){.session = session, .inputs = inputs, .count = count};
    if (!session_is_open(session) || !session_allows_rubrics(session) ||
        (key_file && !read_key(session, key_file, out->key)) ||
        !spool_inputs(&out->spooled, &out->inputs, count, &session->errors))
        return false;
    out->sources = calloc(count + 1, sizeof *out->sources);
    if (!out->sources)
        return error_memory(&session->errors);
    for (size_t i = 0; i < count; i++)
        out->sources[i] = (record_source){
            .path = out->inputs[i].bytes ? NULL : out->inputs[i].path,
            .bytes = out->inputs[i].bytes,
            .size = out->inputs[i].size,
            .name = out->inputs[i].name,
        };
    out->records = (diff_inputs){out->sources, count, session->columns};
    out->side = (grading_side){
        .name = session->chosen ? session->chosen->file : "the rubrics in force",
        .library = session->library,
        .rubric = session->chosen,
        .plugins = session->plugins,
        .threads = session->threads,
    };
    out->by = (baseline_grading){&out->side, &out->records, key_file ? out->key : NULL,
                                 assay_version()};
    return true;
}

static void end(grading *of)
{
    sodium_memzero(of->key, sizeof of->key);
    free(of->sources);
    spool_free(&of->spooled);
}

/* Where a plugin cannot be used everything would have moved: that is no comparison. */
static bool compares(const grading *of)
{
    return !(session_status(of->session) == ASSAY_REFUSED &&
             of->totals.graded + of->totals.insufficient == 0);
}

static int status_of(const grading *of, bool fine, bool found)
{
    const int status = session_status(of->session);

    if (!fine)
        return status == ASSAY_FINE ? ASSAY_FAILED : status;
    return found ? ASSAY_FOUND : ASSAY_FINE;
}

int assay_baseline_save(assay *session, const assay_input *inputs, size_t count,
                        const char *key_file, assay_write write, void *user)
{
    caller_write caller = {write, user};
    grading      at;
    const bool   fine = begin(&at, session, inputs, count, key_file);

    if (!fine)
        return session_status(session);
    const bool saved = baseline_save(&at.by, &at.totals, caller_writes, &caller, &session->errors) &&
                       compares(&at);
    end(&at);
    return status_of(&at, saved, false);
}

/* NAME.gates.ini beside NAME.baseline; for the caller to free. */
static char *gates_beside(const char *path)
{
    const size_t size = strlen(path);
    const bool   named = size > 9 && strcmp(path + size - 9, ".baseline") == 0;
    char        *made = malloc(size + sizeof ".gates.ini");

    if (made) {
        memcpy(made, path, size + 1);
        strcpy(made + (named ? size - 9 : size), ".gates.ini");
    }
    return made;
}

static bool hold_gates(assay *session, const char *path, const baseline *of, diff *found,
                       const verdict_list *now)
{
    char *gates = gates_beside(path);
    bool  held = gates != NULL || error_memory(&session->errors);

    if (gates && access(gates, F_OK) == 0)
        held = gates_check(gates, found, baseline_list(of), now, &session->errors);
    error_append(&session->errors, &found->broken);
    free(gates);
    return held;
}

int assay_baseline_check(assay *session, const char *file, const assay_input *inputs, size_t count,
                         const char *key_file, const char *format, assay_write write, void *user)
{
    caller_write caller = {write, user};
    grading      at;
    baseline    *read = NULL;
    verdict_list now = {0};
    diff         found = {0};

    if (!session_is_open(session) || !diff_has_format(format, &session->errors) ||
        !begin(&at, session, inputs, count, key_file))
        return session_status(session);
    const bool fine = baseline_open(&read, file, &session->errors) &&
                      baseline_compare(read, &at.by, &now, &found, &at.totals, &session->errors) &&
                      compares(&at) && hold_gates(session, file, read, &found, &now) &&
                      diff_write(&found, format, assay_version(), caller_writes, &caller,
                                 &session->errors);
    if (fine)
        diff_notice_nothing(&found, &session->errors);
    const bool moved = found.same < found.records || found.only_a_count + found.only_b_count > 0;
    const int  status = status_of(&at, fine, moved || found.broken.count > 0);
    diff_free(&found);
    verdicts_free(&now);
    baseline_free(read);
    end(&at);
    return status;
}

/* Who accepts: as given, else the user of the system. */
static const char *name_of_user(const char *given)
{
    const struct passwd *user = given && *given ? NULL : getpwuid(geteuid());

    return given && *given ? given : user && *user->pw_name ? user->pw_name : "unknown";
}

int assay_baseline_accept(assay *session, const char *file, const assay_input *inputs, size_t count,
                          const assay_accept_options *options, assay_write write, void *user)
{
    caller_write caller = {write, user};
    grading      at;
    baseline    *read = NULL;

    if (!options->reason || !*options->reason)
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "a reason is missing; say with --reason why these moves are meant");
    if (session_status(session) != ASSAY_FINE ||
        !begin(&at, session, inputs, count, options->key_file))
        return session_status(session);
    const baseline_accepting how = {
        .who = name_of_user(options->who),
        .reason = options->reason,
        .only = options->only,
        .when = options->when ? (time_t)options->when : time(NULL),
    };
    const bool fine = baseline_open(&read, file, &session->errors) &&
                      baseline_accept(read, &at.by, &how, &at.totals, caller_writes, &caller,
                                      &session->errors) &&
                      compares(&at);
    const int  status = status_of(&at, fine, false);
    baseline_free(read);
    end(&at);
    return status;
}
