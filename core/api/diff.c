/* Two gradings of the same records, held against each other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "api/session.h"
#include "api/spool.h"
#include "regression/regression.h"

/* One side of a comparison, and what it has to free. */
typedef struct {
    grading_side    graded;
    bool            is_saved;
    verdict_list    saved;
    baseline       *kept; /* NULL: the side is none */
    rubric         *read;
    rubric_library *folder;
    edition         of_edition;
    assay          *session; /* with plugins of its own; NULL: the caller's */
    char           *name;    /* where those are said too */
} diff_side;

static void side_free(diff_side *side)
{
    verdicts_free(&side->saved);
    baseline_free(side->kept);
    rubric_free(side->read);
    library_free(side->folder);
    edition_free(&side->of_edition);
    assay_free(side->session);
    free(side->name);
}

/* ---- Sides ------------------------------------------------------------------------- */

static bool is_folder(const char *name)
{
    struct stat status;
    return stat(name, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), length = strlen(ending);
    return size > length && strcmp(name + size - length, ending) == 0;
}

static bool is_result(const char *name)
{
    return ends_with(name, ".csv") || ends_with(name, ".json") || ends_with(name, ".ndjson");
}

/* What a side that is not graded says. */
static const verdict_list *list_of(const diff_side *side)
{
    return side->kept ? baseline_list(side->kept) : &side->saved;
}

/* Whether any rubric at hand is of the edition of that name. */
static bool is_edition(const assay *session, const char *name)
{
    for (size_t r = 0; r < session->library->rubric_count; r++)
        if (strcmp(session->library->rubrics[r]->framework, name) == 0)
            return true;
    return false;
}

static bool take_edition(assay *with, const char *name, diff_side *out, error_list *errors)
{
    out->graded.library = &out->of_edition.library;
    return edition_make(&out->of_edition, with->library, name, errors);
}

/* Fills a side from its name: NULL is the rubrics in force. False and a message where it is nothing. */
static bool take_side(assay *session, assay *with, const char *name, diff_side *out)
{
    out->graded = (grading_side){
        .name = name ? name : "the rubrics in force on the audit date",
        .library = with->library,
        .plugins = with->plugins,
        .threads = session->threads,
    };
    if (!name)
        return true;
    if (is_edition(with, name))
        return take_edition(with, name, out, &session->errors);
    if (is_folder(name)) {
        out->folder = library_read_folder(name, with->library, with->plugins, &session->errors);
        out->graded.library = out->folder;
        return out->folder != NULL;
    }
    if (ends_with(name, ".baseline")) {
        out->is_saved = true;
        return baseline_read(&out->kept, name, &session->errors);
    }
    if (is_result(name)) {
        out->is_saved = true;
        return verdicts_read(&out->saved, name, session->library, &session->errors);
    }
    out->graded.rubric = session_rubric(with, name, &out->read);
    if (with != session)
        error_append(&session->errors, &with->errors);
    if (out->graded.rubric && out->graded.rubric->unusable)
        error_add(&session->errors, FAULT_PLUGIN, out->graded.rubric->file, 0, 0, "%s",
                  out->graded.rubric->unusable);
    return out->graded.rubric && !out->graded.rubric->unusable;
}

/* A folder without plugins would compare a side with itself, and say that nothing moves. */
static bool has_plugins(assay *session, const assay *with, const char *folder)
{
    size_t size = strlen(folder);

    while (size > 1 && folder[size - 1] == '/')
        size--;
    for (size_t p = 0; p < loader_count(with->plugins); p++) {
        const char *path = loader_manifest(with->plugins, p)->path;
        if (strncmp(path, folder, size) == 0 && path[size] == '/')
            return true;
    }
    error_add(&session->errors, FAULT_USAGE, folder, 0, 0,
              "holds no plugin; name the folder that NAME.so and NAME.ini are in");
    return false;
}

/* Says in the side's name where its plugins are from. */
static bool name_plugins(diff_side *side, const char *folder)
{
    static const char between[] = ", plugins of ";
    const size_t      size = strlen(side->graded.name) + strlen(folder) + sizeof between;

    side->name = malloc(size);
    if (side->name) {
        snprintf(side->name, size, "%s%s%s", side->graded.name, between, folder);
        side->graded.name = side->name;
    }
    return side->name != NULL;
}

