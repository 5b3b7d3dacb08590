#include "store/sql.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum {
    BUSY_MILLISECONDS = 10000, /* that a writer waits for another */
    TEXT_MAX = 16 << 20        /* bytes of one value: more than a record may have */
};

struct sql {
    sqlite3 *handle;
    char    *path;
};

struct sql_statement {
    sqlite3_stmt *handle;
    sql          *db;
    int           unbound; /* the first fault of a bind, else SQLITE_OK */
};

/* ---- What went wrong ---------------------------------------------------------- */

/* A failure of the database as people are told it. Never what a statement held. */
static void explain(const sql *db, int result, error_list *errors)
{
    const char *detail = db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(result);

    switch (result & 0xFF) {
    case SQLITE_NOMEM:
        error_memory(errors);
        return;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        error_add(
            errors, FAULT_OUTPUT, db->path, 0, 0,
            "another program is writing to it, and was waited for; try again when it is done");
        return;
    case SQLITE_FULL:
        error_add(errors, FAULT_OUTPUT, db->path, 0, 0,
                  "the disk is full, and nothing was kept; free some space, and try again");
        return;
    case SQLITE_IOERR:
        error_add(
            errors, FAULT_OUTPUT, db->path, 0, 0,
            "the disk could not be read or written (%s); check it, and how much space is free",
            detail);
        return;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        error_add(errors, FAULT_OUTPUT, db->path, 0, 0,
                  "it or its folder cannot be written; see that you own both");
        return;
    case SQLITE_NOTADB:
        error_add(
            errors, FAULT_INPUT, db->path, 0, 0,
            "this is not a store, or its beginning is damaged; name another file, or restore a "
            "backup");
        return;
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
        error_add(errors, FAULT_INPUT, db->path, 0, 0,
                  "the file is damaged (%s); restore a backup with assay store restore", detail);
        return;
    default:
        error_add(errors, FAULT_INPUT, db->path, 0, 0,
                  "the store does not do what is asked of it (%s); run assay store verify", detail);
    }
}

static bool fine(const sql *db, int result, error_list *errors)
{
    if (result != SQLITE_OK)
        explain(db, result, errors);
    return result == SQLITE_OK;
}

/* ---- Functions that statements call --------------------------------------------- */

/* same(a, b): equal in any letter case. */
static void same_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    text both[2];
    (void)count;

    for (int i = 0; i < 2; i++) {
        const unsigned char *bytes = sqlite3_value_text(values[i]);
        both[i] = (text){bytes ? (const char *)bytes : "", (size_t)sqlite3_value_bytes(values[i])};
    }
    const bool equal =
        both[0].size == both[1].size && memcmp(both[0].at, both[1].at, both[0].size) == 0;
    sqlite3_result_int(context, equal || text_same(both[0], both[1]));
}

/* assay_writes(): what the triggers of the tables ask. Another program has no such function, and so
 * cannot change them by accident. */
static void writes_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    sqlite3_result_int(context, 1);
}

static int add_functions(sqlite3 *handle)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const int first =
        sqlite3_create_function_v2(handle, "same", 2, flags, NULL, same_function, NULL, NULL, NULL);
    return first != SQLITE_OK ? first
                              : sqlite3_create_function_v2(handle, "assay_writes", 0, flags, NULL,
                                                           writes_function, NULL, NULL, NULL);
}

/* ---- Opening ------------------------------------------------------------------------ */

/* A file may come from anywhere: it runs no code of its own, and is looked at before it is believed.
 * What is removed is overwritten. */
static bool settle(sql *db, error_list *errors)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, BUSY_MILLISECONDS);
    sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, TEXT_MAX);
    sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 1);
    return fine(db, sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL), errors) &&
           fine(db, sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL),
                errors) &&
           fine(db, add_functions(db->handle), errors) &&
           sql_run(db,
                   "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
                   "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                   "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;",
                   errors);
}

static sql *open_named(const char *path, const char *name, int flags, error_list *errors)
{
    sql *db = calloc(1, sizeof *db);

    if (!db || !(db->path = strdup(name))) {
        error_memory(errors);
        free(db);
        return NULL;
    }
    const int result = sqlite3_open_v2(path, &db->handle, flags, NULL);
    if (!fine(db, result, errors) || !settle(db, errors)) {
        sql_close(db);
        return NULL;
    }
    return db;
}

sql *sql_open(const char *path, error_list *errors)
{
    return open_named(path, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, errors);
}

