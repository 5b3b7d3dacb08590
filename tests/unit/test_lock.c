/* test_lock.c - what a lock allows, in which words it refuses, and how it is written. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trust/trust.h"

/* A hash of 32 equal bytes, as C and as text. */
#define ONES "1111111111111111111111111111111111111111111111111111111111111111"
#define TWOS "2222222222222222222222222222222222222222222222222222222222222222"
#define KEY  "RWQMABg1yJSWCrpS+Xjuf394fKbdmk7MsqwaaGSyC3VSdvUEIdd8qce0"

static const uint8_t *hash_of(uint8_t byte)
{
    static uint8_t hash[TRUST_HASH_SIZE];
    memset(hash, byte, sizeof hash);
    return hash;
}

static trust_lock *lock_of(const char *text)
{
    error_list  errors = {0};
    trust_lock *lock = trust_lock_read_bytes("assay.lock", text, strlen(text), &errors);
    assert_int_equal(errors.count, 0);
    assert_non_null(lock);
    return lock;
}

static void expect_one(error_list *errors, const char *message)
{
    char line[1024];
    assert_int_equal(errors->count, 1);
    error_format(&errors->items[0], line, sizeof line);
    assert_string_equal(line, message);
    error_clear(errors);
}

static const char both[] = "[plugin.plans]\nversion = 1.0.0\nsha256 = " ONES "\n"
                           "[rubric.plans@2026.1]\nsha256 = " ONES "\n"
                           "[rubric.plans@2027.1]\nsha256 = " TWOS "\n";

/* ---- Asked ------------------------------------------------------------------------- */

static void test_what_is_as_it_was_pinned_is_allowed(void **state)
{
    error_list  errors = {0};
    trust_lock *lock = lock_of(both);
    (void)state;
    assert_true(
        trust_lock_allows_plugin(lock, "plans", "1.0.0", hash_of(0x11), -1, "plans.so", &errors));
    assert_true(
        trust_lock_allows_rubric(lock, "plans", "2026.1", hash_of(0x11), "plans.ini", &errors));
    assert_true(
        trust_lock_allows_rubric(lock, "plans", "2027.1", hash_of(0x22), "next.ini", &errors));
    assert_int_equal(errors.count, 0);
    trust_lock_free(lock);
}

static void test_what_has_changed_is_refused_and_both_hashes_named(void **state)
{
    error_list  errors = {0};
    trust_lock *lock = lock_of(both);
    (void)state;
    assert_false(
        trust_lock_allows_plugin(lock, "plans", "1.1.0", hash_of(0x22), -1, "p/plans.so", &errors));
    expect_one(&errors,
               "assay: p/plans.so: has changed: assay.lock pins version 1.0.0 with SHA-256 " ONES
               ", and this is version 1.1.0 with SHA-256 " TWOS
               "; if you trust the change, run: assay plugin trust add p/plans.so");
    assert_false(
        trust_lock_allows_rubric(lock, "plans", "2026.1", hash_of(0x22), "plans.ini", &errors));
    expect_one(&errors,
               "assay: plans.ini: has changed: assay.lock pins version 2026.1 with SHA-256 " ONES
               ", and this is version 2026.1 with SHA-256 " TWOS
               "; if you trust the change, run: assay plugin trust add plans.ini");
    trust_lock_free(lock);
}

static void test_same_bytes_under_another_version_are_refused(void **state)
{
    error_list  errors = {0};
    trust_lock *lock = lock_of(both);
    (void)state;
    assert_false(
        trust_lock_allows_plugin(lock, "plans", "9.0.0", hash_of(0x11), -1, "plans.so", &errors));
    assert_int_equal(errors.count, 1);
    error_clear(&errors);
    trust_lock_free(lock);
}

static void test_what_is_not_pinned_is_refused(void **state)
{
    error_list  errors = {0};
    trust_lock *lock = lock_of(both);
    (void)state;
    assert_false(
        trust_lock_allows_plugin(lock, "other", "1.0.0", hash_of(0x11), -1, "other.so", &errors));
    expect_one(&errors, "assay: other.so: version 1.0.0 with SHA-256 " ONES
                        " is not pinned in assay.lock; if you trust it, run: assay plugin trust "
                        "add other.so");
    assert_false(
        trust_lock_allows_rubric(lock, "plans", "2028.1", hash_of(0x11), "plans.ini", &errors));
    expect_one(&errors, "assay: plans.ini: version 2028.1 with SHA-256 " ONES
                        " is not pinned in assay.lock; if you trust it, run: assay plugin trust "
                        "add plans.ini");
    /* A pinned rubric allows no plugin of its name. */
    trust_lock *rubrics = lock_of("[rubric.plans@1.0.0]\nsha256 = " ONES "\n");
    assert_false(trust_lock_allows_plugin(rubrics, "plans", "1.0.0", hash_of(0x11), -1, "plans.so",
                                          &errors));
    error_clear(&errors);
    trust_lock_free(rubrics);
    trust_lock_free(lock);
}

