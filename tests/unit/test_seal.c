/* test_seal.c - the copy of a plugin that is checked and loaded cannot change. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trust/trust.h"

static char path[64];

static int make_file(void **state)
{
    (void)state;
    strcpy(path, "/tmp/assay-seal-XXXXXX");
    const int file = mkstemp(path);
    if (file < 0)
        return -1;
    const ssize_t written = write(file, "abc", 3);
    close(file);
    return written == 3 ? 0 : -1;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static int seal(uint8_t hash[TRUST_HASH_SIZE], error_list *errors)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    const int sealed = trust_seal(file, path, hash, errors);
    close(file);
    return sealed;
}

/* FIPS 180-2, appendix B.1: the SHA-256 of "abc". */
static void test_hash_is_sha256_of_the_bytes(void **state)
{
    error_list errors = {0};
    uint8_t    hash[TRUST_HASH_SIZE];
    char       shown[TRUST_HASH_TEXT_SIZE];
    (void)state;
    const int sealed = seal(hash, &errors);
    assert_true(sealed >= 0);
    trust_hash_to_text(hash, shown);
    assert_string_equal(shown, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    close(sealed);
}

static void test_copy_cannot_be_changed_by_anyone(void **state)
{
    error_list errors = {0};
    uint8_t    hash[TRUST_HASH_SIZE];
    char       bytes[8] = "";
    (void)state;
    const int sealed = seal(hash, &errors);
    assert_int_equal(pwrite(sealed, "x", 1, 0), -1);
    assert_int_equal(ftruncate(sealed, 0), -1);
    assert_int_equal(ftruncate(sealed, 4096), -1);
    assert_ptr_equal(mmap(NULL, 3, PROT_READ | PROT_WRITE, MAP_SHARED, sealed, 0), MAP_FAILED);
    assert_int_equal(fcntl(sealed, F_ADD_SEALS, F_SEAL_WRITE), -1); /* sealed against seals too */
    assert_int_equal(pread(sealed, bytes, sizeof bytes, 0), 3);
    assert_memory_equal(bytes, "abc", 3);
    assert_true(fcntl(sealed, F_GETFD) & FD_CLOEXEC);
    close(sealed);
}

static void test_change_of_the_file_leaves_the_copy_alone(void **state)
{
    error_list errors = {0};
    uint8_t    hash[TRUST_HASH_SIZE];
    char       bytes[8] = "";
    (void)state;
    const int sealed = seal(hash, &errors);
    const int file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_int_equal(write(file, "other", 5), 5);
    close(file);
    assert_int_equal(pread(sealed, bytes, sizeof bytes, 0), 3);
    assert_memory_equal(bytes, "abc", 3);
    close(sealed);
}

/* More than one piece; the expected bytes are those that were written. */
static void test_large_file_is_copied_whole(void **state)
{
    enum { SIZE = 300001 };
    error_list errors = {0};
    uint8_t    hash[TRUST_HASH_SIZE];
    (void)state;
    unsigned char *written = malloc(SIZE);
    unsigned char *read_back = malloc(SIZE + 1);
    assert_true(written != NULL && read_back != NULL);
    for (size_t i = 0; i < SIZE; i++)
        written[i] = (unsigned char)(i * 31 + i / 251);
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(written, 1, SIZE, file), SIZE);
    fclose(file);
    const int sealed = seal(hash, &errors);
    assert_int_equal(pread(sealed, read_back, SIZE + 1, 0), SIZE);
    assert_memory_equal(written, read_back, SIZE);
    close(sealed);
    free(written);
    free(read_back);
}

static void test_what_is_too_large_for_a_plugin_is_refused(void **state)
{
    error_list errors = {0};
    uint8_t    hash[TRUST_HASH_SIZE];
    char       line[256], expected[256];
    (void)state;
    assert_int_equal(truncate(path, (256 << 20) + 1), 0);
    assert_int_equal(seal(hash, &errors), -1);
    error_format(&errors.items[0], line, sizeof line);
    snprintf(expected, sizeof expected,
             "assay: %s: is over 256 MiB, too large for a plugin; remove it from the folder", path);
    assert_string_equal(line, expected);
    error_clear(&errors);
}

static void test_folder_cannot_be_sealed(void **state)
{
    error_list errors = {0};
    uint8_t    hash[TRUST_HASH_SIZE];
    (void)state;
    const int folder = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(trust_seal(folder, "/tmp", hash, &errors), -1);
    assert_string_equal(errors.items[0].text,
                        "cannot be read: Is a directory; look at its permissions");
    close(folder);
    error_clear(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_hash_is_sha256_of_the_bytes, make_file, remove_file),
        cmocka_unit_test_setup_teardown(test_copy_cannot_be_changed_by_anyone, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(test_change_of_the_file_leaves_the_copy_alone, make_file,
                                        remove_file),
        cmocka_unit_test_setup_teardown(test_large_file_is_copied_whole, make_file, remove_file),
        cmocka_unit_test_setup_teardown(test_what_is_too_large_for_a_plugin_is_refused, make_file,
                                        remove_file),
        cmocka_unit_test(test_folder_cannot_be_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
