/* session.h - what a session of the library holds. Private to this room. */
#pragma once

#include <assay/assay.h>

#include "grading/grading.h"
#include "moderation/moderation.h"
#include "report/report.h"
#include "store/store.h"

/* A list of folders to look in. */
typedef struct {
    const char **items;
    size_t       count;
} folder_list;

struct assay {
    arena           memory;
    error_list      errors;
    folder_list     plugin_folders; /* as the caller added them */
    folder_list     rubric_folders;
    folder_list     kept_fields; /* not folders: names of fields, to keep in the store */
    plugin_set     *plugins;
    rubric_library *library;
    rubric         *given;  /* --rubric, where it is a file */
    const rubric   *chosen; /* --rubric: `given` or one of the library */
    column_map     *columns;
    const char     *lock_path; /* as the caller named it; NULL: not named */
    trust_lock     *lock;      /* NULL: none, and anything may be used */
    unsigned        threads;
    isolation_mode  isolation;  /* ISOLATION_ON in a new session */
    unsigned        time_limit; /* milliseconds that a batch may take in a plugin */
    char           *summary; /* of the last assay_grade(); NULL: none */
    size_t          summary_size;
    const char     *store_path; /* NULL: not settled yet; so who */
    const char     *who;
    store          *store; /* NULL: not opened yet */
    bool            store_writes;
};

/* Adds a folder; false where memory is out, which is then a message. */
bool folders_add(assay *session, folder_list *folders, const char *folder);

/* What the session's messages come to: the gravest fault's status. */
int session_status(const assay *session);

/* Says that assay_open() was not called, where it was not. */
bool session_is_open(assay *session);

/* A rubric by file or id: read, or of the library. *read is what the caller must free, or NULL. */
const rubric *session_rubric(assay *session, const char *file_or_id, rubric **read);

/* The plugin of that id; NULL and a message where there is none. */
const manifest *session_plugin(assay *session, const char *id);

/* Reads the lock that was named, or found, into the session and its plugins. False and a message
 * where there is one and it cannot be read. */
bool session_read_lock(assay *session);

/* False, and a message for each, where the lock does not allow the rubrics that would grade: the
 * chosen one, or all at hand. */
bool session_allows_rubrics(assay *session);

/* The policy of moderation in `file`; NULL: that of ASSAY_POLICY, else the standard one. NULL and messages where it cannot be used.
 * Free with moderation_policy_free(). */
moderation_policy *session_policy(assay *session, const char *file);

/* Grades every input into a sink; only the records of `only_id` where it is not NULL. False where
 * the run was ended. */
bool session_grade(assay *session, const assay_input *inputs, size_t count, const char *only_id,
                   const grade_sink *sink, grade_totals *totals);
/* Likewise, with the cells of fields. */
bool session_grade_kept(assay *session, const assay_input *inputs, size_t count,
                        const char *only_id, const kept_cells *keep, const grade_sink *sink,
                        grade_totals *totals);

/* What a run came to. A plugin that does not open fails it where that leaves nothing graded
 * (grading.md 9), and is a message beside the results where it does not. */
int session_outcome(const assay *session, bool ran, const grade_totals *totals);

/* Opens an input with the session's column map; NULL and a message where that fails. */
records *session_records(assay *session, const assay_input *input);

/* The session's store, opened when first asked for; NULL and a message where that fails. One that was
 * opened to be read is opened anew to be written. */
store *session_store(assay *session, bool to_write);
/* Where it is: as named, else ASSAY_STORE, else in the user's data folder; NULL and a message where
 * that is not known. And with who writes. */
const char *session_store_path(assay *session);
bool        session_store_settings(assay *session, bool to_write, store_settings *settings);

/* A callback of the library's caller, as the report room takes it. */
typedef struct {
    assay_write write;
    void       *user;
} caller_write;
bool caller_writes(void *caller, const char *bytes, size_t size);
