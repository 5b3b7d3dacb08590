/* Records kept as columns say what grading said, and graded again under an edited rubric they say
 * what grading them under that rubric says. */
#include "grading_case.h"

#include "held/held.h"

enum { INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING };

static const char rubric_text[] =
    HEAD "[judgement]\nmin_coverage = 50\n"
         "[judgement.outstanding]\nmax_inadequate = 0\nmax_requires_improvement = 1\n"
         "[judgement.good]\nmax_inadequate = 1\n"
         "[criterion.a]\nmeasure = rating\nweight = 3\nlimit = inadequate -> requires_improvement\n"
         "[criterion.b]\nmeasure = number\nweight = 2\n"
         "bands = outstanding <= 10, good <= 20, requires_improvement < 30, inadequate <= 99\n"
         "[criterion.c]\nmeasure = yes_no\nmissing = inadequate\n"
         "[criterion.d]\nmeasure = rating\napplies_if = asked is yes\ncritical = yes\n";

static void hold(held_records *held, const rubric *by, const char *const *csv, size_t inputs,
                 unsigned threads)
{
    const grade_options options = {.rubric = by, .threads = threads};
    error_list          errors = {0};
    grade_totals        totals = {0};
    grade_sink          sink;

    *held = (held_records){0};
    assert_true(held_sink(held, &sink));
    for (size_t i = 0; i < inputs; i++) {
        char name[32];
        snprintf(name, sizeof name, "audits-%zu.csv", i);
        const record_source source = {.bytes = csv[i], .size = strlen(csv[i]), .name = name};
        records            *input = records_open(&source, NULL, &errors);
        assert_non_null(input);
        assert_true(grade_input(input, &options, &sink, &totals, &errors));
        records_close(input);
    }
    assert_true(held_join(held));
    assert_int_equal(totals.rows, held->batch.count);
    error_clear(&errors);
}

static void test_records_are_kept_in_input_order_with_all_that_was_said_of_them(void **state)
{
    static const char *const csv[] = {
        "audit_id,team,a,b,c,d,asked\nX1,North,good,10,yes,,no\nX2,South,good,100,yes,,no\n",
        "audit_id,audit_date,a,b,c,d,asked\nX3,2026-05-01,inadequate,25,,inadequate,yes\n"};
    rubric      *by = assert_taken(rubric_text);
    held_records held;

    (void)state;
    hold(&held, by, csv, 2, 1);
    const graded_batch *all = &held.batch;
    assert_int_equal(all->count, 3);
    assert_int_equal(held.input_count, 2);
    assert_string_equal(held.inputs[1], "audits-1.csv");
    assert_int_equal(held.input[1], 0);
    assert_int_equal(held.input[2], 1);
    assert_true(text_same(all->audit_id[2], text_of("X3")));
    assert_true(text_same(all->team[1], text_of("South")));
    assert_int_equal(all->team[2].size, 0);
    assert_int_equal(all->line[1], 3);
    assert_int_equal(all->audit_date[0], DATE_NONE);
    assert_int_equal(all->status[1], STATUS_REJECTED); /* 100 is in no band */
    assert_non_null(strstr(all->detail[1], "100"));
    assert_string_equal(all->detail[0], "");

    assert_int_equal(all->group_count, 1);
    const graded_group *group = &all->groups[0];
    assert_ptr_equal(group->rubric, by);
    assert_int_equal(group->count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(all->group[i], 0);
        assert_int_equal(all->place[i], i);
        assert_int_equal(group->rows[i], i);
    }
    assert_int_equal(group->ratings[1][0], OUTSTANDING);
    assert_int_equal(group->ratings[1][1], RATING_INVALID);
    assert_true(group->values[1].numbers[2] == 25);
    assert_int_equal(group->ratings[2][2], INADEQUATE);
    assert_int_equal(group->values[2].status[2], COLUMN_MISSING);
    assert_null(group->applies[0]);
    assert_int_equal(group->applies[3][0], 0);
    assert_int_equal(group->applies[3][2], 1);
    /* X1: a 3x3, b 2x4, c 1x3: 20 of 6, and d does not apply */
    assert_int_equal(group->points[0], 20);
    assert_int_equal(group->weight[0], 6);
    held_free(&held);
    rubric_free(by);
}

