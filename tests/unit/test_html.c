/* test_html.c - the page: escaped, in order, complete, and without anything from elsewhere; and the
 * documents that are read as text. */
#include "report_sample.h"

#include <stdio.h>

static buffer page_of(sample *from)
{
    static const char *const inputs[] = {"audits <1>.csv"};
    error_list               errors = {0};
    report_options           options = {.format = "html",
                                        .assay_version = "0.1.0",
                                        .title = "Audits & \"more\"",
                                        .inputs = inputs,
                                        .input_count = 1};
    buffer                   out = sample_report(&options, from, &errors);
    error_clear(&errors);
    free(from);
    return out;
}

static sample *mixed(void)
{
    sample *from = sample_new();
    sample_add(from, "A-1", "<script>alert(1)</script>", G, 20544, RATINGS(I, G, G, G));
    sample_add(from, "A-2", "South & East", G, 20574, RATINGS(G, G, G, G));
    sample_add(from, "A-3", "South & East", R, 20574, RATINGS(G, M, M, M));
    sample_rejected(from, "A-4", "", "b \"<i>\" is not a date; mend it");
    return from;
}

static size_t times(const char *in, const char *what)
{
    size_t count = 0;
    for (const char *at = strstr(in, what); at != NULL; at = strstr(at + 1, what)) {
        count++;
    }
    return count;
}

static void test_text_of_the_input_is_escaped(void **state)
{
    (void)state;
    buffer page = page_of(mixed());
    assert_null(strstr(page.bytes, "<script"));
    assert_null(strstr(page.bytes, "<i>"));
    assert_non_null(strstr(page.bytes, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_non_null(strstr(page.bytes, "South &amp; East"));
    assert_non_null(strstr(page.bytes, "<title>Audits &amp; &quot;more&quot;</title>"));
    assert_non_null(strstr(page.bytes, "content: \"Audits \\26  \\22 more\\22 \""));
    assert_non_null(strstr(page.bytes, "audits &lt;1&gt;.csv"));
    buffer_free(&page);
}

/* The page asks for nothing: no address, no import, no script. */
static void test_page_needs_no_network(void **state)
{
    (void)state;
    static const char *const never[] = {"http:", "https:", "src=", "@import", "<link", "<script",
                                        "<iframe"};
    buffer                   page = page_of(mixed());
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        assert_null(strstr(page.bytes, never[i]));
    }
    buffer_free(&page);
}

static void test_every_figure_has_its_records(void **state)
{
    (void)state;
    buffer page = page_of(mixed());
    assert_non_null(strstr(page.bytes, "Rows read 4 = graded 2 + insufficient evidence 1 + "
                                       "rejected 1"));
    assert_non_null(strstr(page.bytes, "Inadequate here, higher by the auditor"));
    assert_non_null(strstr(page.bytes, "<dt>Auditor: Good</dt><dd><ul class=\"ids\"><li>A-1</li>"));
    assert_non_null(strstr(page.bytes, "<th scope=\"row\">A-4</th><td>audits.csv, line 5</td>"));
    buffer_free(&page);
}

/* What a screen reader needs: language, one h1, headings without a gap, a caption for each table,
 * a scope for each heading cell, a title for each chart, and ids that are unique. */
static void test_page_is_right_for_screen_readers(void **state)
{
    (void)state;
    buffer page = page_of(mixed());
    assert_non_null(strstr(page.bytes, "<html lang=\"en-GB\">"));
    assert_int_equal(times(page.bytes, "<h1>"), 1);
    assert_int_equal(times(page.bytes, "<main"), 1);
    assert_int_equal(times(page.bytes, "<table"), times(page.bytes, "<caption>"));
    assert_int_equal(times(page.bytes, "<th "), times(page.bytes, "<th scope="));
    assert_int_equal(times(page.bytes, "<th>"), 0);
    assert_int_equal(times(page.bytes, "role=\"img\""), times(page.bytes, "</title><desc"));
    char before = '1';
    for (const char *at = strstr(page.bytes, "<h"); at != NULL; at = strstr(at + 1, "<h")) {
        if (at[2] >= '1' && at[2] <= '6') {
            assert_true(at[2] <= before + 1);
            before = at[2];
        }
    }
    buffer_free(&page);
}

static void test_ids_of_the_page_are_unique(void **state)
{
    (void)state;
    buffer page = page_of(mixed());
    for (const char *at = strstr(page.bytes, " id=\""); at != NULL; at = strstr(at + 1, " id=\"")) {
        char        id[64];
        const char *end = strchr(at + 5, '"');
        size_t      size = (size_t)(end - at) + 1;
        assert_true(size < sizeof id);
        memcpy(id, at, size);
        id[size] = '\0';
        assert_int_equal(times(page.bytes, id), 1);
    }
    buffer_free(&page);
}

/* Tags that are opened are closed, in order. */
static void test_tags_are_balanced(void **state)
{
    (void)state;
    static const char *const tags[] = {"section", "table", "thead",   "tbody", "tfoot", "tr",
                                       "td",      "ul",    "li",      "dl",    "dt",    "dd",
                                       "div",     "svg",   "details", "nav",   "p",     "figure"};
    buffer                   page = page_of(mixed());
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        char open[16], with[16], close[16];
        snprintf(open, sizeof open, "<%s>", tags[i]);
        snprintf(with, sizeof with, "<%s ", tags[i]);
        snprintf(close, sizeof close, "</%s>", tags[i]);
        assert_int_equal(times(page.bytes, open) + times(page.bytes, with),
                         times(page.bytes, close));
    }
    buffer_free(&page);
}

