/* What is taken out is gone; copies are whole; an earlier version becomes this one. */
#include "store_case.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>

#include "store/migrate.h"

/* ---- Counting ---------------------------------------------------------------------------- */

static bool count_audit(void *user, const store_stamp *stamp, const store_audit *entry)
{
    (void)stamp;
    (void)entry;
    ++*(size_t *)user;
    return true;
}

static size_t audits_of(store_case *here, store *kept, const store_filter *filter)
{
    size_t count = 0;

    must(store_each_audit(kept, filter, count_audit, &count, &here->errors));
    return count;
}

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

/* Whether any file of the folder has these bytes. */
static bool folder_has(store_case *here, const char *bytes)
{
    char command[300];

    snprintf(command, sizeof command, "grep -qaF '%s' %s/*", bytes, here->folder);
    return system(command) == 0;
}

/* ---- Redaction ------------------------------------------------------------------------------- */

static void put_audit_of(store_case *here, const char *audit_id, const char *child,
                         const char *date)
{
    const store_pair fields[] = {{"note", "a secret of the child"}};

    must(store_put_audit(here->kept,
                         &(store_audit){.audit_id = audit_id,
                                        .audit_date = date,
                                        .child_ref = child,
                                        .fields = {fields, child[0] == 'S'}},
                         NULL, &here->errors));
    must(store_put_grade(
        here->kept,
        &(store_grade){
            .audit_id = audit_id, .rubric = "plans", .levels = "bad|good", .judgement = "good"},
        NULL, &here->errors));
    must(store_put_action(here->kept,
                          &(store_action){.audit_id = audit_id, .number = 1, .what = "visit"}, NULL,
                          &here->errors));
}

static void test_what_is_redacted_is_gone_and_the_chain_holds(void **state)
{
    store_case *here = *state;
    int64_t     count;

    put_audit_of(here, "A-1", "SECRET-CHILD-17", "2026-03-31");
    put_audit_of(here, "A-2", "C-2", "2026-03-31");
    must(store_put_audit(here->kept, &(store_audit){.audit_id = "A-1"}, NULL, &here->errors));
    must(store_put_assignment(here->kept, &(store_assignment){"A-1", "M. Khan", ""}, NULL,
                              &here->errors));
    const store_verdict before = must_be_whole(here, here->path);
    assert_true(folder_has(here, "SECRET-CHILD-17"));

    /* two revisions, a grade, an action */
    must(store_redact(here->kept,
                      &(store_redaction){.child_ref = "SECRET-CHILD-17", .reason = "asked for"},
                      &count, &here->errors));
    assert_int_equal(count, 4);
    assert_false(folder_has(here, "SECRET-CHILD-17"));
    assert_false(folder_has(here, "a secret of the child"));
    assert_true(folder_has(here, "C-2"));
    assert_int_equal(audits_of(here, here->kept, NULL), 1);

    store_verdict after;
    must(store_verify(here->path, before.checkpoint, no_fault, NULL, &after, &here->errors));
    assert_int_equal(after.events, before.events + 1);
    assert_int_equal(after.redacted, 4);
}

static void test_what_was_redacted_does_not_come_back(void **state)
{
    store_case   *here = *state;
    store_outcome outcome;
    int64_t       count;

    put_audit_of(here, "A-1", "C-1", "2026-03-31");
    must(store_redact(here->kept, &(store_redaction){.audit_id = "A-1", .reason = "wrong file"},
                      &count, &here->errors));
    assert_int_equal(count, 3);
    must(store_put_audit(here->kept, &(store_audit){.audit_id = "A-1"}, &outcome, &here->errors));
    assert_int_equal(outcome, STORE_REDACTED);
    assert_int_equal(audits_of(here, here->kept, NULL), 0);
    must(store_redact(here->kept, &(store_redaction){.audit_id = "A-1", .reason = "again"}, &count,
                      &here->errors));
    assert_int_equal(count, 0);
    assert_int_equal(must_be_whole(here, here->path).events, 5); /* no second redaction */
}

static void test_retention_takes_out_what_is_older_than_a_day(void **state)
{
    store_case *here = *state;
    int64_t     count;

    put_audit_of(here, "A-1", "C-1", "2019-12-31");
    put_audit_of(here, "A-2", "C-2", "2020-01-01");
    put_audit_of(here, "A-3", "C-3", "");
    must(store_redact(here->kept, &(store_redaction){.before = "2020-01-01", .reason = "six years"},
                      &count, &here->errors));
    assert_int_equal(count, 3);
    assert_int_equal(audits_of(here, here->kept, NULL), 2);
    must_be_whole(here, here->path);
    must_refuse(
        store_redact(here->kept, &(store_redaction){.before = "2020-01-01"}, &count, &here->errors),
        "say why");
    must_refuse(
        store_redact(here->kept, &(store_redaction){.reason = "why"}, &count, &here->errors),
        "say what");
}