static void test_an_edited_weight_a_band_and_a_limit_are_graded_again(void **state)
{
    static const char *const csv[] = {"a,b,c,d,asked\ngood,10,yes,,no\ngood,20,yes,good,yes\n"
                                      "inadequate,30,no,inadequate,yes\ngood,100,yes,,no\n"};
    rubric                  *by = assert_taken(rubric_text);
    held_records             held;
    held_grades              again;
    criterion                criteria[4];
    rubric                   edited = *by;
    band                     bands[4];

    (void)state;
    hold(&held, by, csv, 1, 1);
    const graded_group *group = &held.batch.groups[0];
    assert_true(held_grades_init(&again, group, 2));
    memcpy(criteria, by->criteria, sizeof criteria);
    edited.criteria = criteria;

    criteria[0].weight = 0;
    assert_true(held_regrade(&again, &edited));
    /* without a: b 2x4, c 1x3 = 11 of 3; c is not under requires improvement: outstanding */
    assert_int_equal(again.graded.points[0], 11);
    assert_int_equal(again.graded.weight[0], 3);
    assert_int_equal(again.judgement[0], OUTSTANDING);
    assert_ptr_equal(again.graded.ratings[1], group->ratings[1]);
    assert_int_equal(again.status[3], STATUS_REJECTED);

    criteria[0].weight = 3;
    memcpy(bands, by->criteria[1].bands, sizeof bands);
    bands[1].bound = 19;
    bands[3].bound = 100;
    criteria[1].bands = bands;
    assert_true(held_regrade(&again, &edited));
    assert_int_equal(again.graded.ratings[1][1], REQUIRES_IMPROVEMENT);
    assert_int_equal(again.graded.ratings[1][3], INADEQUATE);
    assert_int_equal(again.status[3], STATUS_GRADED);
    /* a 3x3 + b 2x1 + c 1x3 = 14 of 6 = 2.333 */
    assert_int_equal(graded_score(&again.graded, 3), 2333);
    assert_int_equal(again.judgement[3], REQUIRES_IMPROVEMENT);

    criteria[1].bands = by->criteria[1].bands;
    criteria[3].limit_count = 0;
    assert_true(held_regrade(&again, &edited));
    /* a inadequate -> at most requires improvement; all inadequate anyway: 3 + 2 + 1 + 1 of 7 */
    assert_int_equal(again.judgement[2], INADEQUATE);
    assert_int_equal(again.graded.cap[2], REQUIRES_IMPROVEMENT);
    assert_int_equal(again.status[3], STATUS_REJECTED);
    held_grades_free(&again);
    held_free(&held);
    rubric_free(by);
}

static bool can_regrade(const char *other)
{
    rubric    *a = assert_taken(rubric_text), *b = assert_taken(other);
    const bool same = held_same_measures(a, b);

    rubric_free(a);
    rubric_free(b);
    return same;
}

static void test_only_rubrics_of_the_same_measures_can_grade_again(void **state)
{
    (void)state;
#define REST                                                                                       \
    "[criterion.b]\nmeasure = number\nbands = outstanding <= 10, inadequate\n"                     \
    "[criterion.c]\nmeasure = yes_no\n[criterion.d]\nmeasure = rating\n"
    assert_true(can_regrade(HEAD RATING REST "applies_if = asked is yes\n"));
    assert_false(can_regrade(HEAD RATING REST));
    assert_false(can_regrade(HEAD RATING REST "applies_if = asked is not yes\n"));
    assert_false(can_regrade(HEAD RATING REST "applies_if = asked is yes | y\n"));
    assert_false(can_regrade(HEAD RATING "field = z\n" REST "applies_if = asked is yes\n"));
    assert_false(can_regrade(HEAD "[scale]\nnumbers = best_is_1\n" RATING REST
                                  "applies_if = asked is yes\n"));
    assert_false(can_regrade(HEAD RATING));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records_are_kept_in_input_order_with_all_that_was_said_of_them),
        cmocka_unit_test(test_an_edited_weight_a_band_and_a_limit_are_graded_again),
        cmocka_unit_test(test_only_rubrics_of_the_same_measures_can_grade_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
