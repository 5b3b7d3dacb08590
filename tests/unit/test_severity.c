/* test_severity.c - severities: what they must be by hand, by symmetry, and where there are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "severity/design.h"
#include "severity/joining.h"
#include "severity/holm.h"
#include "severity/severity.h"
#include "severity/spread.h"
#include "severity/steps.h"
#include "simulation/ratings.h"

/* cmocka's own compares floats */
static void assert_near(double found, double expected, double within)
{
    if (!(fabs(found - expected) <= within))
        fail_msg("%.17g is not %.17g +- %g", found, expected, within);
}

/* Rows {audit, criterion, auditor, rating}, as the columns that severity_fit() takes. */
enum { ROWS_MOST = 4096 };
typedef struct {
    uint32_t      audit[ROWS_MOST];
    uint32_t      criterion[ROWS_MOST];
    uint32_t      auditor[ROWS_MOST];
    uint8_t       rating[ROWS_MOST];
    severity_data data;
} table;

static void start(table *made, size_t audits, size_t criteria, size_t auditors, unsigned levels)
{
    made->data = (severity_data){0,      made->audit, made->criterion, made->auditor, made->rating,
                                 audits, criteria,    auditors,        levels};
}

static void add_row(table *made, uint32_t audit, uint32_t criterion, uint32_t auditor,
                    uint8_t rating)
{
    size_t k = made->data.count++;
    assert_true(k < ROWS_MOST);
    made->audit[k] = audit;
    made->criterion[k] = criterion;
    made->auditor[k] = auditor;
    made->rating[k] = rating;
}

static const double threshold[] = {-1.5, 0.2, 1.3};
static const double difficulty[] = {-0.5, 0.1, 0.4};
static const double severity[] = {-0.9, -0.1, 0.2, 0.8};

static void make_ordinary(table *made, size_t audits, unsigned linked_every, uint64_t seed)
{
    chance        with = {seed};
    made_from     from = {.audits = audits,
                          .criteria = 3,
                          .auditors = 4,
                          .levels = 4,
                          .raters = 2,
                          .linked_every = linked_every,
                          .mean = 0.3,
                          .spread = 1.1,
                          .severity = severity,
                          .difficulty = difficulty,
                          .threshold = threshold};
    severity_data drawn;
    assert_true(ratings_make(&drawn, &from, &with));
    start(made, audits, 3, 4, 4);
    for (size_t k = 0; k < drawn.count; k++)
        add_row(made, drawn.audit[k], drawn.criterion[k], drawn.auditor[k], drawn.rating[k]);
    ratings_free(&drawn);
}

static void assert_finite_estimate(const severity_estimate *found)
{
    assert_true(isfinite(found->value) && isfinite(found->error));
    assert_true(isfinite(found->low) && isfinite(found->high));
    assert_true(found->error >= 0 && found->low <= found->value && found->value <= found->high);
}

static void assert_finite(const severity_data *data, const severity_result *found)
{
    for (size_t j = 0; j < data->auditor_count; j++) {
        const severity_auditor *auditor = &found->auditors[j];
        assert_finite_estimate(&auditor->logits);
        assert_finite_estimate(&auditor->grades);
        assert_finite_estimate(&auditor->shrunken_logits);
        assert_finite_estimate(&auditor->shrunken_grades);
        assert_true(isfinite(auditor->infit) && isfinite(auditor->outfit));
        assert_true(auditor->p >= 0 && auditor->p <= auditor->p_corrected);
        assert_true(auditor->p_corrected <= 1);
    }
    for (size_t c = 0; c < data->criterion_count; c++)
        assert_finite_estimate(&found->criteria[c].logits);
    for (unsigned k = 0; k + 1 < data->levels; k++)
        assert_finite_estimate(&found->thresholds[k].logits);
    assert_finite_estimate(&found->audit_mean);
    assert_finite_estimate(&found->audit_spread);
    assert_true(isfinite(found->auditor_spread) && isfinite(found->log_likelihood));
}

static severity_status fit(const severity_data *data, severity_result *found)
{
    assert_true(severity_fit(data, found));
    assert_finite(data, found);
    return found->status;
}

/* ---- By hand ----------------------------------------------------------------- */

/* Two levels, one criterion, each audit rated once: the spread is unknown, but the shares of the upper
 * level are matched whatever it is. Auditor 0 gives it 30 times in 40, auditor 1 10 times in 40: the
 * average auditor's share is one half by symmetry, so 0.75 - 0.5 and 0.25 - 0.5 in grades. */
