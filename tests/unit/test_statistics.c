/* test_statistics.c - statistics where they are not defined, and what must hold of any. Values of
 * ordinary cases are held in tests/statistics. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "statistics/statistics.h"

enum { M = STATISTICS_MISSING };

/* cmocka's own compares as float. */
#define assert_near(one, other, apart) assert_true(fabs((one) - (other)) <= (apart))

static const statistics_kind kinds[] = {
    STATISTICS_PERCENT,          STATISTICS_COHEN,          STATISTICS_FLEISS, STATISTICS_GWET,
    STATISTICS_BRENNAN_PREDIGER, STATISTICS_ALPHA_WEIGHTED, STATISTICS_ALPHA};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* Linear weights; alpha is ordinal. */
static statistics_estimate of_ratings(statistics_kind kind, size_t categories, size_t units,
                                      size_t raters, const uint16_t *grades)
{
    const statistics_ratings ratings = {units, raters, categories, grades};
    statistics_weights       weights;
    statistics_counts        counts;
    statistics_table         table;
    statistics_estimate      found;

    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, categories, NULL, &weights), 0);
    const statistics_measure measure = {kind, &weights, STATISTICS_RANKED, NULL};
    statistics_reason        reason;
    if (kind == STATISTICS_COHEN) {
        reason = statistics_tabulate(&ratings, 0, raters - 1, &table);
        found = reason ? (statistics_estimate){.reason = reason}
                       : statistics_table_agreement(&measure, &table, 0.95, STATISTICS_BY_T);
        statistics_table_free(&table);
    } else {
        reason = statistics_count(&ratings, &counts);
        found = reason ? (statistics_estimate){.reason = reason}
                       : statistics_agreement(&measure, &counts, 0.95, STATISTICS_BY_T);
        statistics_counts_free(&counts);
    }
    statistics_weights_free(&weights);
    return found;
}

static statistics_estimate of_table(statistics_kind kind, size_t categories, const uint64_t *cells)
{
    uint64_t           copy[36];
    statistics_weights weights;

    memcpy(copy, cells, categories * categories * sizeof *copy);
    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, categories, NULL, &weights), 0);
    const statistics_measure  measure = {kind, &weights, STATISTICS_RANKED, NULL};
    const statistics_table    table = {categories, copy};
    const statistics_estimate found =
        statistics_table_agreement(&measure, &table, 0.95, STATISTICS_BY_T);
    statistics_weights_free(&weights);
    return found;
}

#define TABLE(q, ...) (&(statistics_table){q, (uint64_t[(q) * (q)]){__VA_ARGS__}})

/* ---- Where nothing can be estimated ---------------------------------------------------------- */

static void test_no_units_are_nothing(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++)
        assert_int_equal(of_ratings(kinds[k], 4, 0, 2, NULL).reason, STATISTICS_NOTHING);
}

static void test_an_empty_table_is_nothing(void **state)
{
    (void)state;
    static const uint64_t none[16] = {0};
    for (size_t k = 0; k < KINDS; k++)
        assert_int_equal(of_table(kinds[k], 4, none).reason, STATISTICS_NOTHING);
}

static void test_ratings_that_are_all_missing_are_nothing(void **state)
{
    (void)state;
    static const uint16_t grades[] = {M, M, M, M};
    for (size_t k = 0; k < KINDS; k++)
        assert_int_equal(of_ratings(kinds[k], 4, 2, 2, grades).reason, STATISTICS_NOTHING);
}

static void test_one_rater_makes_no_pairs(void **state)
{
    (void)state;
    static const uint16_t grades[] = {0, 1, 2};
    for (size_t k = 0; k < KINDS; k++)
        if (kinds[k] != STATISTICS_COHEN)
            assert_int_equal(of_ratings(kinds[k], 4, 3, 1, grades).reason, STATISTICS_NO_PAIRS);
}

