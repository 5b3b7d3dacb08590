#include "api/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/home.h"

const char *assay_version(void)
{
    return ASSAY_VERSION;
}

assay *assay_new(void)
{
    assay *made = calloc(1, sizeof *made);

    if (made) {
        made->isolation = ISOLATION_ON;
        made->time_limit = ISOLATION_TIME_LIMIT;
    }
    return made;
}

void assay_free(assay *session)
{
    if (!session)
        return;
    free(session->summary);
    store_close(session->store);
    rubric_free(session->given);
    library_free(session->library);
    loader_free(session->plugins);
    trust_lock_free(session->lock);
    column_map_free(session->columns);
    error_clear(&session->errors);
    free(session->plugin_folders.items);
    free(session->rubric_folders.items);
    free(session->kept_fields.items);
    arena_free(&session->memory);
    free(session);
}

int session_status(const assay *session)
{
    return error_exit_status(&session->errors);
}

bool session_is_open(assay *session)
{
    if (!session->library)
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "the session is not open; call assay_open() first");
    return session->library != NULL;
}

/* ---- Folders --------------------------------------------------------------- */

bool folders_add(assay *session, folder_list *folders, const char *folder)
{
    const char **more = realloc(folders->items, (folders->count + 1) * sizeof *more);
    char *kept = folder ? arena_text(&session->memory, folder, strlen(folder)) : NULL;

    if (more)
        folders->items = more;
    if (!more || !kept)
        return error_memory(&session->errors);
    folders->items[folders->count++] = kept;
    return true;
}

int assay_add_plugin_folder(assay *session, const char *folder)
{
    folders_add(session, &session->plugin_folders, folder);
    return session_status(session);
}

int assay_add_rubric_folder(assay *session, const char *folder)
{
    folders_add(session, &session->rubric_folders, folder);
    return session_status(session);
}

/* The folders of an environment variable, separated by ':'. */
static bool add_from_environment(assay *session, folder_list *folders, const char *variable)
{
    const char *rest = getenv(variable);

    while (rest && *rest) {
        const size_t length = strcspn(rest, ":");
        const char *folder = length ? arena_text(&session->memory, rest, length) : NULL;
        if (length && (!folder || !folders_add(session, folders, folder)))
            return error_memory(&session->errors);
        rest += length + (rest[length] == ':');
    }
    return true;
}

static bool add_all(assay *session, folder_list *to, const folder_list *from)
{
    for (size_t i = 0; i < from->count; i++)
        if (!folders_add(session, to, from->items[i]))
            return false;
    return true;
}

/* What is wrong with a plugin stops no one who does not use it: its rubrics say so. */
static plugin_set *find_plugins(assay *session, const folder_list *folders)
{
    error_list found = {0};
    plugin_set *plugins = loader_search(folders->items, folders->count, &found);

    for (size_t i = 0; i < found.count; i++) {
        const fault *one = &found.items[i];
        error_add(&session->errors, one->kind == FAULT_PLUGIN ? FAULT_NOTICE : one->kind,
                  one->file, one->line, one->column, "%s", one->text);
    }
    error_clear(&found);
    return plugins;
}

/* How plugins will run from now on; those that are open run as they were opened. */
static void isolate(assay *session)
{
    const char *program = home_worker(&session->memory);

    if (session->plugins)
        loader_isolate(session->plugins, &(isolation_settings){
                                             .mode = session->isolation,
                                             .program = program ? program : "assay-worker",
                                             .time_limit = session->time_limit,
                                         });
}

int assay_use_isolation(assay *session, const char *mode)
{
    static const char *const modes[] = {
        [ISOLATION_OFF] = "off", [ISOLATION_ON] = "on", [ISOLATION_REQUIRE] = "require"};

    for (size_t m = 0; m < sizeof modes / sizeof modes[0]; m++)
        if (strcmp(mode, modes[m]) == 0) {
            session->isolation = (isolation_mode)m;
            isolate(session);
            return session_status(session);
        }
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" is no way to isolate plugins; take on, require or off", mode);
    return session_status(session);
}

int assay_use_time_limit(assay *session, unsigned milliseconds)
{
    if (milliseconds < 1 || milliseconds > 3600000)
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "a time limit of %u ms is out of range; take 1 to 3600000", milliseconds);
    else
        session->time_limit = milliseconds;
    isolate(session);
    return session_status(session);
}

int assay_open(assay *session)
{
    folder_list plugins = {0}, rubrics = {0};

    if (session->library) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0, "the session is open already");
        return session_status(session);
    }
    if (add_all(session, &plugins, &session->plugin_folders) &&
        add_from_environment(session, &plugins, "ASSAY_PLUGIN_PATH") &&
        folders_add(session, &plugins, home_plugins(&session->memory)) &&
        folders_add(session, &rubrics, home_rubrics(&session->memory)) &&
        add_from_environment(session, &rubrics, "ASSAY_RUBRIC_PATH") &&
        add_all(session, &rubrics, &session->rubric_folders))
        session->plugins = find_plugins(session, &plugins);
    isolate(session);
    if (session->plugins && session_read_lock(session))
        session->library =
            library_read(rubrics.items, rubrics.count, session->plugins, &session->errors);
    free(plugins.items);
    free(rubrics.items);
    return session_status(session);
}