static void test_effect_in_grades_is_the_difference_in_shares(void **state)
{
    (void)state;
    static table made;
    start(&made, 80, 1, 2, 2);
    for (uint32_t i = 0; i < 80; i++)
        add_row(&made, i, 0, i / 40, i < 40 ? i < 30 : i < 50);
    severity_result found;
    assert_int_equal(fit(&made.data, &found), SEVERITY_FITTED);
    assert_near(found.auditors[0].grades.value, 0.25, 0.002);
    assert_near(found.auditors[1].grades.value, -0.25, 0.002);
    assert_near(found.auditors[0].logits.value, -found.auditors[1].logits.value, 1e-9);
    assert_true(found.auditors[0].logits.value < 0);
    assert_false(found.spread_known);
    severity_free(&found);
}

/* The model at a place, by hand: thresholds -1 and 1 have weights 1, e, 1; at eta = 0 the chances are
 * 1, e, 1 over e + 2: expected 1, variance 2 / (e + 2) = 0.42388. At eta = log 2: 1, 2e, 4 over
 * 2e + 5: expected (2e + 8) / (2e + 5) = 1.28738. */
static void test_rating_scale(void **state)
{
    (void)state;
    steps     scale = {.span = 2, .most = steps_most(2), .weight = {1, exp(1), 1}};
    rating_at middle = steps_at(&scale, 0);
    assert_near(middle.expected, 1, 1e-12);
    assert_near(middle.variance, 2 / (exp(1) + 2), 1e-12);
    assert_near(steps_at(&scale, log(2)).expected, (2 * exp(1) + 8) / (2 * exp(1) + 5), 1e-12);
}

/* Holm 1979, as worked there: p of 0.01, 0.04, 0.03, 0.005 times 3, 1, 2, 4 in rising order of p, and
 * never falling: 0.005 x 4 = 0.02, 0.01 x 3 = 0.03, 0.03 x 2 = 0.06, 0.04 x 1 = 0.04 raised to 0.06. */
static void test_holm_steps_down(void **state)
{
    (void)state;
    const double p[] = {0.01, 0.04, 0.03, 0.005};
    double       corrected[4];
    assert_true(holm_correct(p, 4, corrected));
    assert_near(corrected[0], 0.03, 1e-12);
    assert_near(corrected[1], 0.06, 1e-12);
    assert_near(corrected[2], 0.06, 1e-12);
    assert_near(corrected[3], 0.02, 1e-12);
}

/* With errors of nearly 0 the restricted likelihood's spread is the standard deviation, s, of n values,
 * and the prior moves it a little: n large. -1 and 1 in turn, 1000 of each. */
static void test_spread_of_exact_values_is_their_deviation(void **state)
{
    (void)state;
    static double value[2000];
    static double error[2000];
    for (size_t k = 0; k < 2000; k++) {
        value[k] = k % 2 ? 1 : -1;
        error[k] = 1e-6;
    }
    spread_found found;
    spread_find(&found, value, error, 2000);
    assert_near(found.likeliest, 1, 0.001);
    /* known so well, it adds nothing: 0.5 with an own variance of 1 is 0.5 after */
    assert_near(spread_variance(&found, 0.3, 0.5), 0.5, 0.002);
}

static void test_spread_is_never_0(void **state)
{
    (void)state;
    const double value[] = {0.1, -0.1, 0};
    const double error[] = {0.5, 0.5, 0.5};
    spread_found found;
    spread_find(&found, value, error, 3);
    assert_true(found.likeliest > 0.05);
}

static void test_groups_are_numbered_by_their_first_member(void **state)
{
    (void)state;
    uint32_t parent[5];
    uint32_t number[5];
    joining_start(parent, 5);
    joining_join(parent, 4, 1);
    joining_join(parent, 3, 0);
    assert_int_equal(joining_number(parent, 5, number), 3);
    const uint32_t expected[] = {0, 1, 2, 0, 1};
    assert_memory_equal(number, expected, sizeof expected);
}

/* ---- Symmetries ---------------------------------------------------------------- */

static void assert_same_estimate(const severity_estimate *a, const severity_estimate *b,
                                 double within)
{
    assert_near(a->value, b->value, within);
    assert_near(a->error, b->error, within);
}

static void test_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    static table    made;
    static table    turned;
    severity_result first;
    severity_result second;
    make_ordinary(&made, 60, 5, 1);
    start(&turned, 60, 3, 4, 4);
    for (size_t k = made.data.count; k-- > 0;)
        add_row(&turned, made.audit[k], made.criterion[k], made.auditor[k], made.rating[k]);
    fit(&made.data, &first);
    fit(&turned.data, &second);
    assert_memory_equal(first.auditors, second.auditors, 4 * sizeof *first.auditors);
    assert_memory_equal(first.criteria, second.criteria, 3 * sizeof *first.criteria);
    severity_free(&first);
    severity_free(&second);
}

