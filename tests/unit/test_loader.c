/* test_loader.c - which plugins are found, in which order, and how they are opened. */
#include "plugin_folders.h"

#include <pthread.h>

#define PLUGINS_DIR ASSAY_BINARY_DIR "/plugins"

static void test_every_plugin_that_ships_opens(void **state)
{
    error_list  errors = {0};
    const char *directory = PLUGINS_DIR;
    (void)state;
    plugin_set *plugins = loader_search(&directory, 1, &errors);
    assert_non_null(plugins);
    for (size_t p = 0; p < loader_count(plugins); p++)
        loader_open(plugins, loader_manifest(plugins, p), &errors);
    for (size_t f = 0; f < errors.count; f++) {
        char line[MESSAGE_SIZE];
        error_format(&errors.items[f], line, sizeof line);
        print_error("%s\n", line);
    }
    assert_int_equal(errors.count, 0);
    assert_true(loader_count(plugins) >= 3);
    loader_free(plugins);
}

static void test_plugin_opens_once_and_is_given_again(void **state)
{
    error_list errors = {0};
    (void)state;
    put_valid(folder);
    plugin_set     *plugins = search(folder);
    const manifest *found = loader_find(plugins, text_of("valid"));
    assert_ptr_equal(found, loader_manifest(plugins, 0));
    assert_null(found->refusal);
    assert_string_equal(found->binary, in(folder, "valid.so"));
    assert_string_equal(found->path, in(folder, "valid.ini"));
    plugin *opened = loader_open(plugins, found, &errors);
    assert_non_null(opened);
    assert_ptr_equal(loader_open(plugins, found, &errors), opened);
    assert_int_equal(errors.count, 0);
    loader_free(plugins);
}

/* dlopen() knows libraries by the name of a descriptor: closing one and opening another must not
 * give the first again. */
static void test_descriptors_that_are_used_again_lead_to_their_own_plugin(void **state)
{
    static const char *const names[] = {"valid", "fails", "valid", "leaves_out"};
    (void)state;
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        error_list      errors = {0};
        plugin_set     *plugins = search(bad_folder(names[n]));
        const manifest *found = loader_manifest(plugins, 0);
        assert_string_equal(found->id, names[n]);
        assert_non_null(loader_open(plugins, found, &errors)); /* its table names its id */
        loader_free(plugins);
    }
}

static void test_two_sets_open_the_same_plugin_side_by_side(void **state)
{
    error_list errors = {0};
    (void)state;
    put_valid(folder);
    plugin_set *first = search(folder);
    plugin_set *other = search(folder);
    assert_non_null(loader_open(first, loader_manifest(first, 0), &errors));
    assert_non_null(loader_open(other, loader_manifest(other, 0), &errors));
    loader_free(first);
    assert_non_null(
        plugin_fault_text(loader_open(other, loader_manifest(other, 0), &errors), 0, 0));
    assert_int_equal(errors.count, 0);
    loader_free(other);
}

static void test_no_descriptor_is_left_open(void **state)
{
    error_list errors = {0};
    (void)state;
    put_valid(folder);
    const int before = dup(0);
    close(before);
    for (int round = 0; round < 3; round++) {
        plugin_set *plugins = search(folder);
        assert_non_null(loader_open(plugins, loader_manifest(plugins, 0), &errors));
        loader_free(plugins);
    }
    const int after = dup(0);
    close(after);
    assert_int_equal(after, before);
}

/* Many threads ask at once; one opens it, and all get it. */
typedef struct {
    plugin_set *plugins;
    plugin     *opened;
} opening;

static void *open_valid(void *argument)
{
    opening   *asked = argument;
    error_list errors = {0};
    asked->opened = loader_open(asked->plugins, loader_manifest(asked->plugins, 0), &errors);
    error_clear(&errors);
    return NULL;
}

static void test_threads_get_the_same_plugin(void **state)
{
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    opening   asked[THREADS];
    (void)state;
    put_valid(folder);
    plugin_set *plugins = search(folder);
    for (size_t t = 0; t < THREADS; t++) {
        asked[t] = (opening){plugins, NULL};
        assert_int_equal(pthread_create(&threads[t], NULL, open_valid, &asked[t]), 0);
    }
    for (size_t t = 0; t < THREADS; t++)
        assert_int_equal(pthread_join(threads[t], NULL), 0);
    assert_non_null(asked[0].opened);
    for (size_t t = 1; t < THREADS; t++)
        assert_ptr_equal(asked[t].opened, asked[0].opened);
    loader_free(plugins);
}

static void test_folders_that_are_not_there_are_passed_over(void **state)
{
    const char *const folders[] = {"/nowhere/at/all", "", folder};
    error_list        errors = {0};
    (void)state;
    put_valid(folder);
    plugin_set *plugins = loader_search(folders, 3, &errors);
    assert_int_equal(loader_count(plugins), 1);
    assert_int_equal(errors.count, 0);
    assert_null(loader_find(plugins, text_of("vali")));
    loader_free(plugins);
}