static void test_bytes_that_a_reader_holds_are_said_to_be_there_still(void **state)
{
    store_case *here = *state;
    int64_t     count;

    put_audit_of(here, "A-1", "C-1", "2026-03-31");
    store *reader =
        store_open(&(store_settings){.path = here->path, .read_only = true}, &here->errors);
    here->settings.wait = 50;
    reopen(here);
    must(reader != NULL && store_snapshot(reader, &here->errors));
    assert_false(store_redact(here->kept, &(store_redaction){.audit_id = "A-1", .reason = "why"},
                              &count, &here->errors));
    assert_int_equal(count, 3); /* taken out all the same */
    error_clear(&here->errors);
    store_close(reader);
    must(store_redact(here->kept, &(store_redaction){.audit_id = "A-1", .reason = "why"}, &count,
                      &here->errors));
    assert_false(folder_has(here, "C-1"));
}

/* ---- Copies ------------------------------------------------------------------------------------ */

static void test_a_backup_taken_while_others_write_restores_equal(void **state)
{
    store_case   *here = *state;
    store_verdict backed, restored;
    char          backup[160], other[160], *kept;
    struct stat   status;

    snprintf(backup, sizeof backup, "%s/backup", here->folder);
    snprintf(other, sizeof other, "%s/other.db", here->folder);
    put_audit_of(here, "A-1", "C-1", "2026-03-31");
    store *writer = store_open(&here->settings, &here->errors);
    must(writer != NULL && store_begin(writer, &here->errors));
    must(store_put_audit(writer, &(store_audit){.audit_id = "A-2"}, NULL, &here->errors));
    must(store_backup(here->kept, backup, &backed, &here->errors));
    must(store_commit(writer, &here->errors));
    store_close(writer);
    assert_int_equal(backed.events, 4); /* without what was not committed */
    assert_int_equal(stat(backup, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);

    must(store_restore(&(store_settings){.path = other, .who = "me"}, backup, false, &kept,
                       &here->errors));
    assert_null(kept);
    restored = must_be_whole(here, other);
    assert_string_equal(restored.checkpoint, backed.checkpoint);
    /* again over the same name; not over another file */
    must(store_backup(here->kept, backup, &backed, &here->errors));
    assert_int_equal(backed.events, 5);
    snprintf(other, sizeof other, "%s/list.txt", here->folder);
    FILE *file = fopen(other, "w");
    assert_non_null(file);
    fclose(file);
    must_refuse(store_backup(here->kept, other, &backed, &here->errors), "no backup of this store");
    must_refuse(store_backup(here->kept, here->path, &backed, &here->errors), "the store itself");
}

static void test_a_restore_loses_nothing_unless_it_is_told_to(void **state)
{
    store_case   *here = *state;
    store_verdict verdict;
    char          backup[160], *kept;

    snprintf(backup, sizeof backup, "%s/backup", here->folder);
    put_audit_of(here, "A-1", "C-1", "2026-03-31");
    must(store_backup(here->kept, backup, &verdict, &here->errors));
    put_audit_of(here, "A-2", "C-2", "2026-03-31");
    must_refuse(store_restore(&here->settings, backup, false, &kept, &here->errors),
                "up to 7, that the backup has not");
    assert_int_equal(audits_of(here, here->kept, NULL), 2);

    must(store_restore(&here->settings, backup, true, &kept, &here->errors));
    assert_int_equal(audits_of(here, here->kept, NULL), 1); /* seen by who has it open */
    assert_int_equal(must_be_whole(here, here->path).events, 4);
    assert_int_equal(must_be_whole(here, kept).events, 7);
    free(kept);
    /* the same again, which loses nothing */
    put_audit_of(here, "A-3", "C-2", "2026-03-31");
}

static void test_a_restore_puts_a_damaged_store_right(void **state)
{
    store_case   *here = *state;
    store_verdict verdict;
    char          backup[160], *kept;

    snprintf(backup, sizeof backup, "%s/backup", here->folder);
    put_audit_of(here, "A-1", "C-1", "2026-03-31");
    must(store_backup(here->kept, backup, &verdict, &here->errors));
    store_close(here->kept);
    here->kept = NULL;
    assert_int_equal(truncate(here->path, 5000), 0);
    must_refuse(store_restore(&here->settings, backup, false, &kept, &here->errors),
                "it is not known what would be lost");
    must(store_restore(&here->settings, backup, true, &kept, &here->errors));
    free(kept);
    assert_int_equal(must_be_whole(here, here->path).events, 4);
    assert_int_equal(truncate(backup, 5000), 0);
    must_refuse(store_restore(&here->settings, backup, true, &kept, &here->errors), "damaged");
}

/* ---- Migration ------------------------------------------------------------------------------- */

/* What later versions might be: steps for the table of events, and the other tables made anew. */
static const migration_step later[] = {
    {3, "CREATE INDEX event_by_kind ON event(kind)"}, {4, "DROP INDEX event_by_kind"}, {0, NULL}};

static int64_t version_of(const char *path)
{
    sqlite3      *db = NULL;
    sqlite3_stmt *row;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &row, NULL);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    const int64_t version = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
    return version;
}

