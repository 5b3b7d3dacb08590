/* test_severity_degenerate.c - little, lopsided or impossible data: a value or a named reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>

#include <cmocka.h>

#include "severity/severity.h"
#include "simulation/ratings.h"

enum { ROWS_MOST = 2048 };
static uint32_t audit[ROWS_MOST];
static uint32_t criterion[ROWS_MOST];
static uint32_t auditor[ROWS_MOST];
static uint8_t  rating[ROWS_MOST];

static severity_data start(size_t audits, size_t criteria, size_t auditors, unsigned levels)
{
    return (severity_data){0,      audit,    criterion, auditor, rating,
                           audits, criteria, auditors,  levels};
}

static void add_row(severity_data *data, size_t i, size_t c, size_t j, unsigned k)
{
    assert_true(data->count < ROWS_MOST);
    audit[data->count] = (uint32_t)i;
    criterion[data->count] = (uint32_t)c;
    auditor[data->count] = (uint32_t)j;
    rating[data->count++] = (uint8_t)k;
}

static bool finite_estimate(const severity_estimate *found)
{
    return isfinite(found->value) && isfinite(found->error) && isfinite(found->low) &&
           isfinite(found->high) && found->error >= 0;
}

/* Fits, and holds every number to be finite. */
static severity_result fit(const severity_data *data)
{
    severity_result found;
    assert_true(severity_fit(data, &found));
    for (size_t j = 0; j < data->auditor_count; j++) {
        const severity_auditor *one = &found.auditors[j];
        assert_true(finite_estimate(&one->logits) && finite_estimate(&one->grades));
        assert_true(finite_estimate(&one->shrunken_logits));
        assert_true(finite_estimate(&one->shrunken_grades));
        assert_true(isfinite(one->infit) && isfinite(one->outfit));
        assert_true(one->p >= 0 && one->p <= 1 && one->p_corrected >= 0 && one->p_corrected <= 1);
    }
    for (size_t c = 0; c < data->criterion_count; c++)
        assert_true(finite_estimate(&found.criteria[c].logits));
    for (unsigned k = 0; k + 1 < data->levels; k++)
        assert_true(finite_estimate(&found.thresholds[k].logits));
    assert_true(finite_estimate(&found.audit_mean) && finite_estimate(&found.audit_spread));
    assert_true(isfinite(found.auditor_spread) && isfinite(found.log_likelihood));
    return found;
}

static void assert_status(const severity_data *data, severity_status expected)
{
    severity_result found = fit(data);
    assert_string_equal(severity_status_text(found.status), severity_status_text(expected));
    severity_free(&found);
}

static void test_no_ratings(void **state)
{
    (void)state;
    severity_data data = start(0, 0, 0, 4);
    assert_status(&data, SEVERITY_NO_RATINGS);
    data = start(5, 5, 5, 4);
    assert_status(&data, SEVERITY_NO_RATINGS);
}

static void test_one_rating(void **state)
{
    (void)state;
    severity_data data = start(1, 1, 1, 4);
    add_row(&data, 0, 0, 0, 2);
    assert_status(&data, SEVERITY_ALL_ALIKE);
}

static void test_all_ratings_alike(void **state)
{
    (void)state;
    severity_data data = start(10, 3, 2, 4);
    for (size_t k = 0; k < 30; k++)
        add_row(&data, k / 3, k % 3, k / 15, 1);
    assert_status(&data, SEVERITY_ALL_ALIKE);
}

static void test_numbers_out_of_range(void **state)
{
    (void)state;
    static const struct {
        unsigned i, c, j, k;
    } rows[] = {{2, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 3}};
    for (size_t n = 0; n < 4; n++) {
        severity_data data = start(2, 2, 2, 3);
        add_row(&data, rows[n].i, rows[n].c, rows[n].j, rows[n].k);
        assert_status(&data, SEVERITY_OUT_OF_RANGE);
    }
}

static void test_scales_of_one_or_too_many_levels(void **state)
{
    (void)state;
    severity_data data = start(1, 1, 1, 1);
    assert_status(&data, SEVERITY_BAD_LEVELS);
    data.levels = 0;
    assert_status(&data, SEVERITY_BAD_LEVELS);
    data.levels = SEVERITY_LEVELS_MAX + 1;
    assert_status(&data, SEVERITY_BAD_LEVELS);
}

/* Criteria are estimated all the same. */
static void test_one_auditor_has_nobody_to_be_compared_with(void **state)
{
    (void)state;
    severity_data data = start(20, 2, 1, 3);
    for (size_t k = 0; k < 40; k++)
        add_row(&data, k / 2, k % 2, 0, (unsigned)(k / 2 % 2 + k % 2));
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_NOBODY_TO_COMPARE);
    assert_int_equal(found.auditors[0].state, AUDITOR_ALONE);
    assert_true(found.auditors[0].logits.value == 0.0);
    assert_true(found.criteria[0].logits.value > found.criteria[1].logits.value);
    severity_free(&found);
}

