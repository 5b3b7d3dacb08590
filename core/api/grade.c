#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/session.h"
#include "api/spool.h"

/* ---- Which rubrics grade an input, for the columns of csv with ratings ------------ */

typedef struct {
    const rubric **met;
    size_t         count;
    size_t         room;
} rubrics_met;

/* The rubrics of one batch, ended by NULL. */
static void *name_rubrics(void *user, const graded_batch *batch)
{
    (void)user;
    const rubric **named = calloc(batch->group_count + 1, sizeof *named);
    for (size_t g = 0; named && g < batch->group_count; g++)
        named[g] = batch->groups[g].rubric;
    return named;
}

static bool gather_rubrics(void *user, void *rendered, error_list *errors)
{
    rubrics_met *all = user;
    const rubric **named = rendered;
    (void)errors;

    for (size_t n = 0; named[n]; n++) {
        bool known = false;
        for (size_t r = 0; r < all->count; r++)
            known |= all->met[r] == named[n];
        if (!known && all->count < all->room)
            all->met[all->count++] = named[n];
    }
    free(rendered);
    return true;
}

static void free_named(void *user, void *rendered)
{
    (void)user;
    free(rendered);
}

/* The header of the results names every criterion before the first record is read, so the inputs
 * are graded once to learn which rubrics they go to. */
static bool find_rubrics(assay *session, const assay_input *inputs, size_t count,
                         rubrics_met *all)
{
    const grade_sink sink = {all, name_rubrics, gather_rubrics, free_named};
    grade_totals totals = {0};

    all->room = session->chosen ? 1 : session->library->rubric_count;
    all->met = calloc(all->room + 1, sizeof *all->met);
    if (!all->met)
        return error_memory(&session->errors);
    if (session->chosen) {
        all->met[all->count++] = session->chosen;
        return true;
    }

    error_list before = session->errors;
    session->errors = (error_list){0};
    const bool found = session_grade(session, inputs, count, NULL, &sink, &totals);
    if (!found)
        error_append(&before, &session->errors); /* else the second run says it all again */
    error_clear(&session->errors);
    session->errors = before;
    return found;
}

/* ---- The call ----------------------------------------------------------------------- */

static bool write_to_stream(void *stream, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, stream) == size;
}

static bool keep_summary(assay *session, const report *shown, const grade_totals *totals)
{
    free(session->summary);
    session->summary = NULL;
    FILE *stream = open_memstream(&session->summary, &session->summary_size);

    if (!stream)
        return error_memory(&session->errors);
    const bool written = report_summary(shown, totals, write_to_stream, stream);
    return (fclose(stream) == 0 && written) || error_memory(&session->errors);
}

static int grade_into(assay *session, const assay_input *inputs, size_t count,
                      const report_options *shown, caller_write *caller, grade_totals *totals)
{
    report *written = report_new(shown, caller_writes, caller, &session->errors);

    if (!written)
        return session_status(session);
    const grade_sink sink = report_sink(written);
    const kept_cells read = {NULL, 0}; /* json and ndjson hash what the rubrics read */
    const bool hashes = strcmp(shown->format, "json") == 0 || strcmp(shown->format, "ndjson") == 0;
    const bool ran = session_grade_kept(session, inputs, count, NULL, hashes ? &read : NULL, &sink,
                                        totals) &&
                     report_finish(written, totals, &session->errors) &&
                     keep_summary(session, written, totals);
    report_free(written);
    return session_outcome(session, ran, totals);
}

static bool hash_inputs(assay *session, const assay_input *inputs, const char *const *names,
                        size_t count, origin_list *out)
{
    for (size_t i = 0; i < count; i++)
        if (!origin_add_input(out, names[i], inputs[i].path, inputs[i].bytes, inputs[i].size,
                              &session->errors))
            return false;
    return true;
}

int assay_grade(assay *session, const assay_input *inputs, size_t count, const char *format,
                unsigned flags, assay_write write, void *user, assay_totals *totals)
{
    caller_write caller = {write, user};
    rubrics_met rated = {0};
    spool spooled = {0};
    grade_totals counted = {0};
    int status = ASSAY_FAILED;

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    free(session->summary);
    session->summary = NULL;

    const bool rate = (flags & ASSAY_WITH_RATINGS) != 0 && strcmp(format, "csv") == 0;
    const bool proves = strcmp(format, "json") == 0; /* with the hashes of what made it */
    const bool twice = proves || (rate && !session->chosen);
    origin_list origins = {0};
    const char **names = calloc(count + 1, sizeof *names);
    for (size_t i = 0; names && i < count; i++)
        names[i] = inputs[i].name ? inputs[i].name : inputs[i].path ? inputs[i].path : "input";

    if (!names)
        error_memory(&session->errors);
    else if ((!twice || spool_inputs(&spooled, &inputs, count, &session->errors)) &&
             (!rate || find_rubrics(session, inputs, count, &rated)) &&
             (!proves || hash_inputs(session, inputs, names, count, &origins)))
        status = grade_into(session, inputs, count,
                            &(report_options){
                                .format = format,
                                .ratings = rate,
                                .rating_rubrics = rated.met,
                                .rating_rubric_count = rated.count,
                                .plugins = session->plugins,
                                .library = session->library,
                                .assay_version = assay_version(),
                                .inputs = names,
                                .input_count = count,
                                .input_origins = proves ? &origins : NULL,
                            },
                            &caller, &counted);
    else
        status = session_status(session);

    if (totals)
        *totals = (assay_totals){counted.rows, counted.graded, counted.insufficient,
                                 counted.rejected};
    origin_free(&origins);
    spool_free(&spooled);
    free(rated.met);
    free(names);
    return status;
}

int assay_write_summary(assay *session, assay_write write, void *user)
{
    if (!session->summary)
        return ASSAY_REFUSED;
    return write(user, session->summary, session->summary_size) == 0 ? ASSAY_FINE : ASSAY_FAILED;
}
