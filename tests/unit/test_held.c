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

/* ---- By chance -------------------------------------------------------------------------- */

static uint64_t seed = 3;

static unsigned below(unsigned count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % count;
}

static const char *one_of(const char *const *words, size_t count)
{
    return words[below((unsigned)count)];
}

static const char *const four[] = {"inadequate", "requires_improvement", "good", "outstanding"};

/* A rubric of the same four criteria, with rules by chance. */
static void write_rules(char *out, size_t size)
{
    static const char *const operators[] = {"<=", "<"};
    const unsigned           low = below(20), high = low + below(20);
    const int                written = snprintf(
                       out, size,
                       HEAD "[judgement]\nmin_coverage = %u\ngood = 2.%u\n"
                                           "[judgement.outstanding]\nmax_inadequate = %u\n"
                                           "[judgement.good]\nmax_%s = %u\n"
                                           "[criterion.a]\nmeasure = rating\nweight = %u\nlimit = %s -> %s\nmissing = %s\n"
                                           "[criterion.b]\nmeasure = number\nweight = %u\n"
                                           "bands = %s %s %u, %s %s %u, %s <= 45\n"
                                           "[criterion.c]\nmeasure = yes_no\nweight = %u\nyes = %s\nno = %s\nmissing = %s\n"
                                           "[criterion.d]\nmeasure = rating\nweight = %u\napplies_if = asked is yes\n"
                                           "critical = %s\n",
                       below(101), 1 + below(9), below(3), one_of(four, 2), below(3), below(5), one_of(four, 3),
                       one_of(four, 3), below(2) ? "ignore" : one_of(four, 4), below(5), one_of(four, 4),
                       one_of(operators, 2), low, one_of(four, 4), one_of(operators, 2), high, one_of(four, 4),
                       below(5), one_of(four, 4), one_of(four, 4), below(2) ? "ignore" : one_of(four, 4), below(5),
        below(2) ? "yes" : "no");
    assert_in_range(written, 1, (int)size - 1);
}

/* Records with every kind of value, some of which no rubric takes. */
static void write_records(char *out, size_t size, unsigned count)
{
    static const char *const levels[] = {"inadequate", "RI", "good", "outstanding", "", "n/a"};
    static const char *const flags[] = {"yes", "no", "", "n/a", "perhaps"};
    size_t                   used = (size_t)snprintf(out, size, "audit_id,a,b,c,d,asked\n");

    for (unsigned i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, size - used, "R%u,%s,%u,%s,%s,%s\n", i,
                                 one_of(levels, 6), below(50), flags[below(20) ? below(4) : 4],
                                 below(30) ? one_of(levels, 6) : "poor", below(2) ? "yes" : "no");
    assert_true(used < size);
}

static void assert_same_grades(const graded_batch *all, const held_grades *again)
{
    const graded_group *graded = &all->groups[0], *is = &again->graded;

    for (size_t k = 0; k < graded->count; k++) {
        const size_t i = graded->rows[k];
        assert_int_equal(again->status[k], all->status[i]);
        assert_int_equal(again->judgement[k], all->judgement[i]);
        assert_int_equal(again->coverage[k], all->coverage[i]);
        if (all->status[i] == STATUS_REJECTED)
            continue;
        assert_int_equal(is->points[k], graded->points[k]);
        assert_int_equal(is->weight[k], graded->weight[k]);
        assert_int_equal(is->base[k], graded->base[k]);
        assert_int_equal(is->stepped[k], graded->stepped[k]);
        assert_int_equal(is->cap[k], graded->cap[k]);
        for (size_t c = 0; c < graded->rubric->criterion_count; c++)
            assert_int_equal(is->ratings[c][k], graded->ratings[c][k]);
    }
}

static void test_grading_again_is_grading_by_the_edited_rubric(void **state)
{
    enum { RECORDS = 6000, TURNS = 12 };
    static char       csv[RECORDS * 64];
    char              rules[2048];
    held_records      held, anew;
    held_grades       again;
    const char *const inputs[] = {csv};

    (void)state;
    write_records(csv, sizeof csv, RECORDS); /* more than one block */
    write_rules(rules, sizeof rules);
    rubric *by = assert_taken(rules);
    hold(&held, by, inputs, 1, 2);
    assert_int_equal(held.batch.groups[0].count, RECORDS);
    assert_true(held_grades_init(&again, &held.batch.groups[0], 2));
    for (int turn = 0; turn < TURNS; turn++) {
        write_rules(rules, sizeof rules);
        rubric *edited = assert_taken(rules);
        assert_true(held_same_measures(by, edited));
        hold(&anew, edited, inputs, 1, 1);
        assert_true(held_regrade(&again, edited));
        assert_same_grades(&anew.batch, &again);
        held_free(&anew);
        rubric_free(edited);
    }
    held_grades_free(&again);
    held_free(&held);
    rubric_free(by);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records_are_kept_in_input_order_with_all_that_was_said_of_them),
        cmocka_unit_test(test_an_edited_weight_a_band_and_a_limit_are_graded_again),
        cmocka_unit_test(test_grading_again_is_grading_by_the_edited_rubric),
        cmocka_unit_test(test_only_rubrics_of_the_same_measures_can_grade_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