static void test_raters_without_a_unit_in_common_make_no_pairs(void **state)
{
    (void)state;
    static const uint16_t grades[] = {0, M, 1, M, M, 2, M, 3};
    for (size_t k = 0; k < KINDS; k++)
        assert_int_equal(of_ratings(kinds[k], 4, 4, 2, grades).reason,
                         kinds[k] == STATISTICS_COHEN ? STATISTICS_NOTHING : STATISTICS_NO_PAIRS);
}

/* One grade used by everyone: kappa and alpha are 0/0, never 1 and never 0; AC, Brennan-Prediger
 * and plain agreement are 1. */
static void test_one_grade_used_by_all_leaves_kappa_undefined(void **state)
{
    (void)state;
    static const uint16_t grades[] = {2, 2, 2, 2, 2, 2};
    for (size_t k = 0; k < KINDS; k++) {
        const statistics_estimate found = of_ratings(kinds[k], 4, 3, 2, grades);
        if (kinds[k] == STATISTICS_PERCENT || kinds[k] == STATISTICS_GWET ||
            kinds[k] == STATISTICS_BRENNAN_PREDIGER) {
            assert_int_equal(found.reason, STATISTICS_FINE);
            assert_true(found.value == 1.0);
        } else {
            assert_int_equal(found.reason, STATISTICS_NO_VARIATION);
            assert_true(found.value == 0.0 && found.error == 0.0);
        }
    }
}

static void test_a_scale_of_one_category_leaves_agreement_alone(void **state)
{
    (void)state;
    static const uint16_t grades[] = {0, 0, 0, 0};
    for (size_t k = 0; k < KINDS; k++)
        assert_int_equal(of_ratings(kinds[k], 1, 2, 2, grades).reason,
                         kinds[k] == STATISTICS_PERCENT ? STATISTICS_FINE
                                                        : STATISTICS_ONE_CATEGORY);
}

static void test_one_unit_has_a_value_and_no_error(void **state)
{
    (void)state;
    static const uint16_t grades[] = {0, 1};
    for (size_t k = 0; k < KINDS; k++) {
        const statistics_estimate found = of_ratings(kinds[k], 4, 1, 2, grades);
        assert_int_equal(found.reason, STATISTICS_FINE);
        assert_int_equal(found.unsure, STATISTICS_ONE_UNIT);
        assert_true(isfinite(found.value));
    }
}

static void test_grades_off_the_scale_are_not_counted(void **state)
{
    (void)state;
    static const uint16_t     grades[] = {0, 7, 1, 1, 9, 9};
    const statistics_estimate found = of_ratings(STATISTICS_PERCENT, 2, 3, 2, grades);
    assert_int_equal(found.units, 2);
    assert_true(found.value == 1.0);
}

static void test_ten_thousand_raters_are_no_more_than_their_ratings(void **state)
{
    (void)state;
    const size_t units = 40, raters = 10000;
    uint16_t    *grades = malloc(units * raters * sizeof *grades);
    assert_non_null(grades);
    for (size_t i = 0; i < units * raters; i++)
        grades[i] = (uint16_t)((i / raters + (i % 10 == 0)) % 4);
    /* A tenth of the raters say one grade more: of the pairs of one unit, nearly 2 * 0.1 * 0.9
     * differ. */
    const statistics_estimate found = of_ratings(STATISTICS_PERCENT, 4, units, raters, grades);
    /* Linear weights: one grade apart is 2/3, and from the highest to the lowest 0 in one of 4
     * units. */
    assert_near(found.value, 1 - 0.18 * (0.75 / 3 + 0.25), 1e-4);
    assert_int_equal(of_ratings(STATISTICS_ALPHA, 4, units, raters, grades).reason, 0);
    free(grades);
}

static void test_weights_of_another_size_are_refused(void **state)
{
    (void)state;
    statistics_weights weights;
    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, 3, NULL, &weights), 0);
    const statistics_measure measure = {.kind = STATISTICS_GWET, .weights = &weights};
    assert_int_equal(
        statistics_table_agreement(&measure, TABLE(2, 1, 2, 3, 4), 0.95, STATISTICS_BY_T).reason,
        STATISTICS_WEIGHTS_SIZE);
    statistics_weights_free(&weights);
}

