/* test_signature.c - signatures that minisign made (tests/data/signatures/README.md). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trust/trust.h"

#define SIGNATURES ASSAY_SOURCE_DIR "/tests/data/signatures/"

/* What minisign wrote into the key files. */
#define KEY_ID       "A9694C83518000C"
#define OTHER_KEY_ID "7CACE5A34B67393B"
#define KEY_TEXT     "RWQMABg1yJSWCrpS+Xjuf394fKbdmk7MsqwaaGSyC3VSdvUEIdd8qce0"

enum { PATH_SIZE = 512 };

static char folder[64];

/* A file of the test's folder, or of SIGNATURES. */
static const char *in(const char *directory, const char *name)
{
    static char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/assay-signature-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(in(folder, "file"));
    unlink(in(folder, "file.minisig"));
    unlink(in(folder, "key"));
    return rmdir(folder);
}

static char *read_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(4096);
    assert_non_null(bytes);
    *size = fread(bytes, 1, 4095, file);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

static void write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

/* Copies a signed file and its signature into the test's folder, as "file", each with one piece of
 * it replaced where `from` is not NULL. */
static void put(const char *name, const char *ending, const char *from, const char *to)
{
    char   source[PATH_SIZE], target[PATH_SIZE];
    size_t size;
    snprintf(source, sizeof source, SIGNATURES "%s%s", name, ending);
    snprintf(target, sizeof target, "%s/file%s", folder, ending);
    char *bytes = read_bytes(source, &size);
    if (from != NULL) {
        char *at = strstr(bytes, from);
        assert_non_null(at);
        assert_int_equal(strlen(from), strlen(to));
        memcpy(at, to, strlen(to));
    }
    write_bytes(target, bytes, size);
    free(bytes);
}

static bool verify(const char *path, const trust_key *key, char *comment, error_list *errors)
{
    uint8_t   hash[TRUST_HASH_SIZE];
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    const int sealed = trust_seal(file, path, hash, errors);
    close(file);
    assert_true(sealed >= 0);
    const bool good = trust_verify(sealed, path, key, comment, errors);
    close(sealed);
    return good;
}

static trust_key key_of(const char *path)
{
    error_list errors = {0};
    trust_key  key;
    assert_true(trust_key_read(path, &key, &errors));
    return key;
}

/* Expects "file" in the test's folder to be refused; "%s" in the message stands for the folder. */
static void expect_refusal(const char *message)
{
    const trust_key key = key_of(SIGNATURES "key.pub");
    error_list      errors = {0};
    char            line[1024], expected[1024];
    assert_false(verify(in(folder, "file"), &key, NULL, &errors));
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.items[0].kind, FAULT_PLUGIN);
    error_format(&errors.items[0], line, sizeof line);
    const char *mark = strstr(message, "%s");
    assert_non_null(mark);
    snprintf(expected, sizeof expected, "%.*s%s%s", (int)(mark - message), message, folder,
             mark + 2);
    assert_string_equal(line, expected);
    error_clear(&errors);
}

/* ---- Keys ------------------------------------------------------------------------- */

static void test_key_is_what_minisign_made(void **state)
{
    const trust_key key = key_of(SIGNATURES "key.pub");
    trust_key       again;
    char            id[TRUST_KEY_ID_SIZE], shown[TRUST_KEY_TEXT_SIZE];
    (void)state;
    trust_key_id(&key, id);
    assert_string_equal(id, KEY_ID);
    trust_key_to_text(&key, shown);
    assert_string_equal(shown, KEY_TEXT);
    assert_true(trust_key_from_text(shown, &again));
    assert_memory_equal(&again, &key, sizeof key);
}

