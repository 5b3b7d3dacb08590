/* Every small wrong edit of a rubric is made, and what records notice of it is told. */
#include "grading_case.h"

#include "mutation/mutation.h"

static const mutant *find(const mutant_list *list, const char *section, const char *key,
                          const char *after)
{
    for (size_t m = 0; m < list->count; m++)
        if (strcmp(list->items[m].section, section) == 0 && strcmp(list->items[m].key, key) == 0 &&
            strcmp(list->items[m].after, after) == 0)
            return &list->items[m];
    fail_msg("no mutant [%s] %s -> %s", section, key, after);
    return NULL;
}

static size_t count_of(const mutant_list *list, const char *section, const char *key)
{
    size_t count = 0;
    for (size_t m = 0; m < list->count; m++)
        count +=
            strcmp(list->items[m].section, section) == 0 && strcmp(list->items[m].key, key) == 0;
    return count;
}

/* docs/mutation.md: the table of edits. */
static void test_every_edit_of_the_table_is_made(void **state)
{
    rubric *held = assert_taken(
        HEAD "[judgement]\nrequires_improvement = 1\ngood = 1.001\n"
             "[judgement.good]\nmax_inadequate = 0\n"
             "[criterion.a]\nmeasure = number\nweight = 1000\n"
             "bands = good <= 12.5, requires_improvement < 20, inadequate\n"
             "[criterion.b]\nmeasure = yes_no\nweight = 0\nyes = outstanding\ncritical = yes\n"
             "[criterion.c]\nmeasure = rating\nlimit = inadequate -> good\n"
             "applies_if = asked is not no | never\n");
    mutant_list list = {0};

    (void)state;
    assert_true(mutants_make(&list, held));
    /* 1 cannot go down, and not up to 1.001, where good stands, nor to 1.1 */
    assert_int_equal(count_of(&list, "judgement", "requires_improvement"), 0);
    /* good: not down to 1 or 0.901, up to 1.002 and 1.101 */
    assert_int_equal(count_of(&list, "judgement", "good"), 2);
    assert_int_equal(find(&list, "judgement", "good", "1.101")->edited.thousandths[2], 1101);
    assert_int_equal(count_of(&list, "judgement", "outstanding"), 4);
    assert_int_equal(count_of(&list, "judgement", "min_coverage"), 2);
    /* one more, dropped; there is no less than 0 */
    assert_int_equal(count_of(&list, "judgement.good", "max_inadequate"), 2);
    assert_int_equal(find(&list, "judgement.good", "max_inadequate", "")->edited.requirement_count,
                     0);
    assert_int_equal(held->requirement_count, 1);

    assert_int_equal(count_of(&list, "criterion.a", "weight"), 2); /* 999 and 0 */
    assert_int_equal(count_of(&list, "criterion.a", "bands"), 6);
    const mutant *wider = find(&list, "criterion.a", "bands", "good <= 12.6");
    assert_true(wider->edited.criteria[0].bands[0].bound == 12.6);
    assert_true(held->criteria[0].bands[0].bound == 12.5);
    assert_int_equal(wider->touches, TOUCHES_RATING);
    assert_string_equal(wider->before, "good <= 12.5");
    find(&list, "criterion.a", "bands", "good < 12.5");
    find(&list, "criterion.a", "bands", "requires_improvement <= 20");
    find(&list, "criterion.a", "bands", "requires_improvement < 19");
    assert_int_equal(count_of(&list, "criterion.a", "missing"), 4);
    assert_int_equal(count_of(&list, "criterion.a", "critical"), 1);

    assert_int_equal(count_of(&list, "criterion.b", "weight"), 1); /* 1 */
    find(&list, "criterion.b", "yes", "good");
    find(&list, "criterion.b", "no", "requires_improvement");
    assert_int_equal(count_of(&list, "criterion.b", "yes") + count_of(&list, "criterion.b", "no"),
                     2);
    const mutant *critical = find(&list, "criterion.b", "critical", "no");
    assert_int_equal(critical->edited.criteria[1].cap[0], 3);
    assert_int_equal(held->criteria[1].cap[0], 0);
    assert_int_equal(count_of(&list, "criterion.b", "limit"),
                     0); /* critical is no line of its own */

    /* dropped; at up; most down and up */
    assert_int_equal(count_of(&list, "criterion.c", "limit"), 4);
    find(&list, "criterion.c", "limit", "requires_improvement -> good");
    find(&list, "criterion.c", "limit", "inadequate -> requires_improvement");
    find(&list, "criterion.c", "limit", "inadequate -> outstanding");
    find(&list, "criterion.c", "applies_if", "asked is no | never");
    find(&list, "criterion.c", "applies_if", "");
    mutants_free(&list);
    rubric_free(held);
}

