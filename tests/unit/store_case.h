/* store_case.h - a store in a folder of its own, for tests. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

typedef struct {
    char           folder[64];
    char           path[128];
    store_settings settings;
    store         *kept; /* open, to be written */
    error_list     errors;
} store_case;

static inline void print_errors(error_list *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        char line[512];
        error_format(&errors->items[i], line, sizeof line);
        print_message("%s\n", line);
    }
}

/* Fails, with what was said, where something went wrong. */
#define must(what)                                                                                 \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            print_errors(&here->errors);                                                           \
            fail_msg("%s", #what);                                                                 \
        }                                                                                          \
    } while (0)

/* That it is refused with words that have `said` in them; forgets them. */
#define must_refuse(what, said)                                                                    \
    do {                                                                                           \
        assert_false(what);                                                                        \
        assert_said(here, said);                                                                   \
    } while (0)

static inline void assert_said(store_case *here, const char *said)
{
    bool found = false;

    for (size_t i = 0; i < here->errors.count; i++)
        found |= strstr(here->errors.items[i].text, said) != NULL;
    if (!found) {
        print_errors(&here->errors);
        fail_msg("nothing says \"%s\"", said);
    }
    error_clear(&here->errors);
}

static inline int store_case_open(void **state)
{
    store_case *here = calloc(1, sizeof *here);

    assert_non_null(here);
    snprintf(here->folder, sizeof here->folder, "/tmp/assay-store-XXXXXX");
    assert_non_null(mkdtemp(here->folder));
    snprintf(here->path, sizeof here->path, "%s/assay.db", here->folder);
    here->settings = (store_settings){.path = here->path, .who = "tester"};
    must(store_create(&here->settings, &here->errors));
    must((here->kept = store_open(&here->settings, &here->errors)) != NULL);
    *state = here;
    return 0;
}

static inline void reopen(store_case *here)
{
    store_close(here->kept);
    must((here->kept = store_open(&here->settings, &here->errors)) != NULL);
}

static inline int store_case_close(void **state)
{
    store_case *here = *state;
    DIR        *folder = opendir(here->folder);

    store_close(here->kept);
    error_clear(&here->errors);
    assert_non_null(folder);
    for (struct dirent *one; (one = readdir(folder)) != NULL;)
        unlinkat(dirfd(folder), one->d_name, 0);
    closedir(folder);
    rmdir(here->folder);
    free(here);
    return 0;
}

#define store_test(name) cmocka_unit_test_setup_teardown(name, store_case_open, store_case_close)

/* An audit with one field. */
static inline store_outcome put_audit(store_case *here, const char *audit_id, const char *answer)
{
    const store_pair  fields[] = {{"child_seen", answer}};
    const store_audit audit = {
        .audit_id = audit_id,
        .practice_area = "assessments",
        .audit_date = "2026-03-31",
        .team = "North",
        .auditor = "A. Jones",
        .child_ref = "C-1",
        .auditor_grade = "good",
        .row_hash = "ab",
        .fields = {fields, 1},
    };
    store_outcome outcome = STORE_SAME;

    must(store_put_audit(here->kept, &audit, &outcome, &here->errors));
    return outcome;
}
