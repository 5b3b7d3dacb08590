/* plugin_folders.h - folders of plugins for one test, and what the loader says of them. */
#pragma once

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

#include "loader/loader.h"

#define PLUGINS_BAD_DIR ASSAY_BINARY_DIR "/tests/plugins-bad"
#define VALID           PLUGINS_BAD_DIR "/valid/valid"

enum { PATH_SIZE = 512, MESSAGE_SIZE = 1024 };

/* ---- A folder for one test ---------------------------------------------------- */

static char folder[64];
static char second[96];

static inline const char *in(const char *directory, const char *name)
{
    static char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static inline int make_folders(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/assay-loader-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(second, sizeof second, "%s/second", folder);
    return mkdir(second, 0755);
}

static inline int remove_folders(void **state)
{
    static const char *const names[] = {"valid.so", "valid.ini", "other.so", "other.ini",
                                        "a.so",     "a.ini",     "b.so",     "b.ini"};
    (void)state;
    chmod(folder, 0755);
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        unlink(in(folder, names[n]));
        unlink(in(second, names[n]));
    }
    rmdir(second);
    return rmdir(folder);
}

static inline char *read_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static inline void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    assert_int_equal(chmod(path, 0644), 0);
}

static inline void copy(const char *from, const char *to)
{
    size_t size;
    char  *bytes = read_bytes(from, &size);
    write_bytes(to, bytes, size);
    free(bytes);
}

static inline void put_valid(const char *directory)
{
    copy(VALID ".so", in(directory, "valid.so"));
    copy(VALID ".ini", in(directory, "valid.ini"));
}

/* ---- Searching and opening ---------------------------------------------------- */

static inline plugin_set *search(const char *directory)
{
    error_list  errors = {0};
    plugin_set *plugins = loader_search(&directory, 1, &errors);
    assert_non_null(plugins);
    assert_int_equal(errors.count, 0);
    return plugins;
}

/* A message "%s" stands for the folder that was searched. */
static inline void expect_message(const fault *told, const char *directory, const char *message)
{
    char expected[MESSAGE_SIZE];
    char line[MESSAGE_SIZE];
    error_format(told, line, sizeof line);

    size_t size = 0;
    for (const char *at = message; *at != '\0'; at++) {
        const char *piece = strncmp(at, "%s", 2) == 0 ? directory : NULL;
        assert_true(size + PATH_SIZE < sizeof expected);
        if (piece == NULL) {
            expected[size++] = *at;
        } else {
            memcpy(expected + size, piece, strlen(piece));
            size += strlen(piece);
            at++;
        }
    }
    expected[size] = '\0';
    assert_string_equal(line, expected);
}

/* Searches the folder, opens the plugin, and expects it to be refused in these words alone. */
static inline void expect_refusal(const char *directory, const char *id, bool at_search,
                                  const char *message)
{
    error_list      errors = {0};
    plugin_set     *plugins = loader_search(&directory, 1, &errors);
    const manifest *found = loader_find(plugins, text_of(id));
    assert_non_null(found);
    assert_true((found->refusal != NULL) == at_search);
    error_clear(&errors);

    assert_null(loader_open(plugins, found, &errors));
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.items[0].kind, FAULT_PLUGIN);
    expect_message(&errors.items[0], directory, message);
    error_clear(&errors);
    loader_free(plugins);
}

/* The folder of one of tests/plugins-bad, made safe whatever the umask of the build was. */
static inline const char *bad_folder(const char *id)
{
    static char directory[PATH_SIZE];
    char        path[2 * PATH_SIZE];
    snprintf(directory, sizeof directory, "%s/%s", PLUGINS_BAD_DIR, id);
    assert_int_equal(chmod(directory, 0755), 0);
    snprintf(path, sizeof path, "%s/%s.so", directory, id);
    assert_int_equal(chmod(path, 0755), 0);
    snprintf(path, sizeof path, "%s/%s.ini", directory, id);
    chmod(path, 0644);
    return directory;
}

static inline void expect_bad(const char *id, bool at_search, const char *message)
{
    expect_refusal(bad_folder(id), id, at_search, message);
}

#define IN_FOLDERS(test) cmocka_unit_test_setup_teardown(test, make_folders, remove_folders)