static void test_names_of_auditors_audits_and_criteria_change_nothing(void **state)
{
    (void)state;
    static table    made;
    static table    named;
    severity_result first;
    severity_result second;
    make_ordinary(&made, 60, 5, 2);
    start(&named, 60, 3, 4, 4);
    for (size_t k = 0; k < made.data.count; k++)
        add_row(&named, 59 - made.audit[k], (made.criterion[k] + 1) % 3, 3 - made.auditor[k],
                made.rating[k]);
    fit(&made.data, &first);
    fit(&named.data, &second);
    for (size_t j = 0; j < 4; j++) {
        assert_same_estimate(&first.auditors[j].logits, &second.auditors[3 - j].logits, 1e-6);
        assert_same_estimate(&first.auditors[j].grades, &second.auditors[3 - j].grades, 1e-6);
        assert_near(first.auditors[j].outfit, second.auditors[3 - j].outfit, 1e-6);
    }
    for (size_t c = 0; c < 3; c++)
        assert_same_estimate(&first.criteria[c].logits, &second.criteria[(c + 1) % 3].logits, 1e-6);
    severity_free(&first);
    severity_free(&second);
}

/* Levels counted from the other end: harsh is generous, hard is easy. */
static void test_a_scale_turned_round_turns_severity_round(void **state)
{
    (void)state;
    static table    made;
    severity_result first;
    severity_result second;
    make_ordinary(&made, 60, 5, 3);
    fit(&made.data, &first);
    for (size_t k = 0; k < made.data.count; k++)
        made.rating[k] = (uint8_t)(3 - made.rating[k]);
    fit(&made.data, &second);
    for (size_t j = 0; j < 4; j++) {
        assert_near(first.auditors[j].logits.value, -second.auditors[j].logits.value, 1e-6);
        assert_near(first.auditors[j].logits.error, second.auditors[j].logits.error, 1e-6);
        assert_near(first.auditors[j].grades.value, -second.auditors[j].grades.value, 1e-4);
    }
    for (size_t k = 0; k < 3; k++)
        assert_near(first.thresholds[k].logits.value, -second.thresholds[2 - k].logits.value, 1e-6);
    severity_free(&first);
    severity_free(&second);
}

/* Every audit twice is twice the information: errors shrink by the root of 2, but for the weak priors,
 * which are not doubled. */
static void test_twice_the_audits_narrow_errors_by_the_root_of_two(void **state)
{
    (void)state;
    static table    made;
    static table    twice;
    severity_result first;
    severity_result second;
    make_ordinary(&made, 200, 5, 4);
    start(&twice, 400, 3, 4, 4);
    for (size_t k = 0; k < 2 * made.data.count; k++) {
        size_t   of = k % made.data.count;
        uint32_t audit = made.audit[of] + (k < made.data.count ? 0 : 200);
        add_row(&twice, audit, made.criterion[of], made.auditor[of], made.rating[of]);
    }
    fit(&made.data, &first);
    fit(&twice.data, &second);
    for (size_t j = 0; j < 4; j++) {
        assert_near(first.auditors[j].logits.value, second.auditors[j].logits.value, 0.002);
        assert_near(first.auditors[j].logits.error / second.auditors[j].logits.error, sqrt(2),
                    0.005);
    }
    severity_free(&first);
    severity_free(&second);
}

/* ---- What the figures say -------------------------------------------------------- */

static void test_shrunken_values_are_nearer_to_the_average(void **state)
{
    (void)state;
    static table    made;
    severity_result found;
    make_ordinary(&made, 60, 0, 5);
    fit(&made.data, &found);
    double sum = 0;
    for (size_t j = 0; j < 4; j++) {
        const severity_auditor *auditor = &found.auditors[j];
        sum += auditor->logits.value;
        assert_true(fabs(auditor->shrunken_logits.value) < fabs(auditor->logits.value));
        assert_true(auditor->shrunken_logits.error < auditor->logits.error);
        /* harsh is less than the average grade */
        assert_true(auditor->logits.value * auditor->grades.value <= 0);
    }
    assert_near(sum, 0, 1e-9);
    severity_free(&found);
}

static void test_harsh_and_generous_auditors_are_told_and_the_average_is_not(void **state)
{
    (void)state;
    static table    made;
    severity_result found;
    make_ordinary(&made, 1200, 20, 6);
    fit(&made.data, &found);
    assert_int_equal(found.auditors[0].verdict, SEVERITY_TOO_GENEROUS);
    assert_int_equal(found.auditors[1].verdict, SEVERITY_AS_OTHERS);
    assert_int_equal(found.auditors[3].verdict, SEVERITY_TOO_HARSH);
    assert_int_equal(found.compared, 4);
    severity_free(&found);
}

