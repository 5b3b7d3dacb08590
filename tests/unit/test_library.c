/* test_library.c - the rubric folders, and which rubric grades a record: grading.md 8. */
#include "rubric_case.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/date.h"

/* ---- Folders made for one test ----------------------------------------------------- */

static char root[] = "/tmp/assay-library-XXXXXX";
static char first_folder[64];
static char second_folder[64];

static void make_folder(char *out, size_t size, const char *name)
{
    snprintf(out, size, "%s/%s", root, name);
    assert_int_equal(mkdir(out, 0755), 0);
}

static int make_folders(void **state)
{
    (void)state;
    char inner[80];
    strcpy(root + strlen(root) - 6, "XXXXXX");
    assert_non_null(mkdtemp(root));
    make_folder(first_folder, sizeof first_folder, "first");
    make_folder(second_folder, sizeof second_folder, "second");
    make_folder(inner, sizeof inner, "first/calendars");
    make_folder(inner, sizeof inner, "first/frameworks");
    make_folder(inner, sizeof inner, "second/calendars");
    return 0;
}

static int remove_folders(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", root);
    return system(command);
}

static void put(const char *name, const char *written)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fputs(written, out) >= 0, 1);
    assert_int_equal(fclose(out), 0);
}

static void put_rubric(const char *name, const char *id, const char *version, const char *area,
                       const char *from)
{
    char written[512];
    snprintf(written, sizeof written,
             "[rubric]\nid = %s\nversion = %s\ntitle = T\npractice_area = %s\neffective_from = "
             "%s\n" RATING,
             id, version, area, from);
    put(name, written);
}

static void put_framework(const char *name, const char *id, const char *from)
{
    char written[512];
    snprintf(written, sizeof written,
             "[framework]\nid = %s\ntitle = T\npublisher = P\neffective_from = %s\noverall = no\n"
             "[area.leaders]\ntitle = The impact of leaders\nshort = leaders\n",
             id, from);
    put(name, written);
}

#define CALENDAR(id, last)                                                                         \
    "[calendar]\nid = " id "\ntitle = T\nsource = S\nfirst = 2026-01-01\nlast = " last             \
    "\n[holidays]\n2026-01-01 = New Year's Day\n"

/* Reads both folders. The messages have `root` written as "ROOT". */
static rubric_library *read_both(char *messages, size_t size)
{
    const char *const folders[] = {first_folder, "/nowhere/at/all", second_folder};
    error_list        errors = {0};
    rubric_library   *made = library_read(folders, 3, NULL, &errors);
    char              found[4096];

    case_messages(&errors, found, sizeof found);
    size_t used = 0;
    for (const char *at = found; *at != '\0' && used + 5 < size;) {
        const bool is_root = strncmp(at, root, strlen(root)) == 0;
        if (is_root)
            memcpy(messages + used, "ROOT", 4);
        else
            messages[used] = *at;
        used += is_root ? 4 : 1;
        at += is_root ? strlen(root) : 1;
    }
    messages[used] = '\0';
    error_clear(&errors);
    return made;
}

static rubric_library *taken(void)
{
    char            messages[4096];
    rubric_library *made = read_both(messages, sizeof messages);
    assert_string_equal(messages, "");
    assert_non_null(made);
    return made;
}

static void refused(const char *expected)
{
    char            messages[4096];
    rubric_library *made = read_both(messages, sizeof messages);
    assert_string_equal(messages, expected);
    assert_null(made);
}

static int32_t day_of(const char *written)
{
    int32_t day = 0;
    assert_true(date_read(written, strlen(written), &day));
    return day;
}

static const char *chosen(const rubric_library *held, const char *area, const char *day,
                          bool *known)
{
    const rubric *found = library_choose(held, text_of(area), day_of(day), known);
    return found != NULL ? found->version : "none";
}

/* ---- Choosing (8) -------------------------------------------------------------------- */

/* grading.md 8: "the one with the latest effective_from on or before the record's audit_date". */
static void test_8_the_latest_rubric_in_force_on_the_audit_date(void **state)
{
    (void)state;
    bool known = false;
    put_rubric("first/c.ini", "plans", "3", "plans", "2026-04-01");
    put_rubric("first/a.ini", "plans", "1", "plans", "2023-01-01");
    put_rubric("second/b.ini", "plans_local", "2", "Plans", "2025-06-01");
    put_rubric("second/d.ini", "visits", "9", "visits", "2020-01-01");
    rubric_library *made = taken();

    assert_string_equal(chosen(made, "plans", "2022-12-31", &known), "none");
    assert_true(known);
    assert_string_equal(chosen(made, "plans", "2023-01-01", &known), "1");
    assert_string_equal(chosen(made, "plans", "2025-05-31", &known), "1");
    assert_string_equal(chosen(made, "plans", "2025-06-01", &known), "2");
    assert_string_equal(chosen(made, "plans", "2026-03-31", &known), "2");
    assert_string_equal(chosen(made, "plans", "2026-04-01", &known), "3");
    assert_string_equal(chosen(made, "plans", "2099-01-01", &known), "3");
    assert_string_equal(chosen(made, "visits", "2026-01-01", &known), "9");
    library_free(made);
}