static void test_lock_that_is_not_there_pins_nothing(void **state)
{
    error_list  errors = {0};
    trust_lock *lock = trust_lock_read("/nowhere/a.lock", &errors);
    (void)state;
    assert_non_null(lock);
    assert_int_equal(errors.count, 0);
    assert_false(
        trust_lock_allows_plugin(lock, "plans", "1.0.0", hash_of(0x11), -1, "plans.so", &errors));
    expect_one(&errors, "assay: plans.so: version 1.0.0 with SHA-256 " ONES
                        " is not pinned in /nowhere/a.lock, which is not there; if you trust it, "
                        "run: assay plugin trust add --lock /nowhere/a.lock plans.so");
    trust_lock_free(lock);
}

/* ---- Read -------------------------------------------------------------------------- */

static void test_faults_of_a_lock_are_told_with_their_lines(void **state)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"[plans]\nsha256 = " ONES "\n",
         "assay: assay.lock:1: [plans] is not a section of a lock; write [plugin.ID] or "
         "[rubric.ID@VERSION]"},
        {"[plugin.plans]\nsha256 = " ONES "\n",
         "assay: assay.lock:1: version is missing; pin it again with assay plugin trust add"},
        {"[plugin.plans]\nversion = 1.0.0\n",
         "assay: assay.lock:1: sha256 is missing; pin it again with assay plugin trust add"},
        {"[plugin.plans]\nversion = 1.0.0\nsha256 = 1234\n",
         "assay: assay.lock:3: sha256 is not 64 hexadecimal digits; pin it again with assay plugin "
         "trust add"},
        {"[plugin.plans]\nkey = " KEY "\nsha256 = " ONES "\n",
         "assay: assay.lock:1: a plugin with a key has no version and no sha256, for the key may "
         "sign any; take out the key, or the other two"},
        {"[plugin.plans]\nkey = RWQ\n",
         "assay: assay.lock:2: this is not a public key of minisign; copy the second line of "
         "KEY.pub"},
        {"[plugin.Plans!]\nkey = " KEY "\n",
         "assay: assay.lock:1: the name of the section does not end with a plugin's id; write "
         "[plugin.ID]"},
        {"[rubric.plans]\nsha256 = " ONES "\n",
         "assay: assay.lock:1: the name of the section has no id and version; write "
         "[rubric.ID@VERSION]"},
        {"[rubric.plans@1]\nsha256 = " ONES "\nsha265 = 1\n",
         "assay: assay.lock:3: \"sha265\" is not a key of a pinned rubric; did you mean "
         "\"sha256\"?"},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        error_list errors = {0};
        assert_null(
            trust_lock_read_bytes("assay.lock", cases[c].text, strlen(cases[c].text), &errors));
        expect_one(&errors, cases[c].message);
    }
}

/* ---- Written ----------------------------------------------------------------------- */

static char folder[64];
static char path[96];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/assay-lock-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/assay.lock", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder); /* and fails where a temporary file was left */
}

static void expect_file(const char *expected)
{
    char  bytes[2048];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t size = fread(bytes, 1, sizeof bytes - 1, file);
    bytes[size] = '\0';
    fclose(file);
    assert_string_equal(bytes, expected);
}

static void pin(trust_lock *lock, pin_kind kind, const char *id, const char *version, uint8_t byte)
{
    error_list errors = {0};
    trust_pin  added = {.kind = kind, .id = id, .version = version};
    memcpy(added.hash, hash_of(byte), sizeof added.hash);
    assert_true(trust_lock_pin(lock, &added, &errors));
}