static void test_a_file_named_as_folder_is_an_error(void **state)
{
    error_list  errors = {0};
    const char *file = VALID ".ini";
    (void)state;
    plugin_set *plugins = loader_search(&file, 1, &errors);
    assert_int_equal(loader_count(plugins), 0);
    assert_int_equal(errors.count, 1);
    expect_message(
        &errors.items[0], file,
        "assay: %s: the plugin folder cannot be read: Not a directory; name another one");
    error_clear(&errors);
    loader_free(plugins);
}

/* Whatever order the file system gives; a manifest without a plugin is none. */
static void test_plugins_come_in_the_order_of_their_names(void **state)
{
    error_list  errors = {0};
    const char *directory = folder;
    (void)state;
    write_bytes(in(folder, "b.so"), "", 0);
    put_valid(folder);
    write_bytes(in(folder, "a.so"), "", 0);
    write_bytes(in(folder, "other.ini"), "", 0);
    plugin_set *plugins = loader_search(&directory, 1, &errors);
    assert_int_equal(loader_count(plugins), 3);
    assert_string_equal(loader_manifest(plugins, 0)->id, "a");
    assert_string_equal(loader_manifest(plugins, 1)->id, "b");
    assert_string_equal(loader_manifest(plugins, 2)->id, "valid");
    assert_null(loader_manifest(plugins, 2)->refusal);
    loader_free(plugins);
}

static void test_id_found_twice_is_refused_the_second_time(void **state)
{
    const char *const folders[] = {second, folder};
    error_list        errors = {0};
    char              expected[MESSAGE_SIZE];
    (void)state;
    put_valid(folder);
    put_valid(second);
    plugin_set *plugins = loader_search(folders, 2, &errors);
    assert_int_equal(loader_count(plugins), 2);
    assert_null(loader_manifest(plugins, 0)->refusal);
    snprintf(expected, sizeof expected,
             "the plugin \"valid\" is also %s/second/valid.so, which comes first; remove one of "
             "the two, %s/second/valid.so or %s/valid.so",
             folder, folder, folder);
    assert_string_equal(loader_manifest(plugins, 1)->refusal, expected);
    assert_ptr_equal(loader_find(plugins, text_of("valid")), loader_manifest(plugins, 0));
    loader_free(plugins);
}

static void test_folder_named_twice_is_searched_once(void **state)
{
    char        again[2 * PATH_SIZE];
    error_list  errors = {0};
    const char *folders[] = {folder, again};
    (void)state;
    put_valid(folder);
    snprintf(again, sizeof again, "%s/second/../", folder);
    plugin_set *plugins = loader_search(folders, 2, &errors);
    assert_int_equal(loader_count(plugins), 1);
    loader_free(plugins);
}

/* ---- A lock --------------------------------------------------------------------- */

/* The bytes that are loaded are those that the lock was asked about: of a file that is changed after
 * its hash was taken, nothing is loaded. */
static void test_lock_decides_what_is_opened(void **state)
{
    error_list errors = {0};
    trust_pin  pin = {.kind = PIN_PLUGIN, .id = "valid", .version = "1.0.0"};
    (void)state;
    put_valid(folder);
    plugin_set     *plugins = search(folder);
    const manifest *found = loader_manifest(plugins, 0);
    trust_lock     *lock = trust_lock_read_bytes("assay.lock", "", 0, &errors);
    loader_use_lock(plugins, lock);

    assert_null(loader_open(plugins, found, &errors));
    assert_non_null(strstr(errors.items[0].text, "is not pinned in assay.lock"));
    error_clear(&errors);

    const int sealed = loader_seal(found, pin.hash, &errors);
    assert_true(sealed >= 0);
    close(sealed);
    assert_true(trust_lock_pin(lock, &pin, &errors));
    FILE *file = fopen(in(folder, "valid.so"), "ab");
    assert_non_null(file);
    fputc('x', file);
    fclose(file);
    assert_null(loader_open(plugins, found, &errors));
    assert_non_null(strstr(errors.items[0].text, "has changed: assay.lock pins version 1.0.0"));
    error_clear(&errors);

    put_valid(folder);
    assert_non_null(loader_open(plugins, found, &errors));
    assert_int_equal(errors.count, 0);
    loader_free(plugins);
    trust_lock_free(lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_plugin_that_ships_opens),
        IN_FOLDERS(test_plugin_opens_once_and_is_given_again),
        cmocka_unit_test(test_descriptors_that_are_used_again_lead_to_their_own_plugin),
        IN_FOLDERS(test_two_sets_open_the_same_plugin_side_by_side),
        IN_FOLDERS(test_no_descriptor_is_left_open),
        IN_FOLDERS(test_threads_get_the_same_plugin),
        IN_FOLDERS(test_folders_that_are_not_there_are_passed_over),
        cmocka_unit_test(test_a_file_named_as_folder_is_an_error),
        IN_FOLDERS(test_plugins_come_in_the_order_of_their_names),
        IN_FOLDERS(test_id_found_twice_is_refused_the_second_time),
        IN_FOLDERS(test_folder_named_twice_is_searched_once),
        IN_FOLDERS(test_lock_decides_what_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