static void test_8_no_rubric_for_the_practice_area(void **state)
{
    (void)state;
    bool known = true;
    put_rubric("first/a.ini", "plans", "1", "plans", "2023-01-01");
    rubric_library *made = taken();

    assert_string_equal(chosen(made, "plan", "2026-01-01", &known), "none");
    assert_false(known);
    assert_string_equal(chosen(made, "", "2026-01-01", &known), "none");
    assert_false(known);
    library_free(made);
}

/* Practice areas compare as names: letter case, blanks, hyphens and underscores. */
static void test_8_a_practice_area_in_other_letters(void **state)
{
    (void)state;
    bool known = false;
    put_rubric("first/a.ini", "leavers", "1", "Care leavers", "2023-01-01");
    rubric_library *made = taken();

    assert_string_equal(chosen(made, "care_leavers", "2026-01-01", &known), "1");
    assert_string_equal(chosen(made, " CARE-LEAVERS ", "2026-01-01", &known), "1");
    assert_true(known);
    library_free(made);
}

static void test_8_without_an_audit_date_no_rubric_is_in_force(void **state)
{
    (void)state;
    bool known = false;
    put_rubric("first/a.ini", "plans", "1", "plans", "0001-01-01");
    rubric_library *made = taken();

    assert_null(library_choose(made, text_of("plans"), INT32_MIN, &known));
    assert_true(known);
    library_free(made);
}

static void test_8_two_rubrics_from_one_day_are_refused(void **state)
{
    (void)state;
    put_rubric("first/a.ini", "a", "1", "plans", "2026-04-01");
    put_rubric("second/b.ini", "b", "1", "PLANS", "2026-04-01");
    refused(
        "assay: ROOT/second/b.ini: for the practice area \"PLANS\" this rubric and "
        "ROOT/first/a.ini "
        "both hold from 2026-04-01; give one of them another effective_from, or take it out of the "
        "folder\n");
}

/* ---- The folders ------------------------------------------------------------------------ */

static void test_rubrics_stand_by_id_then_day(void **state)
{
    (void)state;
    put_rubric("first/1.ini", "b", "2", "plans", "2026-04-01");
    put_rubric("first/2.ini", "b", "1", "plans", "2023-01-01");
    put_rubric("first/3.ini", "a", "1", "visits", "2024-01-01");
    rubric_library *made = taken();

    assert_int_equal(made->rubric_count, 3);
    assert_string_equal(made->rubrics[0]->id, "a");
    assert_string_equal(made->rubrics[1]->version, "1");
    assert_string_equal(made->rubrics[2]->version, "2");
    assert_string_equal(library_find(made, text_of("b"))->version, "2");
    assert_null(library_find(made, text_of("c")));
    library_free(made);
}

static void test_a_later_folder_takes_the_place_of_the_same_id_and_version(void **state)
{
    (void)state;
    bool known = false;
    put_rubric("first/a.ini", "a", "1", "plans", "2026-04-01");
    put_rubric("second/local.ini", "a", "1", "plans", "2026-04-01");
    rubric_library *made = taken();

    assert_int_equal(made->rubric_count, 1);
    const rubric *found = library_choose(made, text_of("plans"), day_of("2026-05-01"), &known);
    assert_non_null(strstr(found->file, "second/local.ini"));
    library_free(made);
}

static void test_one_folder_has_an_id_and_version_once(void **state)
{
    (void)state;
    put_rubric("first/a.ini", "a", "1", "plans", "2026-04-01");
    put_rubric("first/b.ini", "a", "1", "plans", "2026-04-02");
    refused("assay: ROOT/first/b.ini: this file and ROOT/first/a.ini have the same id and version; "
            "change "
            "it in one of them, or take one out\n");
}

static void test_only_ini_files_are_read(void **state)
{
    (void)state;
    put("first/README.md", "no rubric");
    put("first/.hidden.ini", "no rubric");
    put("first/a.ini~", "no rubric");
    put_rubric("first/a.ini", "a", "1", "plans", "2026-04-01");
    rubric_library *made = taken();
    assert_int_equal(made->rubric_count, 1);
    library_free(made);
}

static void test_nothing_in_the_folders_is_an_empty_library(void **state)
{
    (void)state;
    bool            known = true;
    rubric_library *made = taken();

    assert_int_equal(made->rubric_count, 0);
    assert_null(library_choose(made, text_of("plans"), 0, &known));
    assert_false(known);
    assert_null(library_framework(made, text_of("ilacs-2026")));
    library_free(made);
}

/* rubric.h: "nothing is graded by half a library", and every fault is told. */
static void test_a_fault_in_any_file_refuses_the_library(void **state)
{
    (void)state;
    put_rubric("first/a.ini", "a", "1", "plans", "2026-04-31");
    put_rubric("first/b.ini", "b", "1", "visits", "2026-04-01");
    put("second/c.ini", HEAD "[criterion.a]\nmeasure = ratin\n");
    refused("assay: ROOT/first/a.ini:6: effective_from \"2026-04-31\" is not a date; write it like "
            "2026-04-01\n"
            "assay: ROOT/second/c.ini:8: \"ratin\" is not a measure; did you mean \"rating\"?\n");
}

