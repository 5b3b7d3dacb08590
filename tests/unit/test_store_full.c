/* A disk that is full, or fails, at any moment: what was kept is kept, what was not is said. */
#include "store_case.h"

#include <sqlite3.h>

/* ---- A file system that gives up ------------------------------------------------------------- */

static sqlite3_vfs *real_system;
static sqlite3_vfs  failing_system;
static int          writes_left = -1; /* before it gives up; -1: it never does */
static int          gives;            /* by a sync: SQLITE_FULL, SQLITE_IOERR_FSYNC */

/* The ways of files: the system has one for databases and one for what is beside them. */
enum { WAYS = 4 };
static struct {
    const sqlite3_io_methods *real;
    sqlite3_io_methods        failing;
} ways[WAYS];

static bool gives_up(void)
{
    if (writes_left > 0)
        writes_left--;
    return writes_left == 0;
}

static const sqlite3_io_methods *real_way(const sqlite3_file *file)
{
    size_t w = 0;
    while (file->pMethods != &ways[w].failing)
        w++;
    return ways[w].real;
}

static int failing_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    return gives_up() ? SQLITE_FULL : real_way(file)->xWrite(file, bytes, size, at);
}

static int failing_sync(sqlite3_file *file, int flags)
{
    return gives_up() ? gives : real_way(file)->xSync(file, flags);
}

static int failing_open(sqlite3_vfs *system, const char *name, sqlite3_file *file, int flags,
                        int *given)
{
    (void)system;
    const int result = real_system->xOpen(real_system, name, file, flags, given);
    if (result != SQLITE_OK || !file->pMethods)
        return result;
    size_t w = 0;
    while (ways[w].real && ways[w].real != file->pMethods)
        w++;
    assert_true(w < WAYS);
    if (!ways[w].real) {
        ways[w].real = file->pMethods;
        ways[w].failing = *file->pMethods;
        ways[w].failing.xWrite = failing_write;
        ways[w].failing.xSync = failing_sync;
    }
    file->pMethods = &ways[w].failing;
    return result;
}

static int use_failing_system(void **state)
{
    (void)state;
    real_system = sqlite3_vfs_find(NULL);
    failing_system = *real_system;
    failing_system.zName = "failing";
    failing_system.xOpen = failing_open;
    failing_system.pNext = NULL;
    return sqlite3_vfs_register(&failing_system, 1);
}

static int use_real_system(void **state)
{
    (void)state;
    return sqlite3_vfs_unregister(&failing_system);
}

/* ---- What must hold -------------------------------------------------------------------------- */

static void no_fault(void *user, const char *what)
{
    (void)user;
    fail_msg("%s", what);
}

static store_verdict must_be_whole(store_case *here, const char *path)
{
    store_verdict verdict;

    must(store_verify(path, NULL, no_fault, NULL, &verdict, &here->errors));
    return verdict;
}

/* Twenty audits in one transaction. */
static bool add_file(store_case *here, store *held, int file)
{
    bool fine = store_begin(held, &here->errors);

    for (int a = 0; fine && a < 20; a++) {
        char             id[32], note[900];
        const store_pair fields[] = {{"note", note}};
        memset(note, 'a' + a, sizeof note - 1);
        note[sizeof note - 1] = '\0';
        snprintf(id, sizeof id, "A-%d-%d", file, a);
        fine = store_put_audit(held, &(store_audit){.audit_id = id, .fields = {fields, 1}}, NULL,
                               &here->errors);
    }
    if (fine)
        return store_commit(held, &here->errors);
    store_rollback(held);
    return false;
}

/* At one write after the other: a commit that said yes is there, one that said no is not, and the
 * store is whole and goes on. */
static void fail_at_each_write(store_case *here, int how, int most)
{
    int64_t events = must_be_whole(here, here->path).events;
    bool    failed = false, kept = false;

    store_close(here->kept);
    gives = how;
    for (int at = 1; at <= most; at += 2) {
        store *held = store_open(&here->settings, &here->errors);
        must(held != NULL);
        writes_left = at;
        const bool done = add_file(here, held, how * 1000 + at);
        store_close(held);
        writes_left = -1;
        if (!done) {
            assert_true(error_count(&here->errors) > 0);
            assert_int_equal(error_exit_status(&here->errors), 3);
        }
        error_clear(&here->errors);
        const int64_t now = must_be_whole(here, here->path).events;
        assert_int_equal(now, events + (done ? 20 : 0));
        events = now;
        failed |= !done;
        kept |= done;
    }
    assert_true(failed && kept); /* both were met */
    must((here->kept = store_open(&here->settings, &here->errors)) != NULL);
}

static void test_a_full_disk_loses_nothing_that_was_said_to_be_kept(void **state)
{
    fail_at_each_write(*state, SQLITE_FULL, 60);
}

static void test_a_disk_that_does_not_write_back_loses_nothing(void **state)
{
    fail_at_each_write(*state, SQLITE_IOERR_FSYNC, 60);
}

static void test_a_full_disk_is_named(void **state)
{
    store_case *here = *state;

    reopen(here);
    writes_left = 3;
    assert_false(add_file(here, here->kept, 1));
    writes_left = -1;
    assert_said(here, "the disk is full, and nothing was kept");
    must(add_file(here, here->kept, 1));
}

static void test_a_backup_on_a_full_disk_leaves_no_file(void **state)
{
    store_case   *here = *state;
    store_verdict verdict;
    char          path[160];
    int           failed = 0;

    snprintf(path, sizeof path, "%s/backup.db", here->folder);
    must(add_file(here, here->kept, 1));
    for (int at = 1; at <= 60; at += 3) {
        writes_left = at;
        const bool done = store_backup(here->kept, path, &verdict, &here->errors);
        writes_left = -1;
        failed += !done;
        assert_int_equal(access(path, F_OK) == 0, done);
        error_clear(&here->errors);
        if (done)
            must_be_whole(here, path);
        unlink(path);
    }
    assert_true(failed > 0);
    must_be_whole(here, here->path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_a_full_disk_loses_nothing_that_was_said_to_be_kept),
        store_test(test_a_disk_that_does_not_write_back_loses_nothing),
        store_test(test_a_full_disk_is_named),
        store_test(test_a_backup_on_a_full_disk_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, use_failing_system, use_real_system);
}
