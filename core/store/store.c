/* Opening, closing, transactions. */
#include <stdlib.h>
#include <string.h>

#include "store/file.h"
#include "store/inner.h"

/* ---- Is it a store ---------------------------------------------------------------- */

static void refuse_change(void *user, const char *what)
{
    buffer *said = user;

    if (said->size == 0)
        buffer_string(said, what);
}

/* Tables that are not a store's own would take what is put and give what they like. */
static bool check_tables(sql *db, error_list *errors)
{
    buffer said = {0};
    bool   fine = schema_compare(db, refuse_change, &said, errors);

    if (fine && said.size > 0) {
        fine = false;
        if (buffer_end(&said))
            error_add(errors, FAULT_INPUT, sql_path(db), 0, 0,
                      "another program changed it: %s; undo that, or restore a backup", said.bytes);
    }
    if (said.failed)
        fine = error_memory(errors);
    buffer_free(&said);
    return fine;
}

bool store_check_version(sql *db, int64_t *version, error_list *errors)
{
    int64_t application;

    if (!sql_number(db, "PRAGMA application_id", &application, errors) ||
        !sql_number(db, "PRAGMA user_version", version, errors))
        return false;
    if (application != SCHEMA_APPLICATION) {
        error_add(errors, FAULT_INPUT, sql_path(db), 0, 0,
                  "is the database of another program, not a store; name another file");
        return false;
    }
    if (*version > SCHEMA_VERSION || *version < 1) {
        error_add(errors, FAULT_INPUT, sql_path(db), 0, 0,
                  "was made by a later version of assay (store version %lld, this one knows 1 to "
                  "%d); update assay",
                  (long long)*version, SCHEMA_VERSION);
        return false;
    }
    return true;
}

bool store_check_current(sql *db, error_list *errors)
{
    int64_t version;

    if (!store_check_version(db, &version, errors))
        return false;
    if (version < SCHEMA_VERSION)
        error_add(errors, FAULT_INPUT, sql_path(db), 0, 0,
                  "is of store version %lld, and this assay works with %d; run assay store migrate",
                  (long long)version, SCHEMA_VERSION);
    return version == SCHEMA_VERSION;
}

/* ---- Opening ------------------------------------------------------------------------ */

store *store_of(sql *db, const store_settings *settings, error_list *errors)
{
    store *made = calloc(1, sizeof *made);

    if (!made || (!settings->read_only && !(made->who = strdup(settings->who)))) {
        free(made);
        error_memory(errors);
        return NULL;
    }
    made->db = db;
    if (settings->wait > 0)
        sql_wait(db, settings->wait);
    return made;
}

bool settings_are_fine(const store_settings *settings, error_list *errors)
{
    if (sodium_init() < 0) {
        error_add(errors, FAULT_OUTPUT, NULL, 0, 0, "the system gives no random numbers");
        return false;
    }
    if (settings->read_only ||
        (settings->who && *settings->who && text_is_utf8(settings->who, strlen(settings->who))))
        return true;
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "it is not known who you are; say so with --who NAME");
    return false;
}

store *store_open_database(sql *db, const store_settings *settings, error_list *errors)
{
    store *made = NULL;

    if (settings_are_fine(settings, errors) && store_check_current(db, errors) &&
        check_tables(db, errors) &&
        sql_run(db, settings->read_only ? "PRAGMA query_only = ON" : "PRAGMA journal_mode = WAL",
                errors))
        made = store_of(db, settings, errors);
    if (!made)
        sql_close(db);
    return made;
}

store *store_open(const store_settings *settings, error_list *errors)
{
    sql   *db = file_is_ours(settings->path, errors) ? sql_open(settings->path, errors) : NULL;
    store *made = db ? store_open_database(db, settings, errors) : NULL;

    if (made && !file_tighten(settings->path, errors)) {
        store_close(made);
        return NULL;
    }
    return made;
}

