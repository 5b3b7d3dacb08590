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
    assert_non_null(strstr(page.bytes, "Inadequate by the rubric and higher by the auditor"));
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

/* 2 of 4 records are graded, 1 good and 1 inadequate: shares of 2, and none of what was not
 * graded. The rubric's 2 + 1 + 0 and the 1 of no rubric are all 4. */
static void test_shares_are_of_graded_records_and_rubrics_add_up(void **state)
{
    (void)state;
    buffer page = page_of(mixed());
    assert_non_null(strstr(page.bytes, "Share of graded records"));
    assert_non_null(strstr(page.bytes, "<th scope=\"row\">Good</th><td class=\"number\">1</td>"
                                       "<td class=\"number\">50%</td>"));
    assert_non_null(strstr(page.bytes, "<th scope=\"row\">Rejected</th><td class=\"number\">1</td>"
                                       "<td class=\"number\"></td>"));
    const char *how = strstr(page.bytes, "Rubrics used");
    assert_non_null(how);
    assert_non_null(strstr(how, "</th><td class=\"number\">2</td><td class=\"number\">1</td>"
                                "<td class=\"number\">0</td>"));
    assert_non_null(strstr(how, "No rubric was found</th><td class=\"number\">0</td>"
                                "<td class=\"number\">0</td><td class=\"number\">1</td>"));
    assert_non_null(strstr(how, "All records</th><td class=\"number\">2</td>"
                                "<td class=\"number\">1</td><td class=\"number\">1</td>"));
    buffer_free(&page);
}

/* Folders have names of people in them. */
static void test_page_names_files_without_their_folders(void **state)
{
    (void)state;
    buffer page = page_of(mixed());
    assert_non_null(strstr(page.bytes, "<td>assessments.ini<br>SHA-256"));
    assert_null(strstr(page.bytes, "rubrics/assessments.ini"));
    buffer_free(&page);
}

static void test_agreement_stands_before_the_criteria(void **state)
{
    (void)state;
    buffer page = page_of(mixed());
    assert_true(strstr(page.bytes, "<section id=\"agreement0\"") <
                strstr(page.bytes, "<section id=\"criteria0\""));
    buffer_free(&page);
}

/* Two months of 5 records are joined, a third of 1 is hollow and is not: one M, one L. All are
 * good, and their labels of 100% have room above. */
static void test_months_of_few_records_are_not_joined(void **state)
{
    (void)state;
    sample *from = sample_new();
    for (size_t i = 0; i < 11; i++) {
        /* 1 April, 1 May and 1 June 2026 */
        sample_add(from, "A", "N", LEVEL_NONE, i < 5 ? 20544 : i < 10 ? 20574 : 20605,
                   RATINGS(G, G, G, G));
    }
    buffer      page = page_of(from);
    const char *line = strstr(page.bytes, "stroke-width=\"2\" d=\"M");
    assert_non_null(line);
    const char *end = strchr(strchr(line, 'M'), '"');
    size_t      joins = 0;
    for (; line < end; line++) {
        joins += *line == 'L';
    }
    assert_int_equal(joins, 1);
    assert_int_equal(times(page.bytes, "fill=\"#fff\" stroke=\"#1b1f24\""), 1);
    assert_non_null(strstr(page.bytes, "A hollow point is a month of fewer than 5 graded"));
    assert_int_equal(times(page.bytes, "class=\"share\""), 3);
    const char *label = strstr(page.bytes, "class=\"share\"");
    assert_true(strtol(strstr(label, " y=\"") + 4, NULL, 10) >= 12); /* as high as its letters */
    buffer_free(&page);
}

/* 24 months are 33 units wide, a label 40: every second month has one. */
static void test_labels_of_months_keep_apart(void **state)
{
    (void)state;
    sample *from = sample_new();
    for (int32_t month = 0; month < 24; month++) {
        /* within each month from April 2026: 20544 is the 1st, a month has 30.44 days */
        sample_add(from, "A", "N", LEVEL_NONE, 20544 + 14 + month * 3044 / 100,
                   RATINGS(G, G, G, G));
    }
    buffer page = page_of(from);
    assert_int_equal(times(page.bytes, "<circle cx=\"1") > 0, true);
    assert_int_equal(times(page.bytes, "class=\"share\""), 12);
    buffer_free(&page);
}