/* Auditor 3 rates at random; the others as the model has it. */
static void test_erratic_auditors_have_a_misfit(void **state)
{
    (void)state;
    static table    made;
    severity_result found;
    chance          with = {7};
    make_ordinary(&made, 1000, 0, 7);
    for (size_t k = 0; k < made.data.count; k++)
        if (made.auditor[k] == 3)
            made.rating[k] = (uint8_t)(4 * chance_uniform(&with));
    fit(&made.data, &found);
    for (size_t j = 0; j < 3; j++) {
        assert_near(found.auditors[j].infit, 1, 0.2);
        assert_near(found.auditors[j].outfit, 1, 0.2);
    }
    assert_true(found.auditors[3].infit > 1.4);
    assert_true(found.auditors[3].outfit > 1.4);
    assert_int_equal(found.auditors[3].audits, 250);
    assert_int_equal(found.auditors[3].ratings, 750);
    severity_free(&found);
}

/* ---- How the design hangs together ---------------------------------------------- */

static void test_audits_rated_once_identify_by_allocation_alone(void **state)
{
    (void)state;
    static table    made;
    severity_result found;
    make_ordinary(&made, 40, 0, 8);
    fit(&made.data, &found);
    assert_int_equal(found.identified, SEVERITY_BY_ALLOCATION);
    assert_int_equal(found.link_groups, 4);
    assert_int_equal(found.audits_linking, 0);
    assert_int_equal(found.graph_groups, 1); /* the criteria join them */
    assert_false(found.auditors[0].linked);
    assert_int_equal(found.auditors[2].link_group, 2);
    severity_free(&found);
}

/* Audits 0 and 1 are rated by auditors 0 and 2 both; auditors 1 and 3 stand by themselves. */
static void test_linked_auditors_are_named(void **state)
{
    (void)state;
    static table    made;
    severity_result found;
    make_ordinary(&made, 40, 0, 9);
    for (uint32_t c = 0; c < 3; c++) {
        add_row(&made, 0, c, 2, 1);
        add_row(&made, 2, c, 0, 2);
    }
    fit(&made.data, &found);
    assert_int_equal(found.identified, SEVERITY_BY_BOTH);
    assert_int_equal(found.audits_linking, 2);
    assert_int_equal(found.link_groups, 3);
    assert_true(found.auditors[0].linked && found.auditors[2].linked);
    assert_false(found.auditors[1].linked || found.auditors[3].linked);
    assert_int_equal(found.auditors[0].link_group, found.auditors[2].link_group);
    severity_free(&found);
}

static void test_all_linked_identify_by_links(void **state)
{
    (void)state;
    static table    made;
    severity_result found;
    make_ordinary(&made, 40, 2, 10);
    fit(&made.data, &found);
    assert_int_equal(found.identified, SEVERITY_BY_LINKS);
    assert_int_equal(found.link_groups, 1);
    severity_free(&found);
}

/* Auditors 0 and 1 rate criterion 0 alone, 2 and 3 criterion 1: what is harsh and what is hard cannot
 * be told apart, and each pair is compared within itself. */
static void test_auditors_without_common_criteria_are_compared_within_their_group(void **state)
{
    (void)state;
    static table    made;
    severity_result found;
    chance          with = {11};
    start(&made, 80, 2, 4, 3);
    for (uint32_t i = 0; i < 80; i++)
        add_row(&made, i, i % 4 / 2, i % 4, (uint8_t)(3 * chance_uniform(&with)));
    assert_int_equal(fit(&made.data, &found), SEVERITY_FITTED);
    assert_int_equal(found.criteria_groups, 2);
    assert_int_equal(found.graph_groups, 2);
    for (size_t j = 0; j < 4; j += 2)
        assert_near(found.auditors[j].logits.value + found.auditors[j + 1].logits.value, 0, 1e-9);
    assert_true(found.auditors[0].logits.error < 2);
    severity_free(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effect_in_grades_is_the_difference_in_shares),
        cmocka_unit_test(test_rating_scale),
        cmocka_unit_test(test_holm_steps_down),
        cmocka_unit_test(test_spread_of_exact_values_is_their_deviation),
        cmocka_unit_test(test_spread_is_never_0),
        cmocka_unit_test(test_groups_are_numbered_by_their_first_member),
        cmocka_unit_test(test_order_of_rows_changes_nothing),
        cmocka_unit_test(test_names_of_auditors_audits_and_criteria_change_nothing),
        cmocka_unit_test(test_a_scale_turned_round_turns_severity_round),
        cmocka_unit_test(test_twice_the_audits_narrow_errors_by_the_root_of_two),
        cmocka_unit_test(test_shrunken_values_are_nearer_to_the_average),
        cmocka_unit_test(test_harsh_and_generous_auditors_are_told_and_the_average_is_not),
        cmocka_unit_test(test_erratic_auditors_have_a_misfit),
        cmocka_unit_test(test_audits_rated_once_identify_by_allocation_alone),
        cmocka_unit_test(test_linked_auditors_are_named),
        cmocka_unit_test(test_all_linked_identify_by_links),
        cmocka_unit_test(test_auditors_without_common_criteria_are_compared_within_their_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