static void test_weights_that_are_no_shares_are_refused(void **state)
{
    (void)state;
    static const double refused[][4] = {
        {1, NAN, 0, 1}, {1, 2, 0, 1}, {0, 1, 1, 0}, {1, -1, 0, 1}, {INFINITY, 0, 0, 1}};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        double cells[4];
        memcpy(cells, refused[i], sizeof cells);
        assert_int_equal(statistics_weights_check(&(statistics_weights){2, cells}),
                         STATISTICS_WEIGHTS_RANGE);
    }
}

static void test_weights_without_a_distance_are_refused(void **state)
{
    (void)state;
    static const double same[] = {2, 2}, opposite[] = {-1, 1};
    statistics_weights  weights;
    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, 2, same, &weights),
                     STATISTICS_WEIGHTS_VALUES);
    assert_int_equal(statistics_weights_make(STATISTICS_RATIO, 2, opposite, &weights),
                     STATISTICS_WEIGHTS_VALUES);
}

static void test_tables_that_do_not_differ_have_no_test(void **state)
{
    (void)state;
    const statistics_table *same = TABLE(3, 5, 0, 0, 0, 2, 0, 0, 0, 1);
    assert_int_equal(statistics_bowker(same).reason, STATISTICS_NO_DIFFERENCE);
    assert_int_equal(statistics_stuart_maxwell(same).reason, STATISTICS_NO_DIFFERENCE);
    assert_int_equal(statistics_bhapkar(same).reason, STATISTICS_NO_DIFFERENCE);
    assert_int_equal(statistics_mcnemar(0, 0).plain.reason, STATISTICS_NO_DIFFERENCE);
    assert_true(statistics_sign_test(0, 0) == 1.0);
}

/* Grades 1 and 2 are exchanged, and 3 and 4, and never between: the covariances of three of them
 * are singular, though a rounded inverse may be found. */
static void test_categories_in_two_parts_are_not_estimable(void **state)
{
    (void)state;
    const statistics_table *parts = TABLE(4, 1, 3, 0, 0, 1, 1, 0, 0, 0, 0, 1, 7, 0, 0, 2, 1);
    assert_int_equal(statistics_stuart_maxwell(parts).reason, STATISTICS_SINGULAR);
    assert_int_equal(statistics_bhapkar(parts).reason, STATISTICS_SINGULAR);
}

/* A category that both use alike stays: d = (2, -2, 0) over rows less columns. By hand, of the
 * first two: S = [[6, -4], [-4, 6]], d' S^-1 d = (2, -2) (1/20) [[6, 4], [4, 6]] (2, -2) = 8 * 2 /
 * 20 = 0.8. Dropping the third for its equal marginals would give 4 / 4 = 1. */
static void test_equal_marginals_keep_their_category(void **state)
{
    (void)state;
    const statistics_test found = statistics_stuart_maxwell(TABLE(3, 5, 3, 1, 1, 5, 1, 1, 1, 5));
    assert_int_equal(found.df, 2);
    assert_near(found.statistic, 0.8, 1e-12);
}

/* Everyone differs in one direction: SM = 4, N = 4, and SM / (1 - SM / N) is infinite. */
static void test_bhapkar_of_one_direction_alone_is_not_estimable(void **state)
{
    (void)state;
    assert_int_equal(statistics_bhapkar(TABLE(2, 0, 4, 0, 0)).reason, STATISTICS_CERTAIN);
}

static void test_intervals_of_nothing_say_nothing(void **state)
{
    (void)state;
    const interval found[] = {statistics_wilson(0, 0, 0.95),
                              statistics_wilson(3, 2, 0.95),
                              statistics_wilson(1, 2, 1),
                              statistics_clopper_pearson(0, 0, 0.95),
                              statistics_posterior(2, 1, 1, 1, 0.95).sure,
                              statistics_wilson_corrected(1, 2, NAN)};
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++)
        assert_true(found[i].low == 0.0 && found[i].high == 1.0);
    assert_true(statistics_newcombe(1, 0, 1, 2, 0.95).low == -1.0);
}

