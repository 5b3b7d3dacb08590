/* The forms that a moderator fills in: blind, whole, and read back as they were filled in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "forms/forms.h"

static const char rubric_text[] =
    "[rubric]\nid = plans\nversion = 1\ntitle = Plans\npractice_area = plans\n"
    "effective_from = 2026-04-01\n"
    "[criterion.child_focus]\nquestion = Is the child in the plan?\nguidance = Look for <words>.\n"
    "measure = rating\n"
    "[criterion.timeliness]\nquestion = In time?\nmeasure = days\nfrom = started\nto = finished\n"
    "bands = good <= 10, inadequate\n"
    "[criterion.shared]\nquestion = Shared?\nmeasure = yes_no\n";

typedef struct {
    rubric    *held;
    form_audit audit;
    form_pack  pack;
    buffer     out;
} form_case;

static const form_fact facts[] = {
    {"started", "01/06/2026"},      {"finished", "05/06/2026"},
    {"child_focus", "Outstanding"}, {"shared", ""},
    {"auditor", "Auditor 07"},
};

static void make(form_case *made)
{
    error_list errors = {0};

    *made = (form_case){0};
    made->held = rubric_read_bytes("plans.ini", rubric_text, strlen(rubric_text),
                                   &(rubric_context){0}, &errors);
    assert_non_null(made->held);
    made->audit = (form_audit){"=A-1", "C-17", "North", 20600, made->held, facts, 5};
    made->pack = (form_pack){"P-1", "Moderator 2", &made->audit, 1};
}

static void end(form_case *made)
{
    buffer_free(&made->out);
    rubric_free(made->held);
}

static void a_form_never_says_how_or_by_whom_the_file_was_audited(void **state)
{
    form_case made;
    (void)state;

    for (int html = 0; html < 2; html++) {
        make(&made);
        (html ? form_write_html : form_write_csv)(&made.pack, &made.out);
        assert_true(buffer_end(&made.out));
        assert_null(strstr(made.out.bytes, "Auditor 07"));
        assert_null(strstr(made.out.bytes, "child_focus: "));
        assert_null(strstr(made.out.bytes, "Child focus <strong>"));
        assert_non_null(strstr(made.out.bytes, "01/06/2026")); /* the facts are there */
        end(&made);
    }
}

/* 20600 days after 1 January 1970: 56 years of 365 days and 14 leap days are 20454 days to
 * 1 January 2026; 146 days more are 27 May (31 + 28 + 31 + 30 = 120, and 26). */
static void a_sheet_has_a_row_for_each_fact_and_each_question(void **state)
{
    static const char expected[] =
        "\xEF\xBB\xBFpack,audit_id,case_reference,practice_area,audit_date,team,question_id,"
        "question,"
        "guidance,choices,answer\r\n"
        "P-1,'=A-1,C-17,plans,2026-05-27,North,child_focus,Is the child in the plan?,"
        "Look for <words>.,Outstanding | Good | Requires improvement | Inadequate | missing | "
        "not_applicable,\r\n"
        "P-1,'=A-1,C-17,plans,2026-05-27,North,,started: 01/06/2026,,recorded,\r\n"
        "P-1,'=A-1,C-17,plans,2026-05-27,North,,finished: 05/06/2026,,recorded,\r\n"
        "P-1,'=A-1,C-17,plans,2026-05-27,North,,shared: not recorded,,recorded,\r\n"
        "P-1,'=A-1,C-17,plans,2026-05-27,North,moderator.practice_grade,";
    form_case made;
    (void)state;

    make(&made);
    form_write_csv(&made.pack, &made.out);
    assert_true(buffer_end(&made.out));
    assert_memory_equal(made.out.bytes, expected, sizeof expected - 1);
    end(&made);
}

static void what_stands_in_a_rubric_is_escaped_on_the_page(void **state)
{
    form_case made;
    (void)state;

    make(&made);
    form_write_html(&made.pack, &made.out);
    assert_true(buffer_end(&made.out));
    assert_non_null(strstr(made.out.bytes, "Look for &lt;words&gt;."));
    assert_non_null(strstr(made.out.bytes, "script-src 'sha256-"));
    end(&made);
}

/* Whoever fills in the sheet gives it back as it is, with the answers. */
static void a_sheet_that_was_filled_in_is_read_back(void **state)
{
    static const char   filled[] = "pack,audit_id,question_id,question,answer\r\n"
                                   "P-1,A-1,,started: 01/06/2026,\r\n"
                                   "P-1,A-1,child_focus,x, RI \r\n"
                                   "P-1,A-1,moderator.comment,x,\"'=well; \"\"good\"\"\"\r\n";
    form_answers        answers;
    error_list          errors = {0};
    const record_source source = {.bytes = filled, .size = strlen(filled), .name = "pack.csv"};
    (void)state;

    assert_true(form_answers_read(&answers, &source, &errors));
    assert_int_equal(answers.count, 2);
    assert_string_equal(answers.items[0].question, "child_focus");
    assert_string_equal(answers.items[0].answer, "RI");
    assert_int_equal(answers.items[0].line, 3);
    assert_string_equal(answers.items[1].answer, "=well; \"good\"");
    form_answers_free(&answers);
    error_clear(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_never_says_how_or_by_whom_the_file_was_audited),
        cmocka_unit_test(a_sheet_has_a_row_for_each_fact_and_each_question),
        cmocka_unit_test(what_stands_in_a_rubric_is_escaped_on_the_page),
        cmocka_unit_test(a_sheet_that_was_filled_in_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