sql *sql_open_bytes(const char *name, const void *bytes, size_t size, error_list *errors)
{
    sql *db = open_named(":memory:", name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, errors);
    unsigned char *copy = db ? sqlite3_malloc64(size + 1) : NULL;

    if (db && !copy)
        error_memory(errors);
    if (copy) {
        if (size > 0)
            memcpy(copy, bytes, size);
        /* The copy is the database's from here, whatever comes of it. */
        if (fine(db,
                 sqlite3_deserialize(
                     db->handle, "main", copy, (sqlite3_int64)size, (sqlite3_int64)size,
                     SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
                 errors))
            return db;
    }
    sql_close(db);
    return NULL;
}

void sql_close(sql *db)
{
    if (!db)
        return;
    sqlite3_close_v2(db->handle);
    free(db->path);
    free(db);
}

void sql_wait(sql *db, unsigned milliseconds)
{
    sqlite3_busy_timeout(db->handle, (int)milliseconds);
}

const char *sql_path(const sql *db)
{
    return db->path;
}

/* ---- Statements ---------------------------------------------------------------------- */

bool sql_run(sql *db, const char *statements, error_list *errors)
{
    return fine(db, sqlite3_exec(db->handle, statements, NULL, NULL, NULL), errors);
}

bool sql_copy(sql *from, sql *to, error_list *errors)
{
    sqlite3_backup *copying = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    int             result;

    if (!copying)
        return fine(to, sqlite3_errcode(to->handle), errors);
    do /* all pages at once are pages of one moment; the step waits for a lock as others do */
        result = sqlite3_backup_step(copying, -1);
    while (result == SQLITE_OK);
    const int finished = sqlite3_backup_finish(copying);
    return fine(to,
                finished != SQLITE_OK   ? finished
                : result == SQLITE_DONE ? SQLITE_OK
                                        : result,
                errors);
}

bool sql_in_transaction(const sql *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

sql_statement *sql_prepare(sql *db, const char *statement, error_list *errors)
{
    sql_statement *made = calloc(1, sizeof *made);

    if (!made) {
        error_memory(errors);
        return NULL;
    }
    made->db = db;
    if (fine(db,
             sqlite3_prepare_v3(db->handle, statement, -1, SQLITE_PREPARE_PERSISTENT, &made->handle,
                                NULL),
             errors))
        return made;
    free(made);
    return NULL;
}

void sql_finish(sql_statement *statement)
{
    if (!statement)
        return;
    sqlite3_finalize(statement->handle);
    free(statement);
}

static void note_bind(sql_statement *statement, int result)
{
    if (statement->unbound == SQLITE_OK)
        statement->unbound = result;
}

void sql_bind_string(sql_statement *statement, int parameter, text value)
{
    note_bind(statement, sqlite3_bind_text64(statement->handle, parameter, value.at, value.size,
                                             SQLITE_STATIC, SQLITE_UTF8));
}

void sql_bind_text(sql_statement *statement, int parameter, const char *value)
{
    sql_bind_string(statement, parameter, text_of(value));
}

void sql_bind_whole(sql_statement *statement, int parameter, int64_t value)
{
    note_bind(statement, sqlite3_bind_int64(statement->handle, parameter, value));
}

void sql_bind_real(sql_statement *statement, int parameter, double value)
{
    note_bind(statement, sqlite3_bind_double(statement->handle, parameter, value));
}

void sql_bind_bytes(sql_statement *statement, int parameter, const void *value, size_t size)
{
    note_bind(statement,
              sqlite3_bind_blob64(statement->handle, parameter, value, size, SQLITE_STATIC));
}

void sql_bind_null(sql_statement *statement, int parameter)
{
    note_bind(statement, sqlite3_bind_null(statement->handle, parameter));
}

sql_state sql_step(sql_statement *statement, error_list *errors)
{
    int result = statement->unbound;

    if (result == SQLITE_OK)
        result = sqlite3_step(statement->handle);
    if (result == SQLITE_ROW)
        return SQL_ROW;
    if (result != SQLITE_DONE)
        explain(statement->db, result, errors);
    sql_reset(statement);
    return result == SQLITE_DONE ? SQL_DONE : SQL_FAILED;
}

bool sql_do(sql_statement *statement, error_list *errors)
{
    const sql_state state = sql_step(statement, errors);

    if (state == SQL_ROW)
        sql_reset(statement);
    return state != SQL_FAILED;
}

void sql_reset(sql_statement *statement)
{
    sqlite3_reset(statement->handle); /* its result is that of the last step, which was told */
    statement->unbound = SQLITE_OK;
}

/* ---- Rows ------------------------------------------------------------------------------ */

const char *sql_text(sql_statement *statement, int column)
{
    const unsigned char *bytes = sqlite3_column_text(statement->handle, column);
    return bytes ? (const char *)bytes : "";
}

text sql_string(sql_statement *statement, int column)
{
    const unsigned char *bytes = sqlite3_column_text(statement->handle, column);
    const int            size = sqlite3_column_bytes(statement->handle, column);

    return bytes ? (text){(const char *)bytes, (size_t)size} : (text){"", 0};
}

int64_t sql_whole(sql_statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

double sql_real(sql_statement *statement, int column)
{
    return sqlite3_column_double(statement->handle, column);
}

const void *sql_bytes(sql_statement *statement, int column, size_t size)
{
    const void *bytes = sqlite3_column_blob(statement->handle, column);
    return bytes && (size_t)sqlite3_column_bytes(statement->handle, column) == size ? bytes : NULL;
}

bool sql_is_null(sql_statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

int sql_columns(sql_statement *statement)
{
    return sqlite3_column_count(statement->handle);
}

bool sql_number(sql *db, const char *statement, int64_t *value, error_list *errors)
{
    sql_statement  *asked = sql_prepare(db, statement, errors);
    const sql_state state = asked ? sql_step(asked, errors) : SQL_FAILED;

    *value = state == SQL_ROW ? sql_whole(asked, 0) : 0;
    sql_finish(asked);
    return state == SQL_ROW;
}