void store_close(store *held)
{
    if (!held)
        return;
    store_rollback(held);
    sql_finish(held->append);
    sql_finish(held->audit_revision);
    sql_finish(held->was_moderated);
    sql_finish(held->audit_payload);
    sql_finish(held->grade_rubric);
    for (size_t e = 0; e < ENTITY_COUNT; e++) {
        sql_finish(held->puts[e].find);
        sql_finish(held->puts[e].retire);
        sql_finish(held->puts[e].insert);
    }
    for (size_t l = 0; l < ENTITY_LISTS_MAX; l++)
        buffer_free(&held->lists[l]);
    buffer_free(&held->payload);
    buffer_free(&held->subject);
    sql_close(held->db);
    free(held->who);
    free(held);
}

/* ---- Making -------------------------------------------------------------------------- */

/* The first event has a salt of its own, so that no two stores have the same chain. */
static bool begin_chain(sql *db, const store_settings *settings, error_list *errors)
{
    store  *made = store_of(db, settings, errors);
    int64_t sequence;

    if (!made)
        return false;
    chain_now(made->at);
    const bool begun = chain_append(
        made, "created", "", text_of("{\"program\":\"" ASSAY_VERSION "\"}"), 0, &sequence, errors);
    sql_finish(made->append);
    free(made->who);
    free(made);
    return begun;
}

bool store_create(const store_settings *settings, error_list *errors)
{
    if (!settings_are_fine(settings, errors))
        return false;

    char *temporary = file_beside(settings->path, errors);
    sql  *db = temporary ? sql_open(temporary, errors) : NULL;
    bool  made = db &&
                /* An event has about a thousand bytes: a page of the usual 4096 wastes a fifth. */
                sql_run(db, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE",
                        errors) &&
                schema_create(db, errors) && begin_chain(db, settings, errors) &&
                sql_run(db, "COMMIT", errors);
    sql_close(db);
    made = made && file_settle(temporary, settings->path, false, errors);
    if (temporary)
        file_remove(temporary);
    free(temporary);
    return made;
}

/* ---- Transactions ---------------------------------------------------------------------- */

bool store_begin(store *held, error_list *errors)
{
    int64_t redacted;

    if (!held->who || held->begun) {
        error_add(errors, FAULT_USAGE, sql_path(held->db), 0, 0,
                  held->begun ? "a transaction is under way; end it first"
                              : "the store was opened to be read, not written");
        return false;
    }
    if (!sql_run(held->db, "BEGIN IMMEDIATE", errors))
        return false;
    held->begun = true;
    held->broken = false;
    chain_now(held->at);
    if (chain_read_head(held->db, &held->head, errors) &&
        sql_number(held->db, "SELECT EXISTS (SELECT 1 FROM redacted)", &redacted, errors)) {
        held->redacted = redacted != 0;
        return true;
    }
    store_rollback(held);
    return false;
}

bool store_commit(store *held, error_list *errors)
{
    if (held->begun && !held->broken && sql_run(held->db, "COMMIT", errors)) {
        held->begun = false;
        return true;
    }
    store_rollback(held);
    return false;
}

void store_rollback(store *held)
{
    error_list unsaid = {
        0}; /* the database rolls back what it can no more, when it is opened next */

    held->begun = false;
    if (sql_in_transaction(held->db))
        sql_run(held->db, "ROLLBACK", &unsaid);
    error_clear(&unsaid);
}

bool transaction_enter(store *held, bool *own, error_list *errors)
{
    *own = !held->begun;
    if (*own)
        return store_begin(held, errors);
    if (held->broken)
        error_add(errors, FAULT_OUTPUT, sql_path(held->db), 0, 0,
                  "could not be written before, and nothing of this is kept; try again");
    return !held->broken;
}

bool transaction_leave(store *held, bool own, bool fine, error_list *errors)
{
    held->broken |= !fine;
    return own ? store_commit(held, errors) : fine;
}

bool store_snapshot(store *held, error_list *errors)
{
    int64_t count; /* the first read is what fixes the moment */

    held->nested = sql_in_transaction(held->db);
    if (held->nested)
        return true;
    return sql_run(held->db, "BEGIN", errors) &&
           sql_number(held->db, "SELECT count(*) FROM sqlite_schema", &count, errors);
}

void store_release(store *held)
{
    if (!held->nested)
        store_rollback(held);
}