/* A session like the caller's whose plugins are looked for in `folder` first. */
static assay *session_with(assay *session, const char *folder)
{
    assay *made = assay_new();
    bool   fine = made && assay_add_plugin_folder(made, folder) == ASSAY_FINE;

    for (size_t i = 0; fine && i < session->plugin_folders.count; i++)
        fine = assay_add_plugin_folder(made, session->plugin_folders.items[i]) == ASSAY_FINE;
    for (size_t i = 0; fine && i < session->rubric_folders.count; i++)
        fine = assay_add_rubric_folder(made, session->rubric_folders.items[i]) == ASSAY_FINE;
    if (fine && session->lock_path)
        fine = assay_use_lock(made, session->lock_path) == ASSAY_FINE;
    if (fine) {
        made->isolation = session->isolation;
        made->time_limit = session->time_limit;
        fine = assay_open(made) == ASSAY_FINE;
    }
    if (made && !fine)
        error_append(&session->errors, &made->errors);
    else if (!made)
        error_memory(&session->errors);
    if (!fine) {
        assay_free(made);
        return NULL;
    }
    assay_clear_messages(made);
    return made;
}

/* ---- The comparison ----------------------------------------------------------------------- */

typedef struct {
    assay             *session;
    const assay_input *inputs;
    size_t             count;
    const char        *format;
    caller_write       caller;
    diff_options       options;
    bool               nothing_graded; /* on one side, by the fault of a plugin */
} comparison;

static bool need_inputs(comparison *asked, const diff_side *a, const diff_side *b)
{
    const bool both_saved = a->is_saved && b->is_saved;

    if (both_saved && asked->count > 0)
        error_add(&asked->session->errors, FAULT_USAGE, NULL, 0, 0,
                  "two saved results are compared without the records; leave the files out");
    if (!both_saved && asked->count == 0)
        error_add(&asked->session->errors, FAULT_USAGE, NULL, 0, 0,
                  "there are no records to grade; name their files behind the two sides");
    return both_saved == (asked->count == 0);
}

static record_source *sources_of(const assay_input *inputs, size_t count)
{
    record_source *made = calloc(count + 1, sizeof *made);

    for (size_t i = 0; made && i < count; i++)
        made[i] = (record_source){
            .path = inputs[i].bytes ? NULL : inputs[i].path,
            .bytes = inputs[i].bytes,
            .size = inputs[i].size,
            .name = inputs[i].name,
        };
    return made;
}

/* A side that graded nothing is no side of a comparison; where that is the records' fault, it is said. */
static void note_totals(comparison *asked, const diff_side *side, const grade_totals *totals)
{
    if (totals->rows == 0 || totals->graded + totals->insufficient > 0)
        return;
    asked->nothing_graded = true;
    if (session_status(asked->session) == ASSAY_FINE) /* else a plugin is at fault, which is said */
        error_add(&asked->session->errors, FAULT_NOTICE, NULL, 0, 0,
                  "%s graded none of the %llu records: all were rejected; assay grade says why",
                  side->graded.name, (unsigned long long)totals->rows);
}

/* Grades a side into its list, its rows hashed as those of the other, where that is a baseline. */
static bool grade_side(comparison *asked, diff_side *side, const diff_side *other,
                       const diff_inputs *inputs)
{
    grade_totals totals = {0};
    row_hashing  hashing;
    const bool   hashed = other->kept && baseline_hashing(other->kept, &hashing);

    if (!verdicts_grade(&side->saved, &side->graded, inputs, hashed ? &hashing : NULL, &totals,
                        &asked->session->errors))
        return false;
    note_totals(asked, side, &totals);
    return true;
}

static bool compare_saved(comparison *asked, diff_side *a, diff_side *b, const diff_inputs *inputs,
                          diff *out)
{
    if ((!a->is_saved && !grade_side(asked, a, b, inputs)) ||
        (!b->is_saved && !grade_side(asked, b, a, inputs)))
        return false;
    asked->options.other_rows = a->kept && b->kept && !baselines_hash_alike(a->kept, b->kept);
    return diff_lists(out, a->graded.name, list_of(a), b->graded.name, list_of(b), &asked->options,
                      &asked->session->errors);
}

