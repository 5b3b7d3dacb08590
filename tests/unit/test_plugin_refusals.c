/* test_plugin_refusals.c - which plugins are refused, and in which words. tests/plugins-bad/ has
 * one for each way of being wrong; what takes no code is made here out of `valid`. */
#include "plugin_folders.h"

#include <elf.h>
#include <sys/sysmacros.h>

/* The first `size` bytes of valid.so, with `machine` as the processor where it is not 0. */
static void put_changed(size_t size, Elf64_Half machine)
{
    size_t whole;
    char  *bytes = read_bytes(VALID ".so", &whole);
    if (machine != 0)
        memcpy(bytes + offsetof(Elf64_Ehdr, e_machine), &machine, sizeof machine);
    write_bytes(in(folder, "valid.so"), bytes, size < whole ? size : whole);
    copy(VALID ".ini", in(folder, "valid.ini"));
    free(bytes);
}

/* ---- Files and folders that are not safe -------------------------------------- */

static void test_file_that_others_can_write_is_refused(void **state)
{
    (void)state;
    put_valid(folder);
    chmod(in(folder, "valid.so"), 0646);
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: the plugin %s/valid.so can be written by other users; if "
                   "you trust it, run: chmod go-w %s/valid.so");
    chmod(in(folder, "valid.so"), 0664);
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: the plugin %s/valid.so can be written by other users; if "
                   "you trust it, run: chmod go-w %s/valid.so");
    chmod(in(folder, "valid.so"), 0644);
    chmod(in(folder, "valid.ini"), 0646);
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: valid.ini: the manifest %s/valid.ini can be written by "
                   "other users; if you trust it, run: chmod go-w %s/valid.ini");
}

static void test_folder_that_others_can_write_is_refused(void **state)
{
    (void)state;
    put_valid(folder);
    chmod(folder, 0777);
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: the folder %s can be written by other users; if you trust "
                   "it, run: chmod go-w %s");
}

/* Safe when it was found, and not when it is opened. */
static void test_safety_is_checked_again_when_opening(void **state)
{
    error_list errors = {0};
    (void)state;
    put_valid(folder);
    plugin_set *plugins = search(folder);
    chmod(in(folder, "valid.so"), 0666);
    assert_null(loader_open(plugins, loader_manifest(plugins, 0), &errors));
    expect_message(&errors.items[0], folder,
                   "assay: %s/valid.so: the plugin %s/valid.so can be written by other users; if "
                   "you trust it, run: chmod go-w %s/valid.so");
    error_clear(&errors);
    loader_free(plugins);
}

static void test_file_of_another_user_is_refused(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    put_valid(folder);
    assert_int_equal(chown(in(folder, "valid.so"), 4242, 0), 0);
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: the plugin %s/valid.so belongs to another user (4242); if "
                   "you trust it, run: chown 0 %s/valid.so");
    assert_int_equal(chown(in(folder, "valid.so"), 0, 0), 0);
    assert_int_equal(chown(folder, 4242, 0), 0);
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: the folder %s belongs to another user (4242); if you trust "
                   "it, run: chown 0 %s");
}

static void test_fifo_is_refused_without_waiting_for_it(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(in(folder, "valid.so"), 0644), 0);
    copy(VALID ".ini", in(folder, "valid.ini"));
    expect_refusal(
        folder, "valid", true,
        "assay: %s/valid.so: the plugin is not a regular file; remove it from the folder");
}

static void test_link_is_refused(void **state)
{
    (void)state;
    assert_int_equal(symlink(VALID ".so", in(folder, "valid.so")), 0);
    copy(VALID ".ini", in(folder, "valid.ini"));
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: the plugin is a link; put the file itself into the folder");
}

static void test_manifest_that_is_a_link_is_refused(void **state)
{
    (void)state;
    copy(VALID ".so", in(folder, "valid.so"));
    assert_int_equal(symlink(VALID ".ini", in(folder, "valid.ini")), 0);
    expect_refusal(folder, "valid", true,
                   "assay: %s/valid.so: valid.ini: the manifest is a link; put the file itself "
                   "into the folder");
}

static void test_device_is_refused(void **state)
{
    (void)state;
    if (mknod(in(folder, "valid.so"), S_IFCHR | 0644, makedev(1, 3)) != 0)
        skip(); /* nobody but root may make one, and not everywhere */
    copy(VALID ".ini", in(folder, "valid.ini"));
    expect_refusal(
        folder, "valid", true,
        "assay: %s/valid.so: the plugin is not a regular file; remove it from the folder");
}

static void test_folder_named_as_a_plugin_is_refused(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in(folder, "valid.so"), 0755), 0);
    copy(VALID ".ini", in(folder, "valid.ini"));
    expect_refusal(
        folder, "valid", true,
        "assay: %s/valid.so: the plugin is not a regular file; remove it from the folder");
    assert_int_equal(rmdir(in(folder, "valid.so")), 0);
}