static void run_raw(const char *path, const char *statements)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, statements, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* A store out of tests/data/store/version-N.sql; its first line is a comment with the checkpoint. */
static void make_fixture(const char *path, int version, char *checkpoint, size_t size)
{
    char   name[200];
    char  *statements = NULL;
    size_t length = 0;

    snprintf(name, sizeof name, ASSAY_SOURCE_DIR "/tests/data/store/version-%d.sql", version);
    FILE *file = fopen(name, "r");
    assert_non_null(file);
    assert_true(getdelim(&statements, &length, '\0', file) > 0);
    fclose(file);
    snprintf(checkpoint, size, "%.*s", (int)strcspn(statements + 3, "\n"), statements + 3);
    run_raw(path, statements);
    free(statements);
    assert_int_equal(chmod(path, 0600), 0);
}

static void test_a_store_of_this_version_is_left_as_it_is(void **state)
{
    store_case *here = *state;
    int64_t     from;
    char       *kept;

    must(store_migrate(&here->settings, &from, &kept, &here->errors));
    assert_int_equal(from, store_version());
    assert_null(kept);
    assert_int_equal(must_be_whole(here, here->path).events, 1);
}

static void test_a_migration_keeps_every_event_and_a_copy_of_what_was(void **state)
{
    store_case *here = *state;
    int64_t     from;
    char       *kept;

    put_audit_of(here, "A-1", "C-1", "2026-03-31");
    const store_verdict before = must_be_whole(here, here->path);
    store_close(here->kept);
    here->kept = NULL;
    must(migrate_by(&here->settings, later, 5, &from, &kept, &here->errors));
    assert_int_equal(from, 3);
    assert_int_equal(version_of(here->path), 5);
    assert_int_equal(version_of(kept), 3);
    assert_string_equal(must_be_whole(here, kept).checkpoint, before.checkpoint);
    free(kept);
    must_refuse((here->kept = store_open(&here->settings, &here->errors)) != NULL,
                "a later version");

    /* The two steps together leave the tables as they were: as version 3 it verifies. */
    store_verdict after;
    run_raw(here->path, "PRAGMA user_version = 3");
    must(store_verify(here->path, before.checkpoint, no_fault, NULL, &after, &here->errors));
    assert_int_equal(after.events, before.events + 1);
}

static void test_a_migration_that_fails_changes_nothing(void **state)
{
    store_case                 *here = *state;
    static const migration_step wrong[] = {{3, "CREATE INDEX event_by_kind ON event(kind)"},
                                           {4, "CREATE INDEX broken ON event(nothing)"},
                                           {0, NULL}};
    int64_t                     from;
    char                       *kept;

    put_audit_of(here, "A-1", "C-1", "2026-03-31");
    const store_verdict before = must_be_whole(here, here->path);
    assert_false(migrate_by(&here->settings, wrong, 5, &from, &kept, &here->errors));
    error_clear(&here->errors);
    free(kept);
    must_refuse(migrate_by(&here->settings, later, 6, &from, &kept, &here->errors),
                "no way is known from store version 5");
    free(kept);
    assert_string_equal(must_be_whole(here, here->path).checkpoint, before.checkpoint);
    assert_int_equal(version_of(here->path), 3);
}

/* Every earlier version, as tests/data/store has it: two audits, one revised, and an entry of each other
 * kind that the version knew. */