/* ---- What records notice ------------------------------------------------------------------- */

static void mutate(mutation *out, const rubric *held, const char *csv)
{
    const record_source    source = {.bytes = csv, .size = strlen(csv), .name = "audits.csv"};
    const mutation_options options = {
        .inputs = {.sources = &source, .count = 1},
        .grader = {.threads = 2},
        .milliseconds = MUTATION_MILLISECONDS,
    };
    error_list errors = {0};
    char       messages[1024];

    const bool fine = mutation_run(out, held, &options, &errors);
    case_messages(&errors, messages, sizeof messages);
    assert_string_equal(messages, "");
    assert_true(fine);
    error_clear(&errors);
}

static const mutant_result *result_of(const mutation *of, const char *section, const char *key,
                                      const char *after)
{
    return &of->results[find(&of->mutants, section, key, after) - of->mutants.items];
}

static void test_records_notice_whom_a_criterion_is_asked_of(void **state)
{
    rubric *held =
        assert_taken(HEAD "[criterion.a]\nmeasure = rating\n"
                          "[criterion.d]\nmeasure = rating\napplies_if = asked is yes\n");
    mutation found;

    (void)state;
    /* dropped: A-2 is asked, and rated inadequate; negated: both are rated otherwise */
    mutate(&found, held, "audit_id,a,d,asked\nA-1,good,good,yes\nA-2,good,inadequate,no\n");
    const mutant_result *dropped = result_of(&found, "criterion.d", "applies_if", "");
    assert_int_equal(dropped->fate, FATE_KILLED);
    assert_int_equal(dropped->noticed, 1);
    assert_string_equal(dropped->by, "A-2");
    assert_int_equal(result_of(&found, "criterion.d", "applies_if", "asked is not yes")->noticed,
                     2);
    mutation_free(&found);

    /* nobody to whom it does not apply: a record is made */
    mutate(&found, held, "audit_id,a,d,asked\nA-1,good,good,yes\n");
    dropped = result_of(&found, "criterion.d", "applies_if", "");
    assert_int_equal(dropped->fate, FATE_SURVIVED);
    assert_true(dropped->made < found.made_count);
    mutation_free(&found);
    rubric_free(held);
}

/* "poor" is no level: where the criterion is asked of everybody the record is rejected. */
static void test_a_record_that_would_be_rejected_notices(void **state)
{
    rubric *held =
        assert_taken(HEAD "[criterion.a]\nmeasure = rating\n"
                          "[criterion.d]\nmeasure = rating\napplies_if = asked is yes\n");
    mutation found;

    (void)state;
    mutate(&found, held, "a,d,asked\ngood,poor,no\n");
    const mutant_result *dropped = result_of(&found, "criterion.d", "applies_if", "");
    assert_int_equal(dropped->fate, FATE_KILLED);
    assert_string_equal(dropped->by, "line 2");
    mutation_free(&found);
    rubric_free(held);
}

static void test_a_score_is_noticed_by_records_and_their_equals_are_told(void **state)
{
    rubric  *held = assert_taken(HEAD "[judgement]\nmin_coverage = 0\n"
                                       "[criterion.a]\nmeasure = days\nfrom = x\nto = y\n"
                                       "bands = good < 5.5, inadequate\nweight = 2\n");
    mutation found;

    (void)state;
    mutate(&found, held, "a,x,y\n,2026-01-01,2026-01-03\n");
    /* days are whole: no number of them lies from 5.4 to 5.6 but for none */
    assert_int_equal(result_of(&found, "criterion.a", "bands", "good <= 5.5")->fate,
                     FATE_EQUIVALENT);
    assert_int_equal(result_of(&found, "criterion.a", "bands", "good < 5.6")->fate,
                     FATE_EQUIVALENT);
    /* one criterion's score is its rating, whatever it weighs */
    assert_int_equal(result_of(&found, "criterion.a", "weight", "3")->fate, FATE_EQUIVALENT);
    /* but for no weight at all, which grades nothing */
    assert_int_equal(result_of(&found, "criterion.a", "weight", "0")->fate, FATE_KILLED);
    mutation_free(&found);
    rubric_free(held);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_edit_of_the_table_is_made),
        cmocka_unit_test(test_records_notice_whom_a_criterion_is_asked_of),
        cmocka_unit_test(test_a_record_that_would_be_rejected_notices),
        cmocka_unit_test(test_a_score_is_noticed_by_records_and_their_equals_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