static void test_samples_that_cannot_be_large_enough(void **state)
{
    (void)state;
    assert_int_equal(statistics_discovery(20, 0, 0.95).reason, STATISTICS_NEVER);
    assert_int_equal(statistics_discovery(0, 0, 0.95).reason, STATISTICS_NOTHING);
    assert_int_equal(statistics_discovery(20, 2, 1).reason, STATISTICS_NEVER);
    assert_int_equal(statistics_zero_failures(1, 0.95).reason, STATISTICS_NEVER);
    /* 0.5^4 = 0.0625 > 0.05: with four trials nothing is significant. */
    assert_int_equal(statistics_binomial_power(4, 0.5, 0.9, 0.05).reason, STATISTICS_NO_REGION);
}

/* 1 - 0.9 is 0.09999999999999998 in a computer: 9 of 10 miss the one fault 1 time in 10. */
static void test_a_limit_that_is_just_met_is_met(void **state)
{
    (void)state;
    assert_int_equal(statistics_discovery(10, 1, 0.9).sample, 9);
    assert_int_equal(statistics_zero_failures(0.1, 0.9).sample, 1);
}

/* ---- Small cases by hand --------------------------------------------------------------------- */

/* Two groups of two, both of the second succeed: of C(4, 2) = 6 ways one is as far up, one as far
 * down. */
static void test_exact_trend_counts_the_ways(void **state)
{
    (void)state;
    const statistics_trend found =
        statistics_trend_test((uint64_t[]){0, 2}, (uint64_t[]){2, 2}, NULL, 2);
    assert_true(found.has_exact);
    assert_near(found.exact_one_sided, 1.0 / 6, 1e-12);
    assert_near(found.exact, 1.0 / 3, 1e-12);
}

/* At random on marginals .05/.10/.70/.15 quadratic AC2 scores .82: sum w p p = 1 - 2 Var / 9. Mean
 * 2.95, square mean 0.05 + 0.4 + 6.3 + 2.4 = 9.15, Var = 0.4475: agreed 0.90056. sum w = 16 - 2 (3
 * * 1 + 2 * 4 + 9) / 9 = 11.5556; sum p (1 - p) = 1 - 0.525 = 0.475; expected 11.5556 * 0.475 / 12
 * = 0.45741. (0.90056 - 0.45741) / 0.54259 = 0.8167. */
static void test_quadratic_ac2_at_random_is_high(void **state)
{
    (void)state;
    static const double shares[] = {0.05, 0.10, 0.70, 0.15};
    statistics_weights  weights;
    assert_int_equal(statistics_weights_make(STATISTICS_QUADRATIC, 4, NULL, &weights), 0);
    const statistics_measure  measure = {.kind = STATISTICS_GWET, .weights = &weights};
    const statistics_estimate found = statistics_at_random(&measure, shares, shares);
    assert_near(found.value, 0.8167, 0.0001);
    statistics_weights_free(&weights);
}

/* Rows the auditor, columns the moderator, lowest first. */
static void test_comparison_of_two_raters(void **state)
{
    (void)state;
    const statistics_comparison found =
        statistics_compare(TABLE(4, 1, 0, 0, 0, 2, 3, 0, 0, 1, 4, 5, 1, 0, 0, 3, 6));
    assert_int_equal(found.compared, 26);
    assert_int_equal(found.same, 15);
    assert_int_equal(found.first_higher, 10);
    assert_int_equal(found.second_higher, 1);
    assert_int_equal(found.within_one, 25); /* all but one that is two apart */
    assert_int_equal(found.missed_lowest, 3);
    assert_near(found.mean_shift, (2 + 4 + 3 + 2 - 1) / 26.0, 1e-15);
}

/* 2 * P(X <= 0) = 2 / 2^n: 5 pairs that differ cannot be significant, 6 can. */
static void test_fewer_than_six_differences_are_never_significant(void **state)
{
    (void)state;
    assert_near(statistics_sign_test(5, 0), 0.0625, 1e-15);
    assert_near(statistics_sign_test(0, 6), 0.03125, 1e-15);
}