/* Whatever order they were pinned in: plugins, then rubrics, each by id and version. */
static void test_lock_is_written_in_one_order(void **state)
{
    static const char expected[] =
        "; The plugins and rubrics that may be used, by the bytes of their files. Kept by\n"
        "; assay plugin trust add and remove.\n"
        "\n[plugin.plans]\nversion = 1.1.0\nsha256 = " TWOS "\n"
        "\n[plugin.signed]\nkey = " KEY "\n"
        "\n[rubric.a@1]\nsha256 = " ONES "\n"
        "\n[rubric.a@2]\nsha256 = " ONES "\n";
    error_list errors = {0};
    trust_pin  with_key = {.kind = PIN_PLUGIN, .id = "signed", .version = "", .by_key = true};
    (void)state;
    assert_true(trust_key_from_text(KEY, &with_key.key));
    trust_lock *lock = trust_lock_read(path, &errors);
    pin(lock, PIN_RUBRIC, "a", "2", 0x11);
    pin(lock, PIN_PLUGIN, "plans", "1.0.0", 0x11);
    assert_true(trust_lock_pin(lock, &with_key, &errors));
    pin(lock, PIN_RUBRIC, "a", "1", 0x11);
    pin(lock, PIN_PLUGIN, "plans", "1.1.0", 0x22); /* in place of 1.0.0 */
    assert_true(trust_lock_write(lock, &errors));
    trust_lock_free(lock);
    expect_file(expected);

    lock = trust_lock_read(path, &errors);
    assert_non_null(lock);
    assert_int_equal(lock->count, 4);
    assert_true(trust_lock_write(lock, &errors));
    trust_lock_free(lock);
    expect_file(expected);
    assert_int_equal(errors.count, 0);
}

static void test_pin_that_was_taken_out_is_gone(void **state)
{
    error_list  errors = {0};
    trust_lock *lock = lock_of(both);
    (void)state;
    trust_lock_unpin(lock, trust_lock_find(lock, PIN_RUBRIC, "plans", "2026.1"));
    assert_int_equal(lock->count, 2);
    assert_null(trust_lock_find(lock, PIN_RUBRIC, "plans", "2026.1"));
    assert_non_null(trust_lock_find(lock, PIN_RUBRIC, "plans", "2027.1"));
    assert_non_null(trust_lock_find(lock, PIN_PLUGIN, "plans", ""));
    assert_int_equal(errors.count, 0);
    trust_lock_free(lock);
}

/* base/ini.h: what could not be read again is not written. */
static void test_version_that_no_section_can_name_is_refused(void **state)
{
    static const char *const versions[] = {
        "1]", "[1", "1 ;2", "1\n2",
        ("1234567890123456789012345678901234567890123456789012345678901234567890"
         "1234567890123456789012345678901")};
    trust_lock *lock = lock_of("");
    (void)state;
    for (size_t v = 0; v < sizeof versions / sizeof *versions; v++) {
        error_list      errors = {0};
        const trust_pin added = {.kind = PIN_RUBRIC, .id = "a", .version = versions[v]};
        assert_false(trust_lock_pin(lock, &added, &errors));
        assert_int_equal(errors.count, 1);
        error_clear(&errors);
    }
    assert_int_equal(lock->count, 0);
    trust_lock_free(lock);
}

static void test_lock_that_others_can_write_is_refused(void **state)
{
    error_list errors = {0};
    char       expected[256];
    (void)state;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(chmod(path, 0664), 0);
    assert_null(trust_lock_read(path, &errors));
    snprintf(expected, sizeof expected,
             "assay: %s: can be written by other users, who could pin anything; run: chmod go-w "
             "on it",
             path);
    expect_one(&errors, expected);
}

static void test_lock_that_cannot_be_written_is_an_error(void **state)
{
    error_list  errors = {0};
    trust_lock *lock = trust_lock_read("/nowhere/at/all/a.lock", &errors);
    (void)state;
    assert_false(trust_lock_write(lock, &errors));
    expect_one(&errors,
               "assay: /nowhere/at/all/a.lock: the lock cannot be written: No such file or "
               "directory; look at the permissions of its folder, or free some space");
    trust_lock_free(lock);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_as_it_was_pinned_is_allowed),
        cmocka_unit_test(test_what_has_changed_is_refused_and_both_hashes_named),
        cmocka_unit_test(test_same_bytes_under_another_version_are_refused),
        cmocka_unit_test(test_what_is_not_pinned_is_refused),
        cmocka_unit_test(test_lock_that_is_not_there_pins_nothing),
        cmocka_unit_test(test_faults_of_a_lock_are_told_with_their_lines),
        IN_FOLDER(test_lock_is_written_in_one_order),
        cmocka_unit_test(test_pin_that_was_taken_out_is_gone),
        cmocka_unit_test(test_version_that_no_section_can_name_is_refused),
        IN_FOLDER(test_lock_that_others_can_write_is_refused),
        cmocka_unit_test(test_lock_that_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