/* A link that takes the place of the file between the search and the opening. */
static void test_link_that_comes_later_is_refused(void **state)
{
    error_list errors = {0};
    (void)state;
    put_valid(folder);
    plugin_set *plugins = search(folder);
    unlink(in(folder, "valid.so"));
    assert_int_equal(symlink(VALID ".so", in(folder, "valid.so")), 0);
    assert_null(loader_open(plugins, loader_manifest(plugins, 0), &errors));
    assert_int_equal(errors.count, 1);
    expect_message(&errors.items[0], folder,
                   "assay: %s/valid.so: the plugin is a link; put the file itself into the folder");
    error_clear(&errors);
    loader_free(plugins);
}

/* ---- Files that are no plugins ------------------------------------------------- */

static void test_file_that_is_not_elf_is_refused(void **state)
{
    (void)state;
    copy(VALID ".ini", in(folder, "valid.so"));
    copy(VALID ".ini", in(folder, "valid.ini"));
    expect_refusal(folder, "valid", false,
                   "assay: %s/valid.so: is not a shared object; build the plugin with cc -shared "
                   "-fPIC");
}

static void test_file_that_was_cut_off_is_refused(void **state)
{
    struct stat status;
    (void)state;
    assert_int_equal(stat(VALID ".so", &status), 0);
    const size_t whole = (size_t)status.st_size;
    const size_t sizes[] = {whole - 1, whole / 2, 4096, sizeof(Elf64_Ehdr)};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        put_changed(sizes[s], 0);
        expect_refusal(folder, "valid", false,
                       "assay: %s/valid.so: is cut off: a part of the file is not there; copy it "
                       "again");
    }
}

static void test_program_is_refused(void **state)
{
    size_t           whole;
    const Elf64_Half program = ET_EXEC;
    (void)state;
    char *bytes = read_bytes(VALID ".so", &whole);
    memcpy(bytes + offsetof(Elf64_Ehdr, e_type), &program, sizeof program);
    write_bytes(in(folder, "valid.so"), bytes, whole);
    free(bytes);
    copy(VALID ".ini", in(folder, "valid.ini"));
    expect_refusal(folder, "valid", false,
                   "assay: %s/valid.so: is not a shared object; build the plugin with cc -shared "
                   "-fPIC");
}

static void test_plugin_for_another_processor_is_refused(void **state)
{
    (void)state;
    put_changed(SIZE_MAX, EM_S390);
    expect_refusal(folder, "valid", false,
                   "assay: %s/valid.so: is built for another kind of processor; rebuild the plugin "
                   "on this one");
}

static void test_what_is_no_plugin_is_refused(void **state)
{
    (void)state;
    expect_bad("no_symbol", false,
               "assay: %s/no_symbol.so: exports no assay_plugin_entry; define it with "
               "ASSAY_PLUGIN_EXPORT before it");
    expect_bad("needs_symbol", false,
               "assay: %s/needs_symbol.so: cannot be loaded: undefined symbol: "
               "assay_test_of_nobody; rebuild the plugin on this system");
    expect_bad("refuses_host", false,
               "assay: %s/refuses_host.so: refuses to work with this assay, which takes plugin ABI "
               "1; ask whoever made the plugin for one that fits");
    expect_bad("no_manifest", true,
               "assay: %s/no_manifest.so: has no manifest; put no_manifest.ini beside it");
}

static void test_abi_out_of_range_is_refused(void **state)
{
    (void)state;
    expect_bad("abi_too_new", false,
               "assay: %s/abi_too_new.so: built for plugin ABI 3, this assay takes 1; update assay "
               "or rebuild the plugin");
    expect_bad("abi_too_old", false,
               "assay: %s/abi_too_old.so: built for plugin ABI 0, this assay takes 1; rebuild the "
               "plugin");
    expect_bad("manifest_abi_too_new", true,
               "assay: %s/manifest_abi_too_new.so: built for plugin ABI 7, this assay takes 1; "
               "update assay or rebuild the plugin");
}

static void test_tables_shorter_than_promised_are_refused(void **state)
{
    (void)state;
    expect_bad("table_without_head", false,
               "assay: %s/table_without_head.so: its table is 4 bytes, too short to say its ABI; "
               "rebuild the plugin");
    expect_bad("table_too_short", false,
               "assay: %s/table_too_short.so: its table is 48 bytes, plugin ABI 1 has 56; rebuild "
               "the plugin");
    expect_bad("measure_too_short", false,
               "assay: %s/measure_too_short.so: measure \"days_open\": its table is shorter than "
               "the ABI says; rebuild the plugin");
}

