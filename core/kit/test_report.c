/* test_report.c - how the cases of rubrics came out: for people, and as JUnit XML for CI. */
#include "kit/kit.h"
#include "writing/html_text.h"

static size_t failed_in(const rubric_tests *tests, size_t count)
{
    size_t failed = 0;
    for (size_t t = 0; t < count; t++)
        failed += tests[t].failed;
    return failed;
}

static size_t cases_in(const rubric_tests *tests, size_t count)
{
    size_t cases = 0;
    for (size_t t = 0; t < count; t++)
        cases += tests[t].count;
    return cases;
}

static bool hand_over(buffer *out, report_write write, void *user)
{
    const bool written = !out->failed && write(user, out->bytes, out->size);
    buffer_free(out);
    return written;
}

/* ---- For people ------------------------------------------------------------------- */

static void text_case(buffer *out, const rubric_tests *tests, const rubric_case *one)
{
    buffer_format(out, "%s:%llu: %s\n", tests->file, (unsigned long long)one->line, one->name);
    for (size_t d = 0; d < one->difference_count; d++) {
        const difference *found = &one->differences[d];
        buffer_format(out, "    %s: expected %s, got %s\n", found->what, found->expected,
                      found->got);
    }
    if (*one->detail)
        buffer_format(out, "    %s\n", one->detail);
}

bool kit_write_text(const rubric_tests *tests, size_t count, report_write write, void *user)
{
    const size_t failed = failed_in(tests, count);
    buffer       out = {0};

    for (size_t t = 0; t < count; t++)
        for (size_t c = 0; c < tests[t].count; c++)
            if (tests[t].cases[c].difference_count > 0)
                text_case(&out, &tests[t], &tests[t].cases[c]);
    buffer_unsigned(&out, cases_in(tests, count) - failed);
    buffer_string(&out, " passed, ");
    buffer_unsigned(&out, failed);
    buffer_string(&out, " failed\n");
    return hand_over(&out, write, user);
}

/* ---- For CI ----------------------------------------------------------------------- */

static void attribute(buffer *out, const char *name, const char *value)
{
    buffer_byte(out, ' ');
    buffer_string(out, name);
    buffer_string(out, "=\"");
    html_string(out, value);
    buffer_byte(out, '"');
}

static void counts(buffer *out, size_t cases, size_t failed)
{
    buffer_string(out, " tests=\"");
    buffer_unsigned(out, cases);
    buffer_string(out, "\" failures=\"");
    buffer_unsigned(out, failed);
    buffer_string(out, "\" errors=\"0\">\n"); /* Jenkins' junit-10.xsd asks for it */
}

static void junit_failure(buffer *out, const rubric_tests *tests, const rubric_case *one)
{
    buffer words = {0};

    buffer_string(out, "      <failure");
    for (size_t d = 0; d < one->difference_count; d++) {
        const difference *found = &one->differences[d];
        buffer_format(&words, "%s%s: expected %s, got %s", d ? ". " : "", found->what,
                      found->expected, found->got);
    }
    out->failed |= !buffer_end(&words);
    if (!out->failed)
        attribute(out, "message", words.bytes);
    buffer_byte(out, '>');
    html_string(out, tests->file);
    buffer_byte(out, ':');
    buffer_unsigned(out, one->line);
    if (*one->detail) {
        buffer_string(out, ": ");
        html_string(out, one->detail);
    }
    buffer_string(out, "</failure>\n");
    buffer_free(&words);
}

static void junit_case(buffer *out, const rubric_tests *tests, const rubric_case *one)
{
    buffer_string(out, "    <testcase");
    attribute(out, "classname", tests->rubric->id);
    attribute(out, "name", one->name);
    if (one->difference_count == 0) {
        buffer_string(out, "/>\n");
        return;
    }
    buffer_string(out, ">\n");
    junit_failure(out, tests, one);
    buffer_string(out, "    </testcase>\n");
}

bool kit_write_junit(const rubric_tests *tests, size_t count, report_write write, void *user)
{
    buffer out = {0};

    buffer_string(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    counts(&out, cases_in(tests, count), failed_in(tests, count));
    for (size_t t = 0; t < count; t++) {
        buffer_string(&out, "  <testsuite");
        attribute(&out, "name", tests[t].file);
        counts(&out, tests[t].count, tests[t].failed);
        for (size_t c = 0; c < tests[t].count; c++)
            junit_case(&out, &tests[t], &tests[t].cases[c]);
        buffer_string(&out, "  </testsuite>\n");
    }
    buffer_string(&out, "</testsuites>\n");
    return hand_over(&out, write, user);
}