static void test_standing_by_number_of_units(void **state)
{
    (void)state;
    static const struct {
        uint64_t            units;
        statistics_standing standing;
    } expected[] = {
        {0, STATISTICS_COUNTS_ALONE}, {4, STATISTICS_COUNTS_ALONE}, {5, STATISTICS_INDICATIVE},
        {9, STATISTICS_INDICATIVE},   {10, STATISTICS_WITH_CARE},   {19, STATISTICS_WITH_CARE},
        {20, STATISTICS_SOUND},       {49, STATISTICS_SOUND},       {50, STATISTICS_COMPARABLE}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_int_equal(statistics_standing_of(expected[i].units), expected[i].standing);
}

static void test_warnings(void **state)
{
    (void)state;
    /* 20 grades: 2, 0 and 18: two are seldom, the third is 90%. */
    statistics_warnings found = statistics_warnings_of(TABLE(3, 1, 0, 0, 0, 0, 0, 0, 0, 9));
    assert_true(found.all_agree);
    assert_int_equal(found.seldom, 2);
    assert_int_equal(found.dominant, 2);
    assert_near(found.dominant_share, 0.9, 1e-15);
    /* Exactly 80% is not over it. */
    found = statistics_warnings_of(TABLE(2, 1, 1, 1, 7));
    assert_false(found.all_agree);
    assert_int_equal(found.seldom, 0);
    assert_int_equal(found.dominant, 2);
    assert_false(statistics_warnings_of(TABLE(2, 0, 0, 0, 0)).all_agree);
}

/* ---- What holds of any ratings
 * ------------------------------------------------------------------ */

/* Numbers that look like chance, the same on every machine. */
static uint32_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

enum { UNITS = 25, RATERS = 4, GRADES = 4 };

/* Raters who mostly agree; `missing`: one in eight ratings is. */
static void make_ratings(uint64_t *seed, size_t raters, bool missing, uint16_t *grades)
{
    for (size_t u = 0; u < UNITS; u++) {
        const uint32_t truth = next(seed) % GRADES;
        for (size_t r = 0; r < raters; r++) {
            const uint32_t apart = next(seed) % 8;
            const uint32_t grade = apart == 0 ? next(seed) % GRADES : truth;
            grades[u * raters + r] = missing && next(seed) % 8 == 0 ? M : (uint16_t)grade;
        }
    }
}

static void assert_same(statistics_estimate one, statistics_estimate other)
{
    assert_int_equal(one.reason, other.reason);
    assert_int_equal(one.unsure, other.unsure);
    assert_near(one.value, other.value, 1e-12);
    assert_near(one.error, other.error, 1e-12);
}

static void test_the_order_of_units_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 20; round++) {
        uint16_t grades[UNITS * RATERS], turned[UNITS * RATERS];
        make_ratings(&seed, RATERS, true, grades);
        for (size_t u = 0; u < UNITS; u++) /* 25 and 7 have no divisor in common */
            memcpy(turned + u * RATERS, grades + u * 7 % UNITS * RATERS, RATERS * sizeof *grades);
        for (size_t k = 0; k < KINDS; k++)
            assert_same(of_ratings(kinds[k], GRADES, UNITS, RATERS, grades),
                        of_ratings(kinds[k], GRADES, UNITS, RATERS, turned));
    }
}

/* Cohen's kappa too: it is the same of the table and its mirror. */
static void test_the_order_of_raters_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (int round = 0; round < 20; round++) {
        uint16_t grades[UNITS * RATERS], turned[UNITS * RATERS];
        make_ratings(&seed, RATERS, true, grades);
        for (size_t i = 0; i < UNITS * RATERS; i++)
            turned[i] = grades[i / RATERS * RATERS + (RATERS - 1 - i % RATERS)];
        for (size_t k = 0; k < KINDS; k++)
            assert_same(of_ratings(kinds[k], GRADES, UNITS, RATERS, grades),
                        of_ratings(kinds[k], GRADES, UNITS, RATERS, turned));
    }
}