static void test_page_without_any_graded_record(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_rejected(from, "A-1", "", "no rubric");
    buffer page = page_of(from);
    assert_non_null(strstr(page.bytes, "Rows read 1 = graded 0 + insufficient evidence 0 + "
                                       "rejected 1"));
    assert_non_null(strstr(page.bytes, "no rubric"));
    buffer_free(&page);
    page = page_of(sample_new());
    assert_non_null(strstr(page.bytes, "Rows read 0 ="));
    buffer_free(&page);
}

static void test_rubric_is_read_in_sentences(void **state)
{
    (void)state;
    buffer out = {0};
    assert_true(rubric_page(&sample_rubric, NULL, RUBRIC_PAGE_TEXT, sample_write, &out));
    assert_true(buffer_end(&out));
    assert_non_null(strstr(out.bytes, "Outstanding from a score of 3.5, Good from 2.5, Requires\n"
                                      "    improvement from 1.5, otherwise Inadequate."));
    assert_non_null(strstr(out.bytes, "Outstanding up to 35 working days; Good up to 45; Requires\n"
                                      "    improvement up to 55; otherwise Inadequate."));
    assert_non_null(strstr(out.bytes, "Yes is rated Good, no Inadequate."));
    assert_non_null(strstr(out.bytes, "It is asked only where child_present is yes."));
    assert_non_null(strstr(out.bytes, "For audits from: 1 April 2026"));
    buffer_free(&out);
}

static void test_rubric_as_markdown_and_html(void **state)
{
    (void)state;
    buffer out = {0};
    assert_true(rubric_page(&sample_rubric, NULL, RUBRIC_PAGE_MARKDOWN, sample_write, &out));
    assert_true(buffer_end(&out));
    assert_non_null(strstr(out.bytes, "# Child and family assessments\n"));
    assert_non_null(strstr(out.bytes, "writes a level in risk\\_analysis."));
    out.size = 0;
    assert_true(rubric_page(&sample_rubric, NULL, RUBRIC_PAGE_HTML, sample_write, &out));
    assert_true(buffer_end(&out));
    assert_non_null(strstr(out.bytes, "<h3>Plan shared</h3>"));
    assert_non_null(strstr(out.bytes, "with the family &amp; signed?"));
    buffer_free(&out);
}

/* Risk analysis is inadequate and critical: the whole record is, whatever its score of
 * (3 + 6 + 3 + 6) / 8 = 2.25. */
static void test_explanation_in_plain_words(void **state)
{
    (void)state;
    error_list errors = {0};
    sample    *from = sample_new();
    sample_add(from, "A-1", "North", G, 20544, RATINGS(I, G, G, G));
    buffer out = sample_report(&(report_options){.format = "explain"}, from, &errors);
    assert_non_null(strstr(out.bytes, "A-1: Inadequate\n===============\n"));
    assert_non_null(strstr(out.bytes, "Score: 2.250 of 4, which by itself is Requires "
                                      "improvement."));
    assert_non_null(strstr(out.bytes, "Held down by: Risk analysis. Rated Inadequate, it makes the"
                                      " judgement\n    Inadequate, whatever the score."));
    assert_non_null(strstr(out.bytes, "Timeliness: Good. It is 40 working days."));
    assert_non_null(strstr(out.bytes, "What would raise it to Requires improvement"));
    assert_non_null(strstr(out.bytes, "Risk analysis from Inadequate to Requires improvement."));
    assert_null(strstr(out.bytes, "What would bring it under"));
    buffer_free(&out);
    error_clear(&errors);
    free(from);
}

/* What stands in a file must not steer the terminal. */
static void test_terminal_text_has_no_control_characters(void **state)
{
    (void)state;
    error_list errors = {0};
    sample    *from = sample_new();
    sample_add(from, "A\x1B[2J", "N\x1B]0;x\x07 \xC2\x9B", G, 20544, RATINGS(I, G, G, G));
    sample_rejected(from, "\x1B[31m", "", "\x1B[0m no");
    static const char *const formats[] = {"table", "explain"};
    for (size_t i = 0; i < 2; i++) {
        buffer out = sample_report(&(report_options){.format = formats[i]}, from, &errors);
        assert_null(strchr(out.bytes, '\x1B'));
        assert_null(strchr(out.bytes, '\x07'));
        assert_null(strstr(out.bytes, "\xC2\x9B"));
        buffer_free(&out);
    }
    error_clear(&errors);
    free(from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_of_the_input_is_escaped),
        cmocka_unit_test(test_page_needs_no_network),
        cmocka_unit_test(test_every_figure_has_its_records),
        cmocka_unit_test(test_page_is_right_for_screen_readers),
        cmocka_unit_test(test_ids_of_the_page_are_unique),
        cmocka_unit_test(test_tags_are_balanced),
        cmocka_unit_test(test_page_without_any_graded_record),
        cmocka_unit_test(test_rubric_is_read_in_sentences),
        cmocka_unit_test(test_rubric_as_markdown_and_html),
        cmocka_unit_test(test_explanation_in_plain_words),
        cmocka_unit_test(test_terminal_text_has_no_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
