/* cases.h - what the cases of a rubric expect. Private to this room. */
#pragma once

#include "kit/kit.h"

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

/* The criteria for which held[c] is true, joined by ';'; "none" where there are none. NULL: memory
 * is out. */
const char *criteria_joined(const rubric *held, const bool *named, arena *memory);