static void test_a_store_of_every_earlier_version_becomes_this_one(void **state)
{
    store_case *here = *state;

    for (int64_t version = 1; version < store_version(); version++) {
        char           path[160], checkpoint[100], *kept;
        store_settings old = {.path = path, .who = "migrator"};
        store_verdict  verdict;
        int64_t        from;
        snprintf(path, sizeof path, "%s/version-%d.db", here->folder, (int)version);
        make_fixture(path, (int)version, checkpoint, sizeof checkpoint);
        must_refuse(store_open(&old, &here->errors) != NULL, "run assay store migrate");
        must(store_migrate(&old, &from, &kept, &here->errors));
        assert_int_equal(from, version);
        free(kept);
        must(store_verify(path, checkpoint, no_fault, NULL, &verdict, &here->errors));
        store *kept_store = store_open(&old, &here->errors);
        must(kept_store != NULL);
        assert_int_equal(audits_of(here, kept_store, NULL), 2);
        assert_int_equal(audits_of(here, kept_store, &(store_filter){.history = true}), 3);
        store_close(kept_store);
    }
}

/* That an event is looked for among all others is not seen in a small store: 30,000 events take a second
 * where it is done well, and 100 where each is compared with each. */
static void test_a_store_of_many_events_is_migrated_at_once(void **state)
{
    store_case    *here = *state;
    char           path[160], checkpoint[100], *kept;
    store_settings old = {.path = path, .who = "migrator"};
    int64_t        from;

    snprintf(path, sizeof path, "%s/many.db", here->folder);
    make_fixture(path, 2, checkpoint, sizeof checkpoint);
    run_raw(path, "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more "
                  "WHERE n < 30000) INSERT INTO event SELECT n + 16, at, who, kind, subject, "
                  "payload, salt, payload_hash, n + 15, hash FROM more, event WHERE sequence = 1");
    const clock_t begun = clock();
    must(store_migrate(&old, &from, &kept, &here->errors));
    free(kept);
    assert_true(clock() - begun < 15 * CLOCKS_PER_SEC);
}

/* A store of an earlier version keeps its pages of 4,096 bytes; one that was made new has larger ones. */
static void test_a_backup_with_other_pages_is_restored_over_a_new_store(void **state)
{
    store_case   *here = *state;
    store_verdict backed;
    char          path[160], checkpoint[100], small[160], large[160], *kept;
    int64_t       from;

    snprintf(path, sizeof path, "%s/old.db", here->folder);
    snprintf(small, sizeof small, "%s/small", here->folder);
    snprintf(large, sizeof large, "%s/large", here->folder);
    make_fixture(path, 2, checkpoint, sizeof checkpoint);
    store_settings old = {.path = path, .who = "migrator"};
    must(store_migrate(&old, &from, &kept, &here->errors));
    free(kept);
    store *migrated = store_open(&old, &here->errors);
    must(migrated != NULL && store_backup(here->kept, large, &backed, &here->errors));
    must(store_backup(migrated, small, &backed, &here->errors));
    store_close(migrated);
    store_close(here->kept);
    here->kept = NULL;

    must(store_restore(&here->settings, small, true, &kept, &here->errors));
    assert_int_equal(must_be_whole(here, kept).events, 1);
    free(kept);
    assert_string_equal(must_be_whole(here, here->path).checkpoint, backed.checkpoint);
    must((here->kept = store_open(&here->settings, &here->errors)) != NULL);
    assert_int_equal(audits_of(here, here->kept, NULL), 2);
    put_audit_of(here, "A-9", "C-9", "2026-03-31");
    must(store_restore(&old, large, true, &kept, &here->errors));
    free(kept);
    assert_int_equal(must_be_whole(here, path).events, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_what_is_redacted_is_gone_and_the_chain_holds),
        store_test(test_what_was_redacted_does_not_come_back),
        store_test(test_retention_takes_out_what_is_older_than_a_day),
        store_test(test_bytes_that_a_reader_holds_are_said_to_be_there_still),
        store_test(test_a_backup_taken_while_others_write_restores_equal),
        store_test(test_a_restore_loses_nothing_unless_it_is_told_to),
        store_test(test_a_restore_puts_a_damaged_store_right),
        store_test(test_a_store_of_this_version_is_left_as_it_is),
        store_test(test_a_migration_keeps_every_event_and_a_copy_of_what_was),
        store_test(test_a_migration_that_fails_changes_nothing),
        store_test(test_a_store_of_every_earlier_version_becomes_this_one),
        store_test(test_a_store_of_many_events_is_migrated_at_once),
        store_test(test_a_backup_with_other_pages_is_restored_over_a_new_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