static void test_what_is_no_key_is_refused(void **state)
{
    static const char *const files[] = {
        "",
        "untrusted comment: a key\n",
        KEY_TEXT "\n",
        "untrusted comment: a key\n" KEY_TEXT "AAAA\n",
        "untrusted comment: a key\n" KEY_TEXT "\nmore\n",
        "untrusted comment: a key\nX" KEY_TEXT "\n",
        "untrusted comment: a key\nAA" KEY_TEXT "\n",
    };
    (void)state;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        error_list errors = {0};
        trust_key  key;
        write_bytes(in(folder, "key"), files[f], strlen(files[f]));
        assert_false(trust_key_read(in(folder, "key"), &key, &errors));
        assert_int_equal(errors.count, 1);
        assert_string_equal(errors.items[0].text,
                            "is not a public key of minisign: a comment and a key of 56 letters; "
                            "name the file KEY.pub that minisign -G made");
        error_clear(&errors);
    }
}

static void test_text_that_is_no_key_is_told(void **state)
{
    trust_key key;
    (void)state;
    assert_false(trust_key_from_text("", &key));
    assert_false(trust_key_from_text("RWQ", &key));
    assert_false(trust_key_from_text(KEY_TEXT "=", &key));
    assert_false(trust_key_from_text("AA" KEY_TEXT, &key));
    /* "ED" names a prehashed signature and no key. */
    assert_false(
        trust_key_from_text("RUQMABg1yJSWCrpS+Xjuf394fKbdmk7MsqwaaGSyC3VSdvUEIdd8qce0", &key));
}

/* ---- Signatures ------------------------------------------------------------------- */

static void test_both_formats_of_minisign_are_taken(void **state)
{
    const trust_key key = key_of(SIGNATURES "key.pub");
    error_list      errors = {0};
    char            comment[TRUST_COMMENT_MAX + 1];
    (void)state;
    assert_true(verify(SIGNATURES "prehashed", &key, comment, &errors));
    assert_string_equal(comment, "made for tests: prehashed");
    assert_true(verify(SIGNATURES "legacy", &key, comment, &errors));
    assert_string_equal(comment, "made for tests: legacy");
    assert_int_equal(errors.count, 0);
}

static void test_lines_may_end_as_windows_ends_them(void **state)
{
    const trust_key key = key_of(SIGNATURES "key.pub");
    error_list      errors = {0};
    size_t          size, made = 0;
    char            changed[4096];
    (void)state;
    put("prehashed", "", NULL, NULL);
    char *bytes = read_bytes(SIGNATURES "prehashed.minisig", &size);
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\n')
            changed[made++] = '\r';
        changed[made++] = bytes[i];
    }
    free(bytes);
    write_bytes(in(folder, "file.minisig"), changed, made);
    assert_true(verify(in(folder, "file"), &key, NULL, &errors));
}

static void test_changed_file_is_refused(void **state)
{
    static const char *const formats[] = {"prehashed", "legacy"};
    (void)state;
    for (size_t f = 0; f < 2; f++) {
        put(formats[f], "", "Signed", "signed");
        put(formats[f], ".minisig", NULL, NULL);
        expect_refusal("assay: %s/file: is not the file that the key " KEY_ID
                       " signed; get the plugin and its signature again from whoever made them");
    }
}

static void test_empty_file_is_refused(void **state)
{
    (void)state;
    put("legacy", ".minisig", NULL, NULL);
    write_bytes(in(folder, "file"), "", 0);
    expect_refusal("assay: %s/file: is not the file that the key " KEY_ID
                   " signed; get the plugin and its signature again from whoever made them");
}

/* The untrusted comment is anybody's; the trusted one is signed. */
static void test_changed_comment_is_refused(void **state)
{
    const trust_key key = key_of(SIGNATURES "key.pub");
    error_list      errors = {0};
    (void)state;
    put("prehashed", "", NULL, NULL);
    put("prehashed", ".minisig", "not signed", "who cares?");
    assert_true(verify(in(folder, "file"), &key, NULL, &errors));
    put("prehashed", ".minisig", "made for tests", "made for banks");
    expect_refusal("assay: %s/file: the comment in its signature is not what the key " KEY_ID
                   " signed; get the signature again from whoever made it");
}