/* ---- What to grade with ------------------------------------------------------ */

/* A name with a slash or a dot is a file, as is one that is there; anything else is an id. */
static bool is_file(const char *name)
{
    return strpbrk(name, "/.") != NULL || access(name, F_OK) == 0;
}

const rubric *session_rubric(assay *session, const char *file_or_id, rubric **read)
{
    *read = NULL;
    if (!session_is_open(session))
        return NULL;

    const rubric *installed = library_find(session->library, text_of(file_or_id));
    if (installed)
        return installed;
    if (is_file(file_or_id)) {
        const rubric_context context = library_context(session->library, session->plugins);
        return *read = rubric_read(file_or_id, &context, &session->errors);
    }

    const char **ids = calloc(session->library->rubric_count + 1, sizeof *ids);
    for (size_t r = 0; ids && r < session->library->rubric_count; r++)
        ids[r] = session->library->rubrics[r]->id;
    const char *nearest =
        ids ? text_nearest(text_of(file_or_id), ids, session->library->rubric_count) : NULL;
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
              "there is no rubric \"%s\"; %s%s%sgive the path of a file, or an id that assay "
              "rubric list shows",
              file_or_id, nearest ? "did you mean \"" : "", nearest ? nearest : "",
              nearest ? "\"? Else " : "");
    free(ids);
    return NULL;
}

int assay_use_rubric(assay *session, const char *file_or_id)
{
    rubric *read = NULL;

    session->chosen = file_or_id ? session_rubric(session, file_or_id, &read) : NULL;
    rubric_free(session->given);
    session->given = read;
    if (session->chosen && session->chosen->unusable)
        error_add(&session->errors, FAULT_PLUGIN, session->chosen->file, 0, 0, "%s",
                  session->chosen->unusable);
    return session_status(session);
}

int assay_use_columns(assay *session, const char *file)
{
    column_map_free(session->columns);
    session->columns = file ? column_map_read(file, &session->errors) : NULL;
    return session_status(session);
}

void assay_use_threads(assay *session, unsigned threads)
{
    session->threads = threads;
}

records *session_records(assay *session, const assay_input *input)
{
    const record_source source = {
        .path = input->bytes ? NULL : input->path,
        .bytes = input->bytes,
        .size = input->size,
        .name = input->name,
    };
    return records_open(&source, session->columns, &session->errors);
}

bool session_grade(assay *session, const assay_input *inputs, size_t count, const char *only_id,
                   const grade_sink *sink, grade_totals *totals)
{
    return session_grade_kept(session, inputs, count, only_id, NULL, sink, totals);
}

bool session_grade_kept(assay *session, const assay_input *inputs, size_t count,
                        const char *only_id, const kept_cells *keep, const grade_sink *sink,
                        grade_totals *totals)
{
    const grade_options options = {
        .library = session->library,
        .plugins = session->plugins,
        .rubric = session->chosen,
        .keep = keep,
        .only_id = only_id,
        .threads = session->threads,
    };
    if (!session_allows_rubrics(session))
        return false;
    for (size_t i = 0; i < count; i++) {
        records *input = session_records(session, &inputs[i]);
        const bool graded = input && grade_input(input, &options, sink, totals, &session->errors);
        records_close(input);
        if (!graded)
            return false;
    }
    return true;
}

int session_outcome(const assay *session, bool ran, const grade_totals *totals)
{
    const int status = session_status(session);

    if (!ran || status == ASSAY_FAILED)
        return status == ASSAY_FINE ? ASSAY_FAILED : status;
    if (status == ASSAY_REFUSED && totals->graded + totals->insufficient == 0)
        return ASSAY_REFUSED;
    return totals->rejected > 0 ? ASSAY_FOUND : ASSAY_FINE;
}

bool caller_writes(void *user, const char *bytes, size_t size)
{
    const caller_write *caller = user;
    return caller->write(caller->user, bytes, size) == 0;
}

/* ---- Messages ------------------------------------------------------------------ */

size_t assay_message_count(const assay *session)
{
    return session->errors.count;
}

assay_message assay_message_at(const assay *session, size_t index)
{
    const fault *found = &session->errors.items[index];

    return (assay_message){
        .file = found->file,
        .line = found->line,
        .column = found->column,
        .text = found->text,
        .notice = found->kind == FAULT_NOTICE,
    };
}

size_t assay_message_format(const assay *session, size_t index, char *out, size_t size)
{
    return error_format(&session->errors.items[index], out, size);
}

void assay_clear_messages(assay *session)
{
    error_clear(&session->errors);
}
