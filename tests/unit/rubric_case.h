/* rubric_case.h - a rubric as text in a test, and the faults it is to have, whole. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rubric/rubric.h"

/* Six lines: what follows begins in line 7. */
#define HEAD                                                                                       \
    "[rubric]\nid = r\nversion = 1\ntitle = R\npractice_area = plans\neffective_from = "           \
    "2026-04-01\n"

/* Three lines: a criterion with nothing but its measure. */
#define RATING "[criterion.a]\nquestion = Is it?\nmeasure = rating\n"

/* Calendars of which only the ids are looked at. */
static const calendar        case_england = {.id = "england"};
static const calendar        case_council = {.id = "council"};
static const calendar *const case_calendars[] = {&case_england, &case_council};
static const plugin_set     *case_plugins;

static inline rubric *case_read(const char *written, error_list *errors)
{
    const rubric_context context = {
        .plugins = case_plugins, .calendars = case_calendars, .calendar_count = 2};
    return rubric_read_bytes("r.ini", written, strlen(written), &context, errors);
}

/* Every fault and notice as it is shown, one a line. */
static inline void case_messages(const error_list *errors, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < errors->count; i++) {
        used += error_format(&errors->items[i], out + used, size - used);
        assert_true(used + 2 < size);
        out[used++] = '\n';
        out[used] = '\0';
    }
}

/* The rubric is refused with exactly these messages: "assay: r.ini:7: ...\n". */
static inline void assert_refused(const char *written, const char *messages)
{
    error_list errors = {0};
    char       found[8192];
    rubric    *made = case_read(written, &errors);

    case_messages(&errors, found, sizeof found);
    assert_string_equal(found, messages);
    assert_null(made);
    error_clear(&errors);
}

/* The rubric can be used, and nothing is said about it. Free with rubric_free(). */
static inline rubric *assert_taken(const char *written)
{
    error_list errors = {0};
    char       found[8192];
    rubric    *made = case_read(written, &errors);

    case_messages(&errors, found, sizeof found);
    assert_string_equal(found, "");
    assert_non_null(made);
    error_clear(&errors);
    return made;
}