static void test_auditors_who_share_no_criterion_cannot_be_compared(void **state)
{
    (void)state;
    severity_data data = start(20, 2, 2, 2);
    for (size_t k = 0; k < 20; k++)
        add_row(&data, k, k % 2, k % 2, k % 3 == 0);
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_NOBODY_TO_COMPARE);
    assert_int_equal(found.criteria_groups, 2);
    severity_free(&found);
}

/* Severity without bound: the shrunken value is finite and of the right sign, and the chance of all
 * ratings at an end is what tells. */
static void test_auditors_who_rate_at_one_end_alone_are_flagged(void **state)
{
    (void)state;
    severity_data data = start(60, 2, 3, 4);
    for (size_t i = 0; i < 60; i++)
        for (size_t c = 0; c < 2; c++)
            add_row(&data, i, c, i % 3,
                    i % 3 == 0   ? 0
                    : i % 3 == 1 ? 3
                                 : (unsigned)(i / 3 + c) % 4);
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_FITTED);
    assert_int_equal(found.auditors[0].state, AUDITOR_ALL_LOWEST);
    assert_int_equal(found.auditors[1].state, AUDITOR_ALL_HIGHEST);
    assert_int_equal(found.auditors[2].state, AUDITOR_ESTIMATED);
    assert_int_equal(found.auditors[0].verdict, SEVERITY_TOO_HARSH);
    assert_int_equal(found.auditors[1].verdict, SEVERITY_TOO_GENEROUS);
    assert_true(found.auditors[0].shrunken_logits.value > 0.5);
    assert_true(found.auditors[1].shrunken_logits.value < -0.5);
    severity_free(&found);
}

/* One rating at the end is no proof of anything. */
static void test_one_rating_at_an_end_is_no_verdict(void **state)
{
    (void)state;
    severity_data data = start(41, 1, 3, 4);
    for (size_t i = 0; i < 40; i++)
        add_row(&data, i, 0, i % 2, (unsigned)(i / 2) % 4);
    add_row(&data, 40, 0, 2, 3);
    severity_result found = fit(&data);
    assert_int_equal(found.auditors[2].state, AUDITOR_ALL_HIGHEST);
    assert_int_equal(found.auditors[2].verdict, SEVERITY_NO_VERDICT);
    assert_int_equal(found.judged, 2);
    severity_free(&found);
}

/* Levels 0, 2 and 4 of 0..5: scores stay what they are, and steps beside 1, 3 and 5 are not known. */
static void test_levels_that_nobody_used(void **state)
{
    (void)state;
    severity_data data = start(60, 2, 3, 6);
    for (size_t i = 0; i < 60; i++)
        for (size_t c = 0; c < 2; c++)
            add_row(&data, i, c, i % 3, 2 * (unsigned)((i * 7 + c * 3 + i / 4) % 3));
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_FITTED);
    for (size_t k = 0; k < 5; k++)
        assert_false(found.thresholds[k].known);
    severity_free(&found);
}

static void test_one_audit_that_all_rated(void **state)
{
    (void)state;
    severity_data data = start(1, 12, 6, 4);
    for (size_t j = 0; j < 6; j++)
        for (size_t c = 0; c < 12; c++)
            add_row(&data, 0, c, j, (unsigned)(j + c) % 4);
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_FITTED);
    assert_int_equal(found.identified, SEVERITY_BY_LINKS);
    assert_false(found.spread_known);
    severity_free(&found);
}

/* Each audit has one and the same rating throughout, so that its quality is without bound as well. */
static void test_audits_without_variation(void **state)
{
    (void)state;
    severity_data data = start(40, 12, 4, 4);
    for (size_t i = 0; i < 40; i++)
        for (size_t c = 0; c < 12; c++)
            add_row(&data, i, c, i % 4, (unsigned)(i / 4) % 4);
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_FITTED);
    for (size_t j = 0; j < 4; j++)
        assert_int_equal(found.auditors[j].verdict, SEVERITY_AS_OTHERS);
    severity_free(&found);
}

/* Auditor 0 has criterion 0 at the lowest only, auditor 1 criterion 1 at the highest only: the
 * likelihood rises without end though no facet by itself is at an end. */
static void test_separated_ratings(void **state)
{
    (void)state;
    severity_data data = start(40, 2, 2, 3);
    for (size_t i = 0; i < 40; i++) {
        bool first = i % 2 == 0;
        add_row(&data, i, 0, i % 2, first ? 0 : (unsigned)(i / 2) % 3);
        add_row(&data, i, 1, i % 2, first ? (unsigned)(i / 2) % 3 : 2);
    }
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_FITTED);
    severity_free(&found);
}

static void test_a_criterion_at_one_end_is_flagged(void **state)
{
    (void)state;
    severity_data data = start(30, 2, 3, 3);
    for (size_t i = 0; i < 30; i++) {
        add_row(&data, i, 0, i % 3, 2);
        add_row(&data, i, 1, i % 3, (unsigned)(i / 3) % 3);
    }
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_FITTED);
    assert_true(found.criteria[0].extreme);
    assert_false(found.criteria[1].extreme);
    assert_true(found.criteria[0].logits.value < 0);
    severity_free(&found);
}

