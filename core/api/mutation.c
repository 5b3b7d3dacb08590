/* Whether records would notice a mistake in a rubric. */
#include "mutation/mutation.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/session.h"

/* ---- What both are given --------------------------------------------------------------------- */

static bool make_inputs(assay *session, const assay_input *inputs, size_t count,
                        mutation_inputs *out)
{
    record_source *sources = calloc(count + 1, sizeof *sources);

    for (size_t i = 0; sources && i < count; i++)
        sources[i] = (record_source){
            .path = inputs[i].bytes ? NULL : inputs[i].path,
            .bytes = inputs[i].bytes,
            .size = inputs[i].size,
            .name = inputs[i].name,
        };
    *out = (mutation_inputs){sources, count, session->columns};
    return sources || error_memory(&session->errors);
}

static mutation_grader grader_of(const assay *session)
{
    return (mutation_grader){session->library, session->plugins, session->threads};
}

/* The rubric, and that it can grade. */
static const rubric *usable_rubric(assay *session, const char *file_or_id, rubric **read)
{
    const rubric *held = session_rubric(session, file_or_id, read);

    if (held && held->unusable) {
        error_add(&session->errors, FAULT_PLUGIN, held->file, 0, 0, "%s", held->unusable);
        return NULL;
    }
    return held;
}

static bool known_form(assay *session, const char *format, const char *of)
{
    if (strcmp(format, "table") == 0 || strcmp(format, "json") == 0 || strcmp(format, "csv") == 0)
        return true;
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" is not a format of %s; take table, json or csv", format, of);
    return false;
}

static int hand_over(assay *session, buffer *out, assay_write write, void *user, bool found)
{
    caller_write caller = {write, user};
    int          status = session_status(session);

    if (out->failed) {
        error_memory(&session->errors);
        status = ASSAY_FAILED;
    } else if (status == ASSAY_FINE && !caller_writes(&caller, out->bytes, out->size)) {
        status = ASSAY_FAILED;
    } else if (status == ASSAY_FINE && found) {
        status = ASSAY_FOUND;
    }
    buffer_free(out);
    return status;
}

/* ---- Coverage ------------------------------------------------------------------------------------ */

static int measure(assay *session, const rubric *held, const mutation_inputs *inputs,
                   unsigned least, const char *format, assay_write write, void *user)
{
    const mutation_grader grader = grader_of(session);
    rubric_coverage       found;
    buffer                out = {0};
    int                   status = ASSAY_FAILED;

    if (coverage_measure(&found, held, inputs, &grader, &session->errors)) {
        if (strcmp(format, "json") == 0)
            coverage_write_json(&found, &out);
        else if (strcmp(format, "csv") == 0)
            coverage_write_csv(&found, &out);
        else
            coverage_write_table(&found, &out);
        status = hand_over(session, &out, write, user, coverage_percent(&found) < least);
    } else {
        status = session_status(session);
    }
    coverage_free(&found);
    return status;
}

int assay_cover_rubric(assay *session, const char *file_or_id, const assay_input *inputs,
                       size_t count, unsigned least, const char *format, assay_write write,
                       void *user)
{
    mutation_inputs sources;
    rubric         *read = NULL;

    if (!session_is_open(session) || !known_form(session, format, "a rubric's coverage"))
        return ASSAY_REFUSED;
    const rubric *held = usable_rubric(session, file_or_id, &read);
    if (!held || !make_inputs(session, inputs, count, &sources)) {
        rubric_free(read);
        return session_status(session);
    }
    const int status = measure(session, held, &sources, least, format, write, user);
    free((void *)sources.sources);
    rubric_free(read);
    return status;
}

/* ---- Mutants -------------------------------------------------------------------------------------- */

/* NAME.cases.csv beside NAME.ini; NULL where there is none. */
static const char *cases_beside(assay *session, const rubric *held)
{
    static const char ending[] = ".ini", cases[] = ".cases.csv";
    const size_t      size = strlen(held->file);
    char             *name = arena_array(&session->memory, size + sizeof cases, 1);

    if (!name || size < sizeof ending || strcmp(held->file + size - sizeof ending + 1, ending) != 0)
        return NULL;
    memcpy(name, held->file, size - sizeof ending + 1);
    strcat(name, cases);
    return access(name, F_OK) == 0 ? name : NULL;
}

static int mutate(assay *session, const rubric *held, const mutation_options *asked,
                  const char *format, assay_write write, void *user)
{
    mutation found;
    buffer   out = {0};
    int      status;

    if (mutation_run(&found, held, asked, &session->errors)) {
        if (strcmp(format, "json") == 0)
            mutation_write_json(&found, &out);
        else if (strcmp(format, "csv") == 0)
            mutation_write_csv(&found, &out);
        else
            mutation_write_table(&found, &out);
        status = hand_over(session, &out, write, user, found.fates[FATE_SURVIVED] > 0);
    } else {
        status = session_status(session);
    }
    mutation_free(&found);
    return status;
}

int assay_mutate_rubric(assay *session, const char *file_or_id, const char *cases,
                        const char *baseline, const assay_input *inputs, size_t count,
                        unsigned seconds, const char *format, assay_write write, void *user)
{
    mutation_inputs sources;
    rubric         *read = NULL;

    if (!session_is_open(session) || !known_form(session, format, "a rubric's mutants"))
        return ASSAY_REFUSED;
    const rubric *held = usable_rubric(session, file_or_id, &read);
    if (!held || !make_inputs(session, inputs, count, &sources)) {
        rubric_free(read);
        return session_status(session);
    }
    const mutation_options asked = {
        .cases = cases || count > 0 ? cases : cases_beside(session, held),
        .inputs = sources,
        .baseline = baseline,
        .grader = grader_of(session),
        .milliseconds = seconds > 0 ? seconds * 1000 : (unsigned)MUTATION_MILLISECONDS,
    };
    int status;
    if (baseline && count == 0) {
        error_add(&session->errors, FAULT_USAGE, baseline, 0, 0,
                  "a baseline holds grades and no records; name the files that it was saved of");
        status = ASSAY_REFUSED;
    } else if (!asked.cases && count == 0) {
        error_add(&session->errors, FAULT_USAGE, held->file, 0, 0,
                  "the rubric has no cases beside it; name its cases, NAME.cases.csv, or records");
        status = ASSAY_REFUSED;
    } else {
        status = mutate(session, held, &asked, format, write, user);
    }
    free((void *)sources.sources);
    rubric_free(read);
    return status;
}
