/* The store of a session: which file, and who writes to it. */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/session.h"

int assay_use_store(assay *session, const char *file)
{
    session->store_path = arena_text(&session->memory, file, strlen(file));
    if (!session->store_path)
        error_memory(&session->errors);
    return session_status(session);
}

int assay_use_who(assay *session, const char *name)
{
    session->who = arena_text(&session->memory, name, strlen(name));
    if (!session->who)
        error_memory(&session->errors);
    return session_status(session);
}

/* Neither unset nor empty. */
static const char *environment(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value ? value : NULL;
}

/* XDG Base Directory Specification: data of a user are in XDG_DATA_HOME, or ~/.local/share; one that is
 * not absolute counts for nothing. */
static const char *usual_path(assay *session)
{
    const char *data = environment("XDG_DATA_HOME");
    const bool  named = data && *data == '/';
    const char *home = environment("HOME");
    char       *path = NULL;
    const char *kept = NULL;

    if (!named && !home) {
        const struct passwd *user = getpwuid(geteuid());
        home = user ? user->pw_dir : NULL;
    }
    if (!named && !home) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "it is not known where your files are; name the store with --store FILE");
        return NULL;
    }
    const int size = named ? asprintf(&path, "%s/assay/assay.db", data)
                           : asprintf(&path, "%s/.local/share/assay/assay.db", home);
    if (size >= 0)
        kept = arena_text(&session->memory, path, (size_t)size);
    if (size >= 0)
        free(path);
    if (!kept)
        error_memory(&session->errors);
    return kept;
}

const char *session_store_path(assay *session)
{
    if (!session->store_path)
        session->store_path = environment("ASSAY_STORE");
    if (!session->store_path)
        session->store_path = usual_path(session);
    return session->store_path;
}

static const char *session_who(assay *session)
{
    if (!session->who)
        session->who = environment("ASSAY_WHO");
    if (!session->who) {
        const struct passwd *user = getpwuid(geteuid());
        if (user)
            session->who = arena_text(&session->memory, user->pw_name, strlen(user->pw_name));
    }
    return session->who ? session->who : "";
}

bool session_store_settings(assay *session, bool to_write, store_settings *settings)
{
    *settings = (store_settings){
        .path = session_store_path(session),
        .who = session_who(session),
        .read_only = !to_write,
    };
    return settings->path != NULL;
}

store *session_store(assay *session, bool to_write)
{
    store_settings settings;

    if (session->store && (session->store_writes || !to_write))
        return session->store;
    store_close(session->store);
    session->store_writes = to_write;
    session->store = session_store_settings(session, to_write, &settings)
                         ? store_open(&settings, &session->errors)
                         : NULL;
    return session->store;
}

int assay_make_store(assay *session)
{
    store_settings settings;

    if (session_store_settings(session, true, &settings))
        store_create(&settings, &session->errors);
    return session_status(session);
}

const char *assay_store_path(assay *session)
{
    return session_store_path(session);
}
