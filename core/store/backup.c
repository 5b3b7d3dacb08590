/* Copies of a store, and a store out of a copy. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/copy.h"
#include "store/file.h"
#include "store/inner.h"

static void add_fault(void *user, const char *what)
{
    buffer *said = user;

    if (said->size == 0)
        buffer_string(said, what);
}

/* A file that is not whole is no backup. False with the first thing that is wrong. */
static bool is_whole(const char *path, store_verdict *verdict, error_list *errors)
{
    buffer said = {0};
    bool   fine = store_verify(path, NULL, add_fault, &said, verdict, errors);

    if (fine && verdict->faults > 0) {
        fine = false;
        error_add(errors, FAULT_INPUT, path, 0, 0, "is not whole: %s; take another backup",
                  buffer_end(&said) ? said.bytes : "it cannot be said how");
    }
    buffer_free(&said);
    return fine;
}

/* ---- Writing a copy ------------------------------------------------------------------- */

char *copy_beside(sql *from, const char *path, error_list *errors)
{
    char *temporary = file_beside(path, errors);
    sql  *to = temporary ? sql_open(temporary, errors) : NULL;
    /* one file, with nothing beside it */
    const bool copied =
        to && sql_copy(from, to, errors) && sql_run(to, "PRAGMA journal_mode = DELETE", errors);

    sql_close(to);
    if (copied)
        return temporary;
    if (temporary)
        file_remove(temporary);
    free(temporary);
    return NULL;
}

/* The hash of the first event tells a store from every other. */
static bool read_first(sql *db, uint8_t hash[HASH_SIZE], error_list *errors)
{
    sql_statement *first =
        sql_prepare(db, "SELECT hash FROM event ORDER BY sequence LIMIT 1", errors);
    const sql_state state = first ? sql_step(first, errors) : SQL_FAILED;
    const void     *bytes = state == SQL_ROW ? sql_bytes(first, 0, HASH_SIZE) : NULL;

    if (bytes)
        memcpy(hash, bytes, HASH_SIZE);
    sql_finish(first);
    return bytes != NULL;
}

/* Whether there is nothing at `path`, or a backup of this store. */
static bool may_replace(sql *db, const char *path, error_list *errors)
{
    uint8_t    ours[HASH_SIZE], theirs[HASH_SIZE];
    error_list unsaid = {0};
    int64_t    version;

    if (access(path, F_OK) != 0)
        return true;
    sql       *there = sql_open(path, &unsaid);
    const bool same = there && store_check_version(there, &version, &unsaid) &&
                      read_first(there, theirs, &unsaid) && read_first(db, ours, errors) &&
                      memcmp(ours, theirs, HASH_SIZE) == 0;
    sql_close(there);
    error_clear(&unsaid);
    if (!same)
        error_add(errors, FAULT_USAGE, path, 0, 0,
                  "there is a file that is no backup of this store; name another");
    return same;
}

static bool is_same_file(const char *a, const char *b)
{
    char      *first = realpath(a, NULL), *second = realpath(b, NULL);
    const bool same = first && second && strcmp(first, second) == 0;

    free(first);
    free(second);
    return same;
}

bool store_backup(store *held, const char *path, store_verdict *verdict, error_list *errors)
{
    if (is_same_file(sql_path(held->db), path)) {
        error_add(errors, FAULT_USAGE, path, 0, 0, "is the store itself; name another file");
        return false;
    }
    if (!may_replace(held->db, path, errors))
        return false;
    char      *temporary = copy_beside(held->db, path, errors);
    const bool written = temporary && is_whole(temporary, verdict, errors) &&
                         file_settle(temporary, path, true, errors);

    if (temporary)
        file_remove(temporary);
    free(temporary);
    return written;
}

/* ---- A store out of a copy ------------------------------------------------------------- */

/* PATH.before-LABEL-20260331T140509.123Z */
static char *kept_name(const char *path, const char *label, error_list *errors)
{
    char  at[AT_SIZE];
    char *name = NULL;

    chain_now(at);
    if (asprintf(&name, "%s.before-%s-%.4s%.2s%.2sT%.2s%.2s%s", path, label, at, at + 5, at + 8,
                 at + 11, at + 14, at + 17) >= 0)
        return name;
    error_memory(errors);
    return NULL;
}