static void make_table(uint64_t *seed, uint64_t *cells, uint64_t *mirrored)
{
    for (size_t k = 0; k < GRADES; k++)
        for (size_t l = 0; l < GRADES; l++) {
            cells[k * GRADES + l] = next(seed) % (k == l ? 20 : 5);
            mirrored[l * GRADES + k] = cells[k * GRADES + l];
        }
}

static void test_swapping_raters_mirrors_the_direction(void **state)
{
    (void)state;
    uint64_t seed = 13;
    for (int round = 0; round < 50; round++) {
        uint64_t cells[GRADES * GRADES], turned[GRADES * GRADES];
        make_table(&seed, cells, turned);
        const statistics_table      table = {GRADES, cells}, mirror = {GRADES, turned};
        const statistics_comparison one = statistics_compare(&table);
        const statistics_comparison other = statistics_compare(&mirror);
        assert_int_equal(one.first_higher, other.second_higher);
        assert_int_equal(one.second_higher, other.first_higher);
        assert_int_equal(one.same, other.same);
        assert_near(one.mean_shift, -other.mean_shift, 1e-12);
        assert_near(statistics_bowker(&table).statistic, statistics_bowker(&mirror).statistic,
                    1e-9);
        assert_near(statistics_stuart_maxwell(&table).statistic,
                    statistics_stuart_maxwell(&mirror).statistic, 1e-9);
    }
}

/* Of a table the error's divisor is n: with every unit twice it is smaller by exactly sqrt 2. Alpha
 * moves a little, as its correction for small samples does. */
static void test_every_unit_twice_narrows_the_interval(void **state)
{
    (void)state;
    uint64_t seed = 14;
    for (int round = 0; round < 20; round++) {
        uint64_t cells[GRADES * GRADES], twice[GRADES * GRADES];
        make_table(&seed, cells, twice);
        for (size_t i = 0; i < GRADES * GRADES; i++)
            twice[i] = 2 * cells[i];
        for (size_t k = 0; k < KINDS; k++) {
            const statistics_estimate one = of_table(kinds[k], GRADES, cells);
            const statistics_estimate both = of_table(kinds[k], GRADES, twice);
            const bool                alpha =
                kinds[k] == STATISTICS_ALPHA || kinds[k] == STATISTICS_ALPHA_WEIGHTED;
            assert_near(one.value, both.value, alpha ? 0.03 : 1e-12);
            assert_near(both.error * sqrt(2) / one.error, 1, alpha ? 0.05 : 1e-9);
            assert_true(both.sure.high - both.sure.low < one.sure.high - one.sure.low);
        }
    }
}

/* Leaving out one of n agreements: the jackknife's error of a mean is s / sqrt n, as the
 * formula's. */
static void test_the_jackknife_of_a_mean_is_its_error(void **state)
{
    (void)state;
    uint64_t seed = 15;
    uint16_t grades[UNITS * 2];
    make_ratings(&seed, 2, false, grades);
    const statistics_ratings ratings = {UNITS, 2, GRADES, grades};
    statistics_counts        counts;
    statistics_weights       weights;
    assert_int_equal(statistics_count(&ratings, &counts), 0);
    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, GRADES, NULL, &weights), 0);
    const statistics_measure  measure = {.kind = STATISTICS_PERCENT, .weights = &weights};
    const statistics_estimate formula =
        statistics_agreement(&measure, &counts, 0.95, STATISTICS_BY_T);
    const statistics_spread left_out = statistics_jackknife(&measure, &counts, 0.95);
    assert_near(left_out.error, formula.error, 1e-12);
    assert_near(left_out.sure.low, formula.sure.low, 1e-12);
    statistics_weights_free(&weights);
    statistics_counts_free(&counts);
}