static void test_manifests_that_lie_are_refused(void **state)
{
    (void)state;
    expect_bad("lies_about_version", false,
               "assay: %s/lies_about_version.so: the version is \"1.0.0\" in the manifest and "
               "\"1.1.0\" in the binary; install both files of one build");
    expect_bad("lies_about_id", false,
               "assay: %s/lies_about_id.so: the id is \"lies_about_id\" in the manifest and "
               "\"plans\" in the binary; install both files of one build");
    expect_bad("lies_about_unit", false,
               "assay: %s/lies_about_unit.so: measure \"days_open\": the unit is \"days\" in the "
               "manifest and \"weeks\" in the binary; install both files of one build");
    expect_bad("lies_about_default", false,
               "assay: %s/lies_about_default.so: measure \"days_open\", parameter \"pause\": the "
               "default is \"2.5\" in the manifest and \"3\" in the binary; install both files of "
               "one build");
    expect_bad("lies_about_calendar", false,
               "assay: %s/lies_about_calendar.so: measure \"delay_explained\": calendar is \"yes\" "
               "in the manifest and \"neither 0 nor 1\" in the binary; install both files of one "
               "build");
    expect_bad("lies_about_measures", false,
               "assay: %s/lies_about_measures.so: the number of measures is \"2\" in the manifest "
               "and \"1\" in the binary; install both files of one build");
    expect_bad("lies_about_type", false,
               "assay: %s/lies_about_type.so: measure \"days_open\", input \"opened\": the type is "
               "\"date\" in the manifest and \"number\" in the binary; install both files of one "
               "build");
    expect_bad(
        "lies_about_required", false,
        "assay: %s/lies_about_required.so: measure \"days_open\", input \"opened\": required "
        "is \"yes\" in the manifest and \"no\" in the binary; install both files of one "
        "build");
    expect_bad("lies_about_range", false,
               "assay: %s/lies_about_range.so: measure \"days_open\": the greatest value is "
               "\"4000\" in the manifest and \"5000\" in the binary; install both files of one "
               "build");
    expect_bad(
        "lies_about_choices", false,
        "assay: %s/lies_about_choices.so: measure \"days_open\", input \"plan_type\": choice "
        "2 is \"cp|child protection\" in the manifest and \"cp|protected\" in the binary; "
        "install both files of one build");
}

static void test_tables_that_cannot_be_used_are_refused(void **state)
{
    (void)state;
    expect_bad("no_measure", false,
               "assay: %s/no_measure.so: measure \"days_open\": its table is shorter than the ABI "
               "says; rebuild the plugin");
    expect_bad("no_run", false,
               "assay: %s/no_run.so: measure \"days_open\": it has no function to run; rebuild the "
               "plugin");
    expect_bad("too_many_faults", false,
               "assay: %s/too_many_faults.so: measure \"days_open\": it has more than 200 fault "
               "texts; rebuild the plugin");
}

static void test_manifest_with_faults_is_refused_and_every_fault_told(void **state)
{
    static const char directory[] = PLUGINS_BAD_DIR "/manifest_faults";
    const char       *folders[] = {directory};
    error_list        errors = {0};
    (void)state;
    expect_bad("manifest_faults", true,
               "assay: %s/manifest_faults.so: manifest_faults.ini has 11 faults, the first at line "
               "2: the id is \"manifest_fault\" and the file is manifest_faults.so; give both the "
               "same name");

    plugin_set *plugins = loader_search(folders, 1, &errors);
    assert_int_equal(errors.count, 11);
    expect_message(
        &errors.items[1], directory,
        "assay: %s/manifest_faults.ini:3: \"1.0\" is not a version; write three numbers, "
        "for example 1.0.0");
    error_clear(&errors);
    loader_free(plugins);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDERS(test_file_that_others_can_write_is_refused),
        IN_FOLDERS(test_folder_that_others_can_write_is_refused),
        IN_FOLDERS(test_safety_is_checked_again_when_opening),
        IN_FOLDERS(test_file_of_another_user_is_refused),
        IN_FOLDERS(test_fifo_is_refused_without_waiting_for_it),
        IN_FOLDERS(test_link_is_refused),
        IN_FOLDERS(test_manifest_that_is_a_link_is_refused),
        IN_FOLDERS(test_link_that_comes_later_is_refused),
        IN_FOLDERS(test_device_is_refused),
        IN_FOLDERS(test_folder_named_as_a_plugin_is_refused),
        IN_FOLDERS(test_file_that_is_not_elf_is_refused),
        IN_FOLDERS(test_file_that_was_cut_off_is_refused),
        IN_FOLDERS(test_program_is_refused),
        IN_FOLDERS(test_plugin_for_another_processor_is_refused),
        cmocka_unit_test(test_what_is_no_plugin_is_refused),
        cmocka_unit_test(test_abi_out_of_range_is_refused),
        cmocka_unit_test(test_tables_shorter_than_promised_are_refused),
        cmocka_unit_test(test_manifests_that_lie_are_refused),
        cmocka_unit_test(test_tables_that_cannot_be_used_are_refused),
        cmocka_unit_test(test_manifest_with_faults_is_refused_and_every_fault_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