char *copy_kept(sql *from, const char *path, const char *label, error_list *errors)
{
    char      *name = kept_name(path, label, errors);
    char      *temporary = name ? copy_beside(from, name, errors) : NULL;
    const bool named = temporary && file_settle(temporary, name, false, errors);

    if (temporary)
        file_remove(temporary);
    free(temporary);
    if (named)
        return name;
    free(name);
    return NULL;
}

/* Whether the backup has the last event of the store that is there, and so all of them. */
static bool has_last(sql *backup, const chain_head *last, bool *has, error_list *errors)
{
    sql_statement *asked =
        sql_prepare(backup, "SELECT hash FROM event WHERE sequence = ?1", errors);

    if (asked)
        sql_bind_whole(asked, 1, last->sequence);
    const sql_state state = asked ? sql_step(asked, errors) : SQL_FAILED;
    const void     *hash = state == SQL_ROW ? sql_bytes(asked, 0, HASH_SIZE) : NULL;
    *has = hash && memcmp(hash, last->hash, HASH_SIZE) == 0;
    sql_finish(asked);
    return state != SQL_FAILED;
}

/* A log of changes holds pages of one size: where the backup's are of another, the file does without until
 * it is opened next, which it cannot while another program has it open. */
static bool take_pages_of(sql *backup, sql *there, error_list *errors)
{
    int64_t size, own;

    return sql_number(backup, "PRAGMA page_size", &size, errors) &&
           sql_number(there, "PRAGMA page_size", &own, errors) &&
           (size == own || sql_run(there, "PRAGMA journal_mode = DELETE", errors));
}

/* Over a store that can be read: a transaction of its own file, so that whoever has it open sees the one or
 * the other. */
static bool restore_over(sql *backup, sql *there, bool replace, char **kept, error_list *errors)
{
    chain_head last;
    bool       has;

    if (!chain_read_head(there, &last, errors) || !has_last(backup, &last, &has, errors))
        return false;
    if (!has && !replace) {
        error_add(errors, FAULT_USAGE, sql_path(there), 0, 0,
                  "the store has events, up to %lld, that the backup has not; to lose them all the "
                  "same, add --replace",
                  (long long)last.sequence);
        return false;
    }
    *kept = copy_kept(there, sql_path(there), "restore", errors);
    return *kept && take_pages_of(backup, there, errors) && sql_copy(backup, there, errors);
}

/* In place of a file that cannot be read, or of none. */
static bool restore_beside(sql *backup, const char *path, char **kept, error_list *errors)
{
    const bool there = access(path, F_OK) == 0;
    char      *temporary = copy_beside(backup, path, errors);
    bool       restored = temporary != NULL;

    if (restored && there)
        restored =
            (*kept = kept_name(path, "restore", errors)) != NULL && file_move(path, *kept, errors);
    restored = restored && file_settle(temporary, path, false, errors);
    if (temporary)
        file_remove(temporary);
    free(temporary);
    return restored;
}

/* Opens what is there, where it is a store that can be read. */
static sql *open_there(const char *path, error_list *errors)
{
    sql       *there = sql_open(path, errors);
    int64_t    version;
    chain_head last;

    if (there && store_check_version(there, &version, errors) &&
        chain_read_head(there, &last, errors))
        return there;
    sql_close(there);
    return NULL;
}

static bool restore(sql *backup, const char *path, bool replace, char **kept, error_list *errors)
{
    error_list found = {0};

    if (access(path, F_OK) != 0)
        return restore_beside(backup, path, kept, errors);
    if (is_same_file(path, sql_path(backup))) {
        error_add(errors, FAULT_USAGE, path, 0, 0, "is the store itself; name a backup");
        return false;
    }
    if (!file_is_ours(path, errors))
        return false;

    sql *there = open_there(path, &found);
    bool restored = false;
    if (there) {
        restored = restore_over(backup, there, replace, kept, errors);
    } else if (replace) {
        restored = restore_beside(backup, path, kept, errors);
    } else {
        error_append(errors, &found);
        error_add(errors, FAULT_USAGE, path, 0, 0,
                  "what is there cannot be read, so that it is not known what would be lost; to "
                  "restore all the same, add --replace");
    }
    sql_close(there);
    error_clear(&found);
    return restored;
}

bool store_restore(const store_settings *settings, const char *path, bool replace, char **kept,
                   error_list *errors)
{
    store_verdict verdict;

    *kept = NULL;
    if (!is_whole(path, &verdict, errors))
        return false;
    sql       *backup = sql_open(path, errors);
    const bool restored = backup && restore(backup, settings->path, replace, kept, errors);
    sql_close(backup);
    return restored;
}