/* The same seed gives the same interval; of many units it is close to the formula's. */
static void test_the_bootstrap_repeats_and_agrees_with_the_formula(void **state)
{
    (void)state;
    const statistics_table *table = TABLE(4, 40, 9, 1, 0, 6, 55, 12, 1, 1, 10, 70, 8, 0, 2, 9, 50);
    statistics_weights      weights;
    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, 4, NULL, &weights), 0);
    for (size_t k = 0; k < KINDS; k++) {
        const statistics_measure  measure = {kinds[k], &weights, STATISTICS_RANKED, NULL};
        const statistics_estimate formula =
            statistics_table_agreement(&measure, table, 0.95, STATISTICS_BY_T);
        const statistics_spread one = statistics_table_bootstrap(&measure, table, 0.95, 2000, 7);
        const statistics_spread again = statistics_table_bootstrap(&measure, table, 0.95, 2000, 7);
        const statistics_spread other = statistics_table_bootstrap(&measure, table, 0.95, 2000, 8);
        assert_int_equal(one.reason, STATISTICS_FINE);
        assert_memory_equal(&one, &again, sizeof one);
        assert_true(one.sure.low != other.sure.low);
        assert_near(one.error / formula.error, 1, 0.06);
        assert_near(one.sure.low, formula.sure.low, 0.5 * formula.error);
        assert_near(one.sure.high, formula.sure.high, 0.5 * formula.error);
    }
    statistics_weights_free(&weights);
}

/* scipy.stats.bootstrap, BCa with 9,999 resamples, of the same units' agreement: .9027 to .9392. */
static void test_the_bootstrap_is_that_of_scipy(void **state)
{
    (void)state;
    const statistics_table *table = TABLE(4, 40, 9, 1, 0, 6, 55, 12, 1, 1, 10, 70, 8, 0, 2, 9, 50);
    statistics_weights      weights;
    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, 4, NULL, &weights), 0);
    const statistics_measure measure = {.kind = STATISTICS_PERCENT, .weights = &weights};
    const statistics_spread  found = statistics_table_bootstrap(&measure, table, 0.95, 9999, 1);
    assert_near(found.sure.low, 0.9027, 0.0015);
    assert_near(found.sure.high, 0.9392, 0.0015);
    statistics_weights_free(&weights);
}

/* A table and its mirror image, which is the raters exchanged; and units in another order. */
static void test_the_bootstrap_knows_no_order(void **state)
{
    (void)state;
    static const uint32_t    first[] = {2, 0, 0, 1, 1, 0, 0, 2, 0, 0, 1, 1, 2, 0, 0, 0, 0, 2};
    static const uint32_t    other[] = {0, 1, 1, 0, 0, 2, 1, 1, 0, 2, 0, 0, 0, 2, 0, 2, 0, 0};
    const statistics_counts  units = {.units = 6, .categories = 3, .counts = (uint32_t *)first};
    const statistics_counts  shuffled = {.units = 6, .categories = 3, .counts = (uint32_t *)other};
    const statistics_measure alpha = {.kind = STATISTICS_ALPHA, .metric = STATISTICS_RANKED};
    const statistics_spread  one = statistics_bootstrap(&alpha, &units, 0.95, 1000, 3);
    const statistics_spread  two = statistics_bootstrap(&alpha, &shuffled, 0.95, 1000, 3);
    statistics_weights       weights;

    assert_int_equal(one.reason, STATISTICS_FINE);
    assert_memory_equal(&one, &two, sizeof one);

    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, 3, NULL, &weights), 0);
    const statistics_measure kappa = {.kind = STATISTICS_COHEN, .weights = &weights};
    const statistics_spread  there =
        statistics_table_bootstrap(&kappa, TABLE(3, 9, 4, 0, 1, 12, 3, 2, 0, 8), 0.95, 1000, 3);
    const statistics_spread back =
        statistics_table_bootstrap(&kappa, TABLE(3, 9, 1, 2, 4, 12, 0, 0, 3, 8), 0.95, 1000, 3);
    statistics_weights_free(&weights);
    assert_int_equal(there.reason, STATISTICS_FINE);
    assert_near(there.sure.low, back.sure.low, 1e-12);
    assert_near(there.sure.high, back.sure.high, 1e-12);
}