static void test_auditors_without_ratings_have_none(void **state)
{
    (void)state;
    severity_data data = start(30, 1, 5, 3);
    for (size_t i = 0; i < 30; i++)
        add_row(&data, i, 0, 1 + i % 2 * 2, (unsigned)(i / 2) % 3);
    severity_result found = fit(&data);
    assert_int_equal(found.status, SEVERITY_FITTED);
    assert_int_equal(found.auditors[0].state, AUDITOR_UNRATED);
    assert_int_equal(found.auditors[1].state, AUDITOR_ESTIMATED);
    assert_int_equal(found.auditors[1].ratings, 15);
    assert_int_equal(found.compared, 2);
    severity_free(&found);
}

static severity_result fit_many(size_t audits, size_t auditors, unsigned linked_every)
{
    static const double step[] = {-1, 0, 1};
    static const double hard[] = {0};
    chance              with = {12};
    double             *harsh = calloc(auditors, sizeof *harsh);
    assert_non_null(harsh);
    for (size_t j = 0; j < auditors; j++)
        harsh[j] = 0.4 * chance_normal(&with);
    made_from     from = {audits, 1, auditors, 4, 2, linked_every, 0, 1, harsh, hard, step};
    severity_data data;
    assert_true(ratings_make(&data, &from, &with));
    severity_result found = fit(&data);
    ratings_free(&data);
    free(harsh);
    return found;
}

static void test_ten_thousand_auditors(void **state)
{
    (void)state;
    severity_result found = fit_many(10000, 10000, 0);
    assert_int_equal(found.status, SEVERITY_FITTED);
    assert_int_equal(found.link_groups, 10000);
    assert_false(found.links_unused);
    severity_free(&found);
}

/* Linked all together: solved one by one, and said. */
static void test_thousands_of_linked_auditors(void **state)
{
    (void)state;
    severity_result found = fit_many(3000, 3000, 1);
    assert_int_equal(found.status, SEVERITY_FITTED);
    assert_true(found.links_unused);
    assert_int_equal(found.identified, SEVERITY_BY_LINKS);
    severity_free(&found);
}

static void test_criteria_beyond_bounds(void **state)
{
    (void)state;
    severity_data data = start(1, 1000, 2, 2);
    for (size_t c = 0; c < 1000; c++)
        add_row(&data, 0, c, c % 2, c % 3 == 0);
    assert_status(&data, SEVERITY_TOO_LARGE);
}

/* Small tables of every kind that chance makes. */
static void test_any_small_table_gives_numbers(void **state)
{
    (void)state;
    chance with = {13};
    for (int turn = 0; turn < 400; turn++) {
        size_t   audits = 1 + (size_t)(6 * chance_uniform(&with));
        size_t   criteria = 1 + (size_t)(4 * chance_uniform(&with));
        size_t   auditors = 1 + (size_t)(5 * chance_uniform(&with));
        unsigned levels = 2 + (unsigned)(5 * chance_uniform(&with));
        size_t   count = 1 + (size_t)(30 * chance_uniform(&with));
        /* sometimes far to one end */
        double        power = turn % 3 == 0 ? 6 : 1;
        severity_data data = start(audits, criteria, auditors, levels);
        for (size_t k = 0; k < count; k++)
            add_row(&data, (size_t)((double)audits * chance_uniform(&with)),
                    (size_t)((double)criteria * chance_uniform(&with)),
                    (size_t)((double)auditors * chance_uniform(&with)),
                    (unsigned)(levels * pow(chance_uniform(&with), power)));
        severity_result found = fit(&data);
        assert_true(found.status == SEVERITY_FITTED || found.status == SEVERITY_ALL_ALIKE ||
                    found.status == SEVERITY_NOBODY_TO_COMPARE);
        severity_free(&found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_ratings),
        cmocka_unit_test(test_one_rating),
        cmocka_unit_test(test_all_ratings_alike),
        cmocka_unit_test(test_numbers_out_of_range),
        cmocka_unit_test(test_scales_of_one_or_too_many_levels),
        cmocka_unit_test(test_one_auditor_has_nobody_to_be_compared_with),
        cmocka_unit_test(test_auditors_who_share_no_criterion_cannot_be_compared),
        cmocka_unit_test(test_auditors_who_rate_at_one_end_alone_are_flagged),
        cmocka_unit_test(test_one_rating_at_an_end_is_no_verdict),
        cmocka_unit_test(test_levels_that_nobody_used),
        cmocka_unit_test(test_one_audit_that_all_rated),
        cmocka_unit_test(test_audits_without_variation),
        cmocka_unit_test(test_separated_ratings),
        cmocka_unit_test(test_a_criterion_at_one_end_is_flagged),
        cmocka_unit_test(test_auditors_without_ratings_have_none),
        cmocka_unit_test(test_ten_thousand_auditors),
        cmocka_unit_test(test_thousands_of_linked_auditors),
        cmocka_unit_test(test_criteria_beyond_bounds),
        cmocka_unit_test(test_any_small_table_gives_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