static void test_calendars_of_the_folders_are_at_hand(void **state)
{
    (void)state;
    put("first/calendars/england.ini", CALENDAR("england", "2026-12-31"));
    put("second/calendars/ours.ini", CALENDAR("england", "2027-12-31"));
    put("second/calendars/council.ini", CALENDAR("council", "2026-12-31"));
    put("first/a.ini",
        HEAD "[criterion.a]\nmeasure = working_days\nfrom = x\nto = y\nbands = good\n");
    rubric_library *made = taken();

    assert_int_equal(made->calendar_count, 2);
    assert_string_equal(made->calendars[0]->id, "council");
    assert_string_equal(made->calendars[1]->id, "england");
    /* The later folder's. */
    assert_int_equal(made->calendars[1]->table.last, day_of("2027-12-31"));
    assert_ptr_equal(made->rubrics[0]->criteria[0].calendar, made->calendars[1]);
    assert_int_equal(library_context(made, NULL).calendar_count, 2);
    library_free(made);
}

/* ---- Frameworks --------------------------------------------------------------------------- */

static void test_frameworks_stand_by_day(void **state)
{
    (void)state;
    put_framework("first/frameworks/a.ini", "ilacs-2026", "2026-04-01");
    put_framework("first/frameworks/b.ini", "ilacs-2023", "2023-01-01");
    rubric_library *made = taken();

    assert_int_equal(made->framework_count, 2);
    assert_string_equal(made->frameworks[0]->id, "ilacs-2023");
    const framework *found = library_framework(made, text_of("ilacs-2026"));
    assert_ptr_equal(found, made->frameworks[1]);
    assert_int_equal(found->effective_from, day_of("2026-04-01"));
    assert_int_equal(found->effective_to, INT32_MAX);
    assert_false(found->overall);
    assert_int_equal(found->area_count, 1);
    assert_string_equal(found->areas[0].id, "leaders");
    assert_string_equal(found->areas[0].title, "The impact of leaders");
    assert_string_equal(found->areas[0].shown, "leaders");
    library_free(made);
}

static void test_a_framework_that_nobody_described_is_noticed(void **state)
{
    (void)state;
    char messages[1024];
    put_framework("first/frameworks/a.ini", "ilacs-2026", "2026-04-01");
    put("first/a.ini", HEAD "framework = ilacs-2062\n" RATING);
    rubric_library *made = read_both(messages, sizeof messages);
    assert_string_equal(messages,
                        "assay: ROOT/first/a.ini: there is no framework \"ilacs-2062\" in the "
                        "rubric folders; did you mean \"ilacs-2026\"?\n");
    assert_non_null(made);
    library_free(made);
}

/* What ships with the program: without plugins three rubrics are unusable, none is wrong. */
static void test_the_rubrics_of_this_project_have_no_fault(void **state)
{
    (void)state;
    const char *const folders[] = {ASSAY_SOURCE_DIR "/rubrics"};
    error_list        errors = {0};
    char              found[8192];
    rubric_library   *made = library_read(folders, 1, NULL, &errors);

    case_messages(&errors, found, sizeof found);
    assert_string_equal(found, "");
    assert_non_null(made);
    assert_non_null(library_find(made, text_of("front_door")));
    assert_null(library_find(made, text_of("front_door"))->unusable);
    assert_non_null(library_find(made, text_of("plans"))->unusable);
    assert_non_null(library_framework(made, text_of("ilacs-2026")));
    library_free(made);
    error_clear(&errors);
}

#define IN_FOLDERS(test) cmocka_unit_test_setup_teardown(test, make_folders, remove_folders)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDERS(test_8_the_latest_rubric_in_force_on_the_audit_date),
        IN_FOLDERS(test_8_no_rubric_for_the_practice_area),
        IN_FOLDERS(test_8_a_practice_area_in_other_letters),
        IN_FOLDERS(test_8_without_an_audit_date_no_rubric_is_in_force),
        IN_FOLDERS(test_8_two_rubrics_from_one_day_are_refused),
        IN_FOLDERS(test_rubrics_stand_by_id_then_day),
        IN_FOLDERS(test_a_later_folder_takes_the_place_of_the_same_id_and_version),
        IN_FOLDERS(test_one_folder_has_an_id_and_version_once),
        IN_FOLDERS(test_only_ini_files_are_read),
        IN_FOLDERS(test_nothing_in_the_folders_is_an_empty_library),
        IN_FOLDERS(test_a_fault_in_any_file_refuses_the_library),
        IN_FOLDERS(test_calendars_of_the_folders_are_at_hand),
        IN_FOLDERS(test_frameworks_stand_by_day),
        IN_FOLDERS(test_a_framework_that_nobody_described_is_noticed),
        cmocka_unit_test(test_the_rubrics_of_this_project_have_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
