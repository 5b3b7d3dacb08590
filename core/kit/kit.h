/* kit.h - what authors are given: a plugin to start from, and cases that a rubric is held to. */
#pragma once

#include "grading/grading.h"
#include "report/report.h"

/* ---- A new plugin ----------------------------------------------------------- */

/* What the plugin is to be. */
typedef struct {
    const char *id;            /* of the plugin */
    const char *practice_area; /* NULL: the id */
    const char *folder;        /* to be made; NULL: the id, in the working folder */
} new_plugin;

/* Makes the folder of a plugin that builds and passes its own tests, from the templates of the
 * folder `templates`. False and `errors` filled where a name is no id, the folder is there already
 * or a file cannot be read or written; nothing is left behind then. */
bool kit_new_plugin(const new_plugin *asked, const char *templates, error_list *errors);

/* ---- A rubric's cases -------------------------------------------------------- */

/* What a case and the grade of its record do not agree in. */
typedef struct {
    const char *what; /* "judgement", "limited_by", "rating.risk_analysis" */
    const char *expected;
    const char *got;
} difference;

typedef struct {
    uint64_t          line;   /* of the cases' file */
    const char       *name;   /* of the case, else its audit_id */
    const char       *detail; /* why its record has no judgement; "" where it has */
    const difference *differences;
    size_t            difference_count; /* 0: the case passed */
} rubric_case;

/* The cases of one rubric, in file order. Start with {0}. */
typedef struct {
    const char        *file; /* X.cases.csv */
    rubric            *rubric;
    const rubric_case *cases;
    size_t             count;
    size_t             failed;
    arena              memory;
} rubric_tests;

/* One case as written. NULL: it does not say. */
typedef struct {
    uint64_t     line;
    const char  *name;
    const char  *judgement;  /* a level's id, "none" or "not_graded" */
    const char  *status;     /* as in results */
    const char  *limited_by; /* ids in rubric order joined by ';', or "none" */
    const char **ratings;    /* [criterion]: a level's id, "missing" or "not_applicable" */
} expectation;

typedef struct {
    expectation *items;
    size_t       count;
    size_t       capacity;
} expectations;

/* Reads the columns case, expected_judgement, expected_status, expected_limited_by and
 * expected_rating.CRITERION of a file of records. Every cell that expects what cannot be is a
 * fault. False and `errors` filled where there is any; expectations_free() either way. */
bool expectations_read(expectations *out, const char *file, const rubric *held, arena *memory,
                       error_list *errors);
void expectations_free(expectations *expected);

/* What is needed to grade. */
typedef struct {
    const rubric_library *library;
    plugin_set           *plugins;
    unsigned              threads;
} kit_grader;

/* Grades the cases beside a rubric by it: `file` is X.ini or X.cases.csv. False and `errors` filled
 * where rubric or cases cannot be used. kit_tests_free() either way. */
bool kit_test_rubric(rubric_tests *out, const char *file, const kit_grader *grader,
                     error_list *errors);
void kit_tests_free(rubric_tests *tests);

/* Writes the cases that failed and how many passed, for people or as JUnit XML. False where a piece
 * could not be written or memory is out. */
bool kit_write_text(const rubric_tests *tests, size_t count, report_write write, void *user);
bool kit_write_junit(const rubric_tests *tests, size_t count, report_write write, void *user);