static bool compare_graded(comparison *asked, diff_side *a, diff_side *b, const diff_inputs *inputs,
                           diff *out)
{
    grade_totals totals[2] = {{0}, {0}};

    if (!diff_grade(out, &a->graded, &b->graded, inputs, &asked->options, totals,
                    &asked->session->errors))
        return false;
    note_totals(asked, a, &totals[0]);
    note_totals(asked, b, &totals[1]);
    return true;
}

static int compare_sides(comparison *asked, diff_side *a, diff_side *b)
{
    assay *session = asked->session;
    spool  spooled = {0};
    diff   found = {0};
    bool   fine = need_inputs(asked, a, b) &&
                spool_inputs(&spooled, &asked->inputs, asked->count, &session->errors);
    record_source    *sources = fine ? sources_of(asked->inputs, asked->count) : NULL;
    const diff_inputs inputs = {sources, asked->count, session->columns};

    if (fine && !sources)
        fine = error_memory(&session->errors);
    fine = fine && (a->is_saved || b->is_saved ? compare_saved : compare_graded)(asked, a, b,
                                                                                 &inputs, &found);
    if (fine && asked->nothing_graded && session_status(session) == ASSAY_REFUSED)
        fine = false; /* a plugin that cannot be used moved everything: that is no comparison */
    const size_t moved = found.records - found.same + found.only_a_count + found.only_b_count;
    if (fine)
        diff_notice_nothing(&found, &session->errors);
    const bool written = fine && diff_write(&found, asked->format, assay_version(), caller_writes,
                                            &asked->caller, &session->errors);
    diff_free(&found);
    free(sources);
    spool_free(&spooled);
    if (written)
        return moved > 0 ? ASSAY_FOUND : ASSAY_FINE;
    return session_status(session) == ASSAY_FINE ? ASSAY_FAILED : session_status(session);
}

/* `a` NULL: the rubrics in force; `to_edition`: b is an edition, whatever else has its name. */
static int run(comparison *asked, const char *a, const char *b, bool to_edition,
               const char *plugin_folder)
{
    assay    *session = asked->session;
    diff_side from = {0}, to = {0};

    if (!session_is_open(session) || !diff_has_format(asked->format, &session->errors))
        return session_status(session);
    if (plugin_folder)
        to.session = session_with(session, plugin_folder);
    assay     *with = to.session ? to.session : session;
    const bool with_plugins =
        !plugin_folder || (to.session && has_plugins(session, to.session, plugin_folder));
    const bool taken = with_plugins && take_side(session, session, a, &from);
    int        status = ASSAY_REFUSED;

    if (taken && to_edition && !is_edition(with, b))
        take_edition(with, b, &to, &session->errors); /* says what there is not */
    else if (taken && take_side(session, with, b, &to)) {
        if (plugin_folder && to.is_saved)
            error_add(&session->errors, FAULT_USAGE, to.graded.name, 0, 0,
                      "is taken as it stands, by no plugin; leave --plugin-path-b out");
        else if (plugin_folder && !name_plugins(&to, plugin_folder))
            error_memory(&session->errors);
        else
            status = compare_sides(asked, &from, &to);
    }
    if (session_status(session) > status)
        status = session_status(session);
    side_free(&from);
    side_free(&to);
    return status;
}

static comparison comparison_of(assay *session, const assay_input *inputs, size_t count,
                                const assay_diff_options *options, const char *format,
                                assay_write write, void *user)
{
    return (comparison){
        .session = session,
        .inputs = inputs,
        .count = count,
        .format = format,
        .caller = {write, user},
        .options = {.by_auditor = options && options->by_auditor},
    };
}

int assay_diff(assay *session, const char *a, const char *b, const assay_input *inputs,
               size_t count, const assay_diff_options *options, const char *format,
               assay_write write, void *user)
{
    comparison asked = comparison_of(session, inputs, count, options, format, write, user);

    return run(&asked, a, b, false, options ? options->plugin_folder_b : NULL);
}

int assay_regrade(assay *session, const char *edition_id, const assay_input *inputs, size_t count,
                  const assay_diff_options *options, const char *format, assay_write write,
                  void *user)
{
    comparison asked = comparison_of(session, inputs, count, options, format, write, user);

    return run(&asked, NULL, edition_id, true, options ? options->plugin_folder_b : NULL);
}