/* "RUQ" in base64 is "ED" and the key's first byte, "RWQ" is "Ed": the other way of signing. */
static void test_signature_of_one_format_is_none_of_the_other(void **state)
{
    (void)state;
    put("prehashed", "", NULL, NULL);
    put("prehashed", ".minisig", "RUQ", "RWQ");
    expect_refusal("assay: %s/file: is not the file that the key " KEY_ID
                   " signed; get the plugin and its signature again from whoever made them");
    put("legacy", "", NULL, NULL);
    put("legacy", ".minisig", "RWQ", "RUQ");
    expect_refusal("assay: %s/file: is not the file that the key " KEY_ID
                   " signed; get the plugin and its signature again from whoever made them");
}

static void test_other_key_is_refused_and_both_are_named(void **state)
{
    const trust_key key = key_of(SIGNATURES "other.pub");
    error_list      errors = {0};
    (void)state;
    assert_false(verify(SIGNATURES "prehashed", &key, NULL, &errors));
    assert_string_equal(errors.items[0].text,
                        "is signed with the key " KEY_ID " and not with " OTHER_KEY_ID
                        "; get it from whoever holds that key, or name the "
                        "right key");
    error_clear(&errors);
}

/* The number of a key says nothing: a stranger's key may have the same one. */
static void test_key_of_the_same_number_is_not_the_same_key(void **state)
{
    trust_key       key = key_of(SIGNATURES "other.pub");
    const trust_key right = key_of(SIGNATURES "key.pub");
    error_list      errors = {0};
    (void)state;
    memcpy(key.id, right.id, sizeof key.id);
    assert_false(verify(SIGNATURES "prehashed", &key, NULL, &errors));
    assert_non_null(strstr(errors.items[0].text, "is not the file that the key"));
    error_clear(&errors);
}

static void test_missing_signature_is_refused(void **state)
{
    (void)state;
    put("prehashed", "", NULL, NULL);
    expect_refusal("assay: %s/file.minisig: cannot be read: No such file or directory; put the "
                   "plugin's signature there");
}

static void test_what_is_no_signature_is_refused(void **state)
{
    static const char *const pieces[][2] = {
        {"untrusted comment", "Untrusted comment"},
        {"\ntrusted comment", "\nTrusted comment"},
        {"RUQ", "R!Q"},
        {"RUQ", "AAA"}, /* another algorithm */
    };
    (void)state;
    put("prehashed", "", NULL, NULL);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        put("prehashed", ".minisig", pieces[p][0], pieces[p][1]);
        expect_refusal("assay: %s/file.minisig: is not a signature of minisign; ask whoever made "
                       "the plugin to sign it again with minisign -S");
    }
    write_bytes(in(folder, "file.minisig"), "", 0);
    expect_refusal("assay: %s/file.minisig: is not a signature of minisign; ask whoever made the "
                   "plugin to sign it again with minisign -S");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_key_is_what_minisign_made),
        IN_FOLDER(test_what_is_no_key_is_refused),
        cmocka_unit_test(test_text_that_is_no_key_is_told),
        cmocka_unit_test(test_both_formats_of_minisign_are_taken),
        IN_FOLDER(test_lines_may_end_as_windows_ends_them),
        IN_FOLDER(test_changed_file_is_refused),
        IN_FOLDER(test_empty_file_is_refused),
        IN_FOLDER(test_changed_comment_is_refused),
        IN_FOLDER(test_signature_of_one_format_is_none_of_the_other),
        cmocka_unit_test(test_other_key_is_refused_and_both_are_named),
        cmocka_unit_test(test_key_of_the_same_number_is_not_the_same_key),
        IN_FOLDER(test_missing_signature_is_refused),
        IN_FOLDER(test_what_is_no_signature_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