/* Ten that agree: no resample differs, which shows nothing of how sure the figure is. */
static void test_a_bootstrap_without_spread_has_a_reason(void **state)
{
    (void)state;
    statistics_weights weights;
    assert_int_equal(statistics_weights_make(STATISTICS_LINEAR, 2, NULL, &weights), 0);
    const statistics_measure gwet = {.kind = STATISTICS_GWET, .weights = &weights};
    const statistics_spread  found =
        statistics_table_bootstrap(&gwet, TABLE(2, 6, 0, 0, 4), 0.95, 1000, 1);
    assert_int_equal(found.reason, STATISTICS_NO_SPREAD);
    statistics_weights_free(&weights);
}

/* Two of three units alike: 1 resample in 27 * 3 and more has one grade alone, and kappa is then
 * 0/0. */
static void test_a_bootstrap_of_units_too_alike_is_refused(void **state)
{
    (void)state;
    statistics_weights weights;
    assert_int_equal(statistics_weights_make(STATISTICS_IDENTITY, 2, NULL, &weights), 0);
    const statistics_measure measure = {.kind = STATISTICS_COHEN, .weights = &weights};
    const statistics_spread  found =
        statistics_table_bootstrap(&measure, TABLE(2, 2, 0, 0, 1), 0.95, 1000, 1);
    assert_int_equal(found.reason, STATISTICS_UNSTABLE);
    assert_true(found.refused > 50);
    statistics_weights_free(&weights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_units_are_nothing),
        cmocka_unit_test(test_an_empty_table_is_nothing),
        cmocka_unit_test(test_ratings_that_are_all_missing_are_nothing),
        cmocka_unit_test(test_one_rater_makes_no_pairs),
        cmocka_unit_test(test_raters_without_a_unit_in_common_make_no_pairs),
        cmocka_unit_test(test_one_grade_used_by_all_leaves_kappa_undefined),
        cmocka_unit_test(test_a_scale_of_one_category_leaves_agreement_alone),
        cmocka_unit_test(test_one_unit_has_a_value_and_no_error),
        cmocka_unit_test(test_grades_off_the_scale_are_not_counted),
        cmocka_unit_test(test_ten_thousand_raters_are_no_more_than_their_ratings),
        cmocka_unit_test(test_weights_of_another_size_are_refused),
        cmocka_unit_test(test_weights_that_are_no_shares_are_refused),
        cmocka_unit_test(test_weights_without_a_distance_are_refused),
        cmocka_unit_test(test_tables_that_do_not_differ_have_no_test),
        cmocka_unit_test(test_categories_in_two_parts_are_not_estimable),
        cmocka_unit_test(test_equal_marginals_keep_their_category),
        cmocka_unit_test(test_bhapkar_of_one_direction_alone_is_not_estimable),
        cmocka_unit_test(test_intervals_of_nothing_say_nothing),
        cmocka_unit_test(test_samples_that_cannot_be_large_enough),
        cmocka_unit_test(test_a_limit_that_is_just_met_is_met),
        cmocka_unit_test(test_exact_trend_counts_the_ways),
        cmocka_unit_test(test_quadratic_ac2_at_random_is_high),
        cmocka_unit_test(test_comparison_of_two_raters),
        cmocka_unit_test(test_fewer_than_six_differences_are_never_significant),
        cmocka_unit_test(test_standing_by_number_of_units),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_the_order_of_units_changes_nothing),
        cmocka_unit_test(test_the_order_of_raters_changes_nothing),
        cmocka_unit_test(test_swapping_raters_mirrors_the_direction),
        cmocka_unit_test(test_every_unit_twice_narrows_the_interval),
        cmocka_unit_test(test_the_jackknife_of_a_mean_is_its_error),
        cmocka_unit_test(test_the_bootstrap_repeats_and_agrees_with_the_formula),
        cmocka_unit_test(test_the_bootstrap_is_that_of_scipy),
        cmocka_unit_test(test_the_bootstrap_knows_no_order),
        cmocka_unit_test(test_a_bootstrap_without_spread_has_a_reason),
        cmocka_unit_test(test_a_bootstrap_of_units_too_alike_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
