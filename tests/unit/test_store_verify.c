/* Whatever is done to a store behind our back is refused, or found. */
#include "store_case.h"

#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>

/* ---- Another program -------------------------------------------------------------------- */

static void writes(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    sqlite3_result_int(context, 1);
}

/* What SQLite says to a statement of another program; `knows`: one that means harm, and has looked at
 * what the triggers ask. */
static const char *raw(store_case *here, bool knows, const char *statement)
{
    static char said[200];
    sqlite3    *db = NULL;
    char       *wrong = NULL;

    store_close(here->kept);
    here->kept = NULL;
    assert_int_equal(sqlite3_open(here->path, &db), SQLITE_OK);
    if (knows)
        sqlite3_create_function(db, "assay_writes", 0, SQLITE_UTF8, NULL, writes, NULL, NULL);
    sqlite3_exec(db, statement, NULL, NULL, &wrong);
    snprintf(said, sizeof said, "%s", wrong ? wrong : "done");
    sqlite3_free(wrong);
    sqlite3_close(db);
    return said;
}

/* What an intruder takes away to have a free hand, and puts back afterwards. */
static void tamper(store_case *here, const char *statement)
{
    static char   away[200][400];
    sqlite3      *db = NULL;
    sqlite3_stmt *rows;
    size_t        count = 0;
    char         *wrong = NULL;

    store_close(here->kept);
    here->kept = NULL;
    assert_int_equal(sqlite3_open(here->path, &db), SQLITE_OK);
    sqlite3_create_function(db, "assay_writes", 0, SQLITE_UTF8, NULL, writes, NULL, NULL);
    sqlite3_exec(db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
    sqlite3_prepare_v2(db,
                       "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' "
                       "AND tbl_name = 'event'",
                       -1, &rows, NULL);
    static char again[8][1000];
    while (sqlite3_step(rows) == SQLITE_ROW) {
        snprintf(away[count], sizeof away[count], "DROP TRIGGER %s", sqlite3_column_text(rows, 0));
        snprintf(again[count++], sizeof again[0], "%s", sqlite3_column_text(rows, 1));
    }
    sqlite3_finalize(rows);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(sqlite3_exec(db, away[i], NULL, NULL, NULL), SQLITE_OK);
    sqlite3_exec(db, statement, NULL, NULL, &wrong);
    if (wrong)
        fail_msg("%s", wrong);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(sqlite3_exec(db, again[i], NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* ---- What verify says ---------------------------------------------------------------------- */

typedef struct {
    char text[4000];
} findings;

static void find(void *user, const char *what)
{
    findings *found = user;

    strncat(found->text, what, sizeof found->text - strlen(found->text) - 2);
    strcat(found->text, "\n");
}

static store_verdict look(store_case *here, const char *checkpoint, findings *found)
{
    store_verdict verdict;

    *found = (findings){{0}};
    must(store_verify(here->path, checkpoint, find, found, &verdict, &here->errors));
    return verdict;
}

static void assert_found(store_case *here, const char *said)
{
    findings found;

    look(here, NULL, &found);
    if (!strstr(found.text, said))
        fail_msg("\"%s\" is not in:\n%s", said, found.text);
}

/* Event 1 made the store; 2 is A-1, 3 is A-2, 4 the second revision of A-1, 5 A-3. */
static void fill(store_case *here)
{
    put_audit(here, "A-1", "yes");
    put_audit(here, "A-2", "yes");
    put_audit(here, "A-1", "no");
    put_audit(here, "A-3", "yes");
}

static void test_a_store_that_nobody_touched_is_whole(void **state)
{
    store_case *here = *state;
    findings    found;

    fill(here);
    const store_verdict verdict = look(here, NULL, &found);
    assert_string_equal(found.text, "");
    assert_int_equal(verdict.events, 5);
    assert_int_equal(verdict.faults, 0);
    assert_int_equal(strlen(verdict.checkpoint), 2 + 64);
    look(here, verdict.checkpoint, &found);
    assert_string_equal(found.text, "");
    put_audit(here, "A-4", "yes"); /* a checkpoint holds as the store grows */
    look(here, verdict.checkpoint, &found);
    assert_string_equal(found.text, "");
}

static void test_events_are_never_changed_or_removed(void **state)
{
    store_case *here = *state;

    fill(here);
    assert_string_equal(raw(here, true, "DELETE FROM event WHERE sequence = 5"),
                        "an event is never removed");
    assert_string_equal(raw(here, true, "UPDATE event SET who = 'me' WHERE sequence = 2"),
                        "an event is never changed");
    assert_string_equal(raw(here, true, "UPDATE event SET payload = NULL, salt = NULL"),
                        "an event is never changed");
    assert_string_equal(raw(here, true,
                            "INSERT OR REPLACE INTO event SELECT 2, at, who, kind, subject, "
                            "payload, salt, payload_hash, previous, hash FROM event "
                            "WHERE sequence = 3"),
                        "an event follows the last one");
    findings found;
    assert_int_equal(look(here, NULL, &found).faults, 0);
}

static void test_another_program_changes_no_table_by_accident(void **state)
{
    store_case *here = *state;

    fill(here);
    assert_string_equal(raw(here, false, "UPDATE audit SET auditor_grade = 'outstanding'"),
                        "no such function: assay_writes");
    assert_string_equal(raw(here, false, "DELETE FROM audit"), "no such function: assay_writes");
}

static void test_a_changed_payload_is_found(void **state)
{
    store_case *here = *state;

    fill(here);
    tamper(here, "UPDATE event SET payload = replace(payload, 'good', 'poor') WHERE sequence = 3");
    assert_found(here, "event 3 (audit A-2): its payload was changed");
}

/* BLAKE2b-256 of salt and payload, as docs/store.md says: an intruder can read. */
static void test_a_changed_payload_with_its_hash_made_anew_is_found(void **state)
{
    store_case *here = *state;

    fill(here);
    unsigned char hash[32];
    const char    salted[] = "0123456789abcdef{}";
    char          shown[65], statement[300];
    assert_true(sodium_init() >= 0);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)salted, sizeof salted - 1, NULL,
                       0);
    sodium_bin2hex(shown, sizeof shown, hash, sizeof hash);
    snprintf(statement, sizeof statement,
             "UPDATE event SET payload = '{}', salt = CAST('0123456789abcdef' AS BLOB), "
             "payload_hash = x'%s' WHERE sequence = 3",
             shown);
    tamper(here, statement);
    assert_found(here, "event 3: it was changed, or does not follow the event before it");
}

static void test_who_when_and_what_are_held_too(void **state)
{
    store_case *here = *state;

    fill(here);
    tamper(here, "UPDATE event SET who = 'somebody else' WHERE sequence = 4");
    assert_found(here, "event 4: it was changed");
    tamper(here, "UPDATE event SET who = 'tester' WHERE sequence = 4;"
                 "UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = 2");
    assert_found(here, "event 2: it was changed");
}

static void test_a_missing_event_is_found(void **state)
{
    store_case *here = *state;

    fill(here);
    tamper(here, "DELETE FROM event WHERE sequence = 3; DELETE FROM audit WHERE event = 3");
    assert_found(here, "events 3 to 3 are missing");
}

/* The numbers moved up so that no gap is left. */
static void test_a_gap_that_was_closed_is_found(void **state)
{
    store_case *here = *state;

    fill(here);
    tamper(here, "DELETE FROM event WHERE sequence = 3; DELETE FROM audit WHERE event = 3;"
                 "UPDATE event SET sequence = 3 WHERE sequence = 4;"
                 "UPDATE audit SET event = 3 WHERE event = 4;"
                 "UPDATE event SET sequence = 4 WHERE sequence = 5;"
                 "UPDATE audit SET event = 4 WHERE event = 5");
    assert_found(here, "event 3: it was changed, or does not follow");
}

static void test_two_events_that_changed_places_are_found(void **state)
{
    store_case *here = *state;

    fill(here);
    tamper(here, "UPDATE event SET sequence = -1 WHERE sequence = 3;"
                 "UPDATE event SET sequence = 3 WHERE sequence = 5;"
                 "UPDATE event SET sequence = 5 WHERE sequence = -1");
    assert_found(here, "event 3: it was changed, or does not follow");
    assert_found(here, "event 5: it was changed, or does not follow");
}

static void test_events_cut_off_at_the_end_are_found_by_a_checkpoint(void **state)
{
    store_case *here = *state;
    findings    found;

    fill(here);
    const store_verdict before = look(here, NULL, &found);
    tamper(here, "DELETE FROM event WHERE sequence = 5; DELETE FROM audit WHERE event = 5");
    look(here, NULL, &found);
    assert_string_equal(found.text, ""); /* nothing in the file can tell */
    look(here, before.checkpoint, &found);
    assert_non_null(strstr(found.text, "the checkpoint is of event 5, and the last one is 4"));
}

static void test_a_chain_made_anew_is_found_by_a_checkpoint(void **state)
{
    store_case *here = *state;
    findings    found;

    fill(here);
    store_verdict before = look(here, NULL, &found);
    before.checkpoint[2] = before.checkpoint[2] == '0' ? '1' : '0';
    look(here, before.checkpoint, &found);
    assert_non_null(strstr(found.text, "event 5 is not the one of the checkpoint"));
    store_verdict verdict;
    must_refuse(store_verify(here->path, "5:abc", find, &found, &verdict, &here->errors),
                "is no checkpoint");
}

static void test_a_table_that_says_something_else_is_found(void **state)
{
    store_case *here = *state;

    fill(here);
    tamper(here, "UPDATE audit SET auditor_grade = 'outstanding' WHERE event = 3");
    assert_found(here, "table audit: the row of event 3 is not what its event says");
    tamper(here, "UPDATE audit SET auditor_grade = 'good' WHERE event = 3;"
                 "DELETE FROM audit WHERE event = 5");
    assert_found(here, "table audit: the row of event 5 is missing");
    tamper(
        here,
        "INSERT INTO audit SELECT 5, latest, at, who, 'A-3', revision, practice_area, audit_date, "
        "team, auditor, child_ref, auditor_grade, row_hash FROM audit WHERE event = 3;"
        "INSERT INTO planned VALUES (1, 1, '', '', '2026-03', '', '', '', 5)");
    assert_found(here, "table planned: the row of event 1 has no event");
}

static void test_a_trigger_that_was_taken_away_is_found_and_the_store_refused(void **state)
{
    store_case *here = *state;

    fill(here);
    assert_string_equal(raw(here, false, "DROP TRIGGER event_stays"), "done");
    assert_found(here, "the trigger event_stays is missing");
    must_refuse((here->kept = store_open(&here->settings, &here->errors)) != NULL,
                "the trigger event_stays is missing");
}

static void test_a_payload_removed_without_a_redaction_is_found(void **state)
{
    store_case *here = *state;

    fill(here);
    tamper(here, "UPDATE event SET payload = NULL, salt = NULL WHERE sequence = 3;"
                 "DELETE FROM audit WHERE event = 3");
    assert_found(here, "event 3: its payload was removed, and no redaction says so");
}

/* ---- Files ------------------------------------------------------------------------------------- */

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void test_what_is_no_store_is_refused_with_what_it_is(void **state)
{
    store_case    *here = *state;
    store_settings other = here->settings;
    char           path[160];

    snprintf(path, sizeof path, "%s/other.db", here->folder);
    other.path = path;
    must_refuse(store_open(&other, &here->errors) != NULL, "there is no store");
    write_file(path, "", 0);
    chmod(path, 0600);
    must_refuse(store_open(&other, &here->errors) != NULL, "the database of another program");
    write_file(path, "id,grade\n1,good\n", 16);
    must_refuse(store_open(&other, &here->errors) != NULL, "this is not a store");
    sqlite3 *db = NULL;
    unlink(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE t (a); PRAGMA application_id = 7", NULL, NULL, NULL);
    sqlite3_close(db);
    chmod(path, 0600);
    must_refuse(store_open(&other, &here->errors) != NULL, "the database of another program");
    must_refuse(store_open(&(store_settings){.path = here->folder, .who = "me"}, &here->errors) !=
                    NULL,
                "is not a file");
    assert_string_equal(raw(here, false, "PRAGMA user_version = 99"), "done");
    must_refuse((here->kept = store_open(&here->settings, &here->errors)) != NULL,
                "was made by a later version of assay (store version 99");
}

static void test_a_file_that_is_cut_off_is_refused(void **state)
{
    store_case *here = *state;
    struct stat status;

    fill(here);
    store_close(here->kept);
    assert_int_equal(stat(here->path, &status), 0);
    assert_int_equal(truncate(here->path, status.st_size / 2), 0);
    must_refuse((here->kept = store_open(&here->settings, &here->errors)) != NULL, "damaged");
}

static void test_files_are_for_their_owner_alone(void **state)
{
    store_case *here = *state;
    struct stat status;
    char        beside[160];

    umask(0);
    fill(here);
    for (int e = 0; e < 3; e++) {
        static const char *const endings[] = {"", "-wal", "-shm"};
        snprintf(beside, sizeof beside, "%s%s", here->path, endings[e]);
        assert_int_equal(stat(beside, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
    }
    chmod(here->path, 0644);
    reopen(here);
    assert_said(here, "other users could read it; it is for its owner alone now");
    assert_int_equal(stat(here->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_a_store_that_nobody_touched_is_whole),
        store_test(test_events_are_never_changed_or_removed),
        store_test(test_another_program_changes_no_table_by_accident),
        store_test(test_a_changed_payload_is_found),
        store_test(test_a_changed_payload_with_its_hash_made_anew_is_found),
        store_test(test_who_when_and_what_are_held_too),
        store_test(test_a_missing_event_is_found),
        store_test(test_a_gap_that_was_closed_is_found),
        store_test(test_two_events_that_changed_places_are_found),
        store_test(test_events_cut_off_at_the_end_are_found_by_a_checkpoint),
        store_test(test_a_chain_made_anew_is_found_by_a_checkpoint),
        store_test(test_a_table_that_says_something_else_is_found),
        store_test(test_a_trigger_that_was_taken_away_is_found_and_the_store_refused),
        store_test(test_a_payload_removed_without_a_redaction_is_found),
        store_test(test_what_is_no_store_is_refused_with_what_it_is),
        store_test(test_a_file_that_is_cut_off_is_refused),
        store_test(test_files_are_for_their_owner_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