static void test_numbers_say_which_way_they_count(void **state)
{
    (void)state;
    rubric     numbered = sample_rubric;
    error_list errors = {0};
    buffer     out = {0};
    numbered.scale.numbers = NUMBERS_BEST_IS_1;
    const rubric_page_form forms[] = {RUBRIC_PAGE_TEXT, RUBRIC_PAGE_MARKDOWN, RUBRIC_PAGE_HTML};
    for (size_t i = 0; i < 3; i++) {
        out.size = 0;
        assert_true(rubric_page(&numbered, NULL, forms[i], sample_write, &out));
        assert_true(buffer_end(&out));
        assert_non_null(strstr(out.bytes, "1 is the best: 1 Outstanding, 2 Good"));
    }
    buffer_free(&out);
    numbered.scale.numbers = NUMBERS_WORST_IS_1;
    sample *from = sample_of(&numbered);
    sample_add(from, "A-1", "North", G, 20544, RATINGS(I, G, G, G));
    static const char *const formats[] = {"explain", "explain-json"};
    for (size_t i = 0; i < 2; i++) {
        buffer said = sample_report(&(report_options){.format = formats[i], .assay_version = "1"},
                                    from, &errors);
        assert_non_null(strstr(said.bytes, "1 is the worst: 1 Inadequate, 2 Requires improvement"));
        buffer_free(&said);
    }
    error_clear(&errors);
    free(from);
}

/* (3) of (3 + 2 + 1 + 2) is 37%, under the least of 60%. */
static void test_insufficient_evidence_says_how_much_there_is(void **state)
{
    (void)state;
    error_list errors = {0};
    sample    *from = sample_new();
    sample_add(from, "A-1", "North", G, 20544, RATINGS(G, M, M, M));
    buffer out = sample_report(&(report_options){.format = "explain"}, from, &errors);
    assert_non_null(strstr(out.bytes, "37% of the weight that applies is recorded; at least 60%"));
    assert_int_equal(times(out.bytes, "insufficient evidence"), 1); /* in its title */
    buffer_free(&out);
    error_clear(&errors);
    free(from);
}

static void test_table_says_what_its_shares_are_of(void **state)
{
    (void)state;
    error_list errors = {0};
    sample    *from = mixed();
    buffer     out = sample_report(&(report_options){.format = "table"}, from, &errors);
    assert_non_null(strstr(out.bytes, "Judgements (shares of graded records)\n"));
    assert_non_null(strstr(out.bytes, "  Good                           1   50%"));
    assert_non_null(strstr(out.bytes, "  Rejected                       1\n"));
    assert_non_null(strstr(out.bytes, "Inadequate by the rubric and Good by the auditor: read "
                                      "these first (1)\n"));
    buffer_free(&out);
    error_clear(&errors);
    free(from);
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
        cmocka_unit_test(test_shares_are_of_graded_records_and_rubrics_add_up),
        cmocka_unit_test(test_page_names_files_without_their_folders),
        cmocka_unit_test(test_agreement_stands_before_the_criteria),
        cmocka_unit_test(test_months_of_few_records_are_not_joined),
        cmocka_unit_test(test_labels_of_months_keep_apart),
        cmocka_unit_test(test_numbers_say_which_way_they_count),
        cmocka_unit_test(test_insufficient_evidence_says_how_much_there_is),
        cmocka_unit_test(test_table_says_what_its_shares_are_of),
        cmocka_unit_test(test_rubric_is_read_in_sentences),
        cmocka_unit_test(test_rubric_as_markdown_and_html),
        cmocka_unit_test(test_explanation_in_plain_words),
        cmocka_unit_test(test_terminal_text_has_no_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
