/* test_forecast.c - the forecast: what must hold of it, and where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forecast/forecast.h"
#include "forecast/mixture.h"

enum { MONTHS_MAX = 100 };

/* cmocka compares as float, which is too coarse here. */
#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

static const int32_t no_dates[1] = {0};

static forecast make(const forecast_month *months, size_t count, double target,
                     const int32_t *dates, size_t date_count)
{
    const forecast_question question = {
        .target = target, .confidence = 0.95, .dates = dates, .date_count = date_count};
    forecast   made;
    error_list errors = {0};
    assert_true(forecast_make(months, count, &question, &made, &errors));
    assert_int_equal(errors.count, 0);
    return made;
}

static void assert_share(double share, double low, double high)
{
    assert_true(low >= 0 && low <= share && share <= high && high <= 1);
}

/* What holds of every forecast. */
static void assert_forecast(const forecast *made)
{
    for (size_t i = 0; i < made->point_count; i++) {
        assert_share(made->points[i].share, made->points[i].low, made->points[i].high);
        assert_true(made->points[i].recorded >= 0 && made->points[i].recorded <= 1);
    }
    for (size_t i = 0; i < made->date_count; i++) {
        const forecast_date *date = &made->dates[i];
        assert_share(date->share, date->low, date->high);
        assert_true(date->chance >= 0 && date->chance <= 1 && isfinite(date->gain_needed));
    }
    assert_true(isfinite(made->gain) && isfinite(made->mean_correction));
    assert_true(made->chance_up >= 0 && made->chance_up <= 1);
    assert_true(made->reason != FORECAST_GIVEN ||
                (made->overdispersion >= 1 && isfinite(made->overdispersion)));
}

/* `count` months of 50 audits, the first with `good` good, each later one with `more` more. */
static void fill(forecast_month *months, size_t count, uint64_t good, uint64_t more)
{
    for (size_t i = 0; i < count; i++)
        months[i] = (forecast_month){.month = (int32_t)i, .audits = 50, .good = good + more * i};
}

/* ---- What it says ------------------------------------------------------------------ */

/* 30 of 50 in each of 12 months: the share is 60%, chance alone explains the counts, and next month
 * it is as likely over 60% as under. Binomial chance of 600 audits gives at least +-3.9 points. */
static void test_months_that_are_all_alike(void **state)
{
    forecast_month months[12];
    const int32_t  dates[] = {12, 14, 17};
    (void)state;
    fill(months, 12, 30, 0);
    forecast made = make(months, 12, 0.6, dates, 3);
    assert_forecast(&made);
    assert_int_equal(made.point_count, 18);
    assert_near(made.points[11].share, 0.6, 0.003);
    assert_near(made.dates[2].share, 0.6, 0.003);
    assert_near(made.dates[2].chance, 0.5, 0.03);
    assert_true(made.points[6].high - made.points[6].low > 0.04);
    assert_true(made.points[6].high - made.points[6].low < 0.20);
    assert_true(made.overdispersion < 1.5);
    assert_near(made.chance_up, 0.5, 0.02);
    forecast_free(&made);
}

/* The further ahead, the less sure; the higher the target, the less likely. */
static void test_doubt_grows_with_time_and_target(void **state)
{
    forecast_month months[12];
    const int32_t  dates[] = {12, 14, 17, 20};
    (void)state;
    fill(months, 12, 20, 1);
    forecast made = make(months, 12, 0.6, dates, 4);
    forecast higher = make(months, 12, 0.8, dates, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(higher.dates[i].chance < made.dates[i].chance);
        if (i > 0)
            assert_true(made.dates[i].high - made.dates[i].low >
                        made.dates[i - 1].high - made.dates[i - 1].low);
    }
    assert_true(made.chance_up > 0.95); /* 40% to 62% over 600 audits */
    assert_true(made.gain > 0.3);
    forecast_free(&made);
    forecast_free(&higher);
}

/* 50% now and 70% wanted 10 months on: 2 points a month; none to speak of on the last month. */
static void test_gain_needed(void **state)
{
    forecast_month months[12];
    const int32_t  dates[] = {21, 11, 16};
    (void)state;
    fill(months, 12, 25, 0);
    forecast made = make(months, 12, 0.7, dates, 3);
    assert_near(made.dates[0].gain_needed, 2, 0.05);
    assert_true(made.dates[0].gain_applies);
    assert_false(made.dates[1].gain_applies);
    assert_near(made.dates[2].gain_needed, 4, 0.1);
    assert_true(made.dates[1].chance < 0.05);
    forecast_free(&made);
    made = make(months, 12, 0.3, dates, 1);
    assert_true(made.dates[0].gain_needed < 0);
    forecast_free(&made);
}

/* The same mean, and months that jump between 20% and 100% of 50: the variance of a month's count is
 * 20^2 x 12 / 11 = 436 against the binomial 50 x 0.6 x 0.4 = 12. */
static void test_overdispersion_is_seen_and_widens(void **state)
{
    forecast_month months[12];
    const int32_t  dates[] = {12};
    (void)state;
    fill(months, 12, 30, 0);
    forecast even = make(months, 12, 0.6, dates, 1);
    for (size_t i = 0; i < 12; i++)
        months[i].good = i % 2 == 0 ? 10 : 50;
    forecast uneven = make(months, 12, 0.6, dates, 1);
    assert_true(uneven.overdispersion > 5);
    assert_true(uneven.dates[0].high - uneven.dates[0].low >
                1.5 * (even.dates[0].high - even.dates[0].low));
    forecast_free(&even);
    forecast_free(&uneven);
}

/* 10,000 times the audits: the months' shares are known, and the fit goes through them. */
static void test_many_audits_are_believed(void **state)
{
    forecast_month months[8];
    (void)state;
    for (size_t i = 0; i < 8; i++)
        months[i] = (forecast_month){
            .month = (int32_t)i, .audits = 500000, .good = 250000 + 10000 * (uint64_t)i};
    forecast made = make(months, 8, 0.6, no_dates, 0);
    assert_forecast(&made);
    for (size_t i = 0; i < 8; i++)
        assert_near(made.points[i].share, 0.5 + 0.02 * (double)i, 0.01);
    assert_int_equal(made.point_count, 9);
    forecast_free(&made);
}

/* ---- Moderation --------------------------------------------------------------------- */

/* Auditors say 60%, moderation 45% each month: the forecast is of 45%. */
static void test_the_corrected_share_is_what_is_forecast(void **state)
{
    forecast_month months[12];
    (void)state;
    fill(months, 12, 30, 0);
    for (size_t i = 0; i < 12; i++) {
        months[i].corrected = true;
        months[i].share = 0.45;
        months[i].standard_error = 0.05;
    }
    forecast made = make(months, 12, 0.6, no_dates, 0);
    assert_forecast(&made);
    assert_near(made.points[11].share, 0.45, 0.005);
    assert_near(made.mean_correction, -15, 1e-9);
    assert_int_equal(made.months_corrected, 12);
    forecast_free(&made);
}

/* A correction that is less sure makes the forecast less sure: by how much, in the middle month, can
 * be told. 50 audits at 45% have a variance of 0.00495; with 0.1^2 more, three times that. */
static void test_doubt_of_the_correction_is_added(void **state)
{
    forecast_month months[12];
    double         widths[2];
    (void)state;
    fill(months, 12, 30, 0);
    for (size_t w = 0; w < 2; w++) {
        for (size_t i = 0; i < 12; i++) {
            months[i].corrected = true;
            months[i].share = 0.45;
            months[i].standard_error = w == 0 ? 0 : 0.1;
        }
        forecast made = make(months, 12, 0.6, no_dates, 0);
        widths[w] = made.points[6].high - made.points[6].low;
        forecast_free(&made);
    }
    assert_true(widths[1] > 1.3 * widths[0] && widths[1] < 2 * widths[0]);
}

/* Twelve months at 60% by the auditors, none corrected by itself. All moderation together says 45%: a
 * shift of log(0.45 / 0.55) - log(0.6 / 0.4) = -0.606 in log-odds. Its error, 0.3, is one that all
 * months share, so that no number of audits takes it off: 1.96 x 0.3 x 0.45 x 0.55 = 15 points either
 * side, a little less for the belief that months are not far from their mean. */
static void test_months_without_moderation_of_their_own_take_the_error_of_all(void **state)
{
    forecast_month            months[12];
    const forecast_correction pooled = {log(0.45 / 0.55) - log(0.6 / 0.4), 0.3};
    forecast_question         question = {.target = 0.6, .confidence = 0.95, .pooled = &pooled};
    forecast                  made;
    error_list                errors = {0};
    (void)state;
    fill(months, 12, 30, 0);
    for (size_t i = 0; i < 12; i++) {
        months[i].audits = 1000;
        months[i].good = 600;
    }
    assert_true(forecast_make(months, 12, &question, &made, &errors));
    assert_forecast(&made);
    assert_int_equal(made.months_corrected, 0);
    assert_int_equal(made.months_moved, 12);
    assert_near(made.points[11].recorded, 0.6, 1e-12);
    assert_near(made.points[11].corrected, 0.45, 0.003);
    assert_near(made.points[11].share, 0.45, 0.01);
    assert_true(made.points[11].high - made.points[11].low > 0.24);
    assert_true(made.points[11].high - made.points[11].low < 0.34);
    assert_near(made.mean_correction, -15, 0.2);
    forecast_free(&made);
}

/* Where nothing is corrected and that is asked for, no date has a chance; the months stay. */
static void test_no_chance_without_a_correction_where_it_is_wanted(void **state)
{
    forecast_month months[12];
    int32_t        date = 0;
    forecast       made;
    error_list     errors = {0};
    (void)state;
    fill(months, 12, 30, 0);
    date = months[11].month + 1;
    const forecast_question question = {.target = 0.6,
                                        .confidence = 0.95,
                                        .dates = &date,
                                        .date_count = 1,
                                        .correction_wanted = true};
    assert_true(forecast_make(months, 12, &question, &made, &errors));
    assert_int_equal(made.reason, FORECAST_GIVEN);
    assert_int_equal(made.dates[0].reason, FORECAST_UNCORRECTED);
    assert_true(made.dates[0].chance == 0.0);
    assert_false(made.points[0].has_correction);
    forecast_free(&made);
}

/* Moderated from the seventh month on: the months before are moved by what moderation changed since,
 * 60% to 45%, and all 12 look alike. */
static void test_months_without_moderation_are_moved(void **state)
{
    forecast_month months[12];
    (void)state;
    fill(months, 12, 30, 0);
    for (size_t i = 6; i < 12; i++) {
        months[i].corrected = true;
        months[i].share = 0.45;
        months[i].standard_error = 0.05;
    }
    forecast made = make(months, 12, 0.6, no_dates, 0);
    assert_forecast(&made);
    assert_near(made.points[0].recorded, 0.6, 1e-12);
    assert_true(made.points[0].has_correction);
    assert_near(made.points[0].corrected, 0.45, 0.003);
    assert_near(made.points[3].share, 0.45, 0.01);
    assert_near(made.points[11].share, 0.45, 0.01);
    assert_near(made.chance_up, 0.5, 0.05);
    forecast_free(&made);
}

/* ---- Against R ------------------------------------------------------------------------- */

static size_t read_reference(forecast_month *months)
{
    FILE  *file = fopen("tests/reference/forecast/months.csv", "r");
    char   line[64];
    size_t count = 0;

    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        const char *cells[5];
        char       *at = line;
        for (int c = 0; c < 5; c++)
            cells[c] = strsep(&at, ",\n");
        months[count++] = (forecast_month){.month = atoi(cells[0]),
                                           .audits = strtoull(cells[1], NULL, 10),
                                           .good = strtoull(cells[2], NULL, 10),
                                           .corrected = cells[3][0] != '\0',
                                           .share = strtod(cells[3], NULL),
                                           .standard_error = strtod(cells[4], NULL)};
    }
    fclose(file);
    return count;
}

/* The same model written a second time in R (tests/reference/forecast). */
static void test_agrees_with_r(void **state)
{
    forecast_month months[20];
    int32_t        dates[] = {13, 16, 19};
    char           line[128];
    size_t         found = 0;
    (void)state;
    const size_t count = read_reference(months);
    forecast     made = make(months, count, 0.6, dates, 3);
    FILE        *file = fopen("tests/reference/forecast/figures.csv", "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        char  *at = line;
        double cells[5];
        for (int c = 0; c < 5; c++)
            cells[c] = strtod(strsep(&at, ",\n"), NULL);
        const forecast_point *point = &made.points[(size_t)cells[0]];
        assert_near(point->share, cells[1], 1e-7);
        assert_near(point->low, cells[2], 1e-7);
        assert_near(point->high, cells[3], 1e-7);
        for (size_t i = 0; i < 3; i++)
            if (made.dates[i].month == point->month)
                assert_near(made.dates[i].chance, cells[4], 1e-7);
        found++;
    }
    fclose(file);
    assert_int_equal(found, 5);
    forecast_free(&made);
}

/* ---- No forecast, with a reason -------------------------------------------------------- */

static void assert_reason(const forecast_month *months, size_t count, forecast_reason reason)
{
    const int32_t dates[] = {3};
    forecast      made = make(months, count, 0.7, dates, 1);
    assert_int_equal(made.reason, reason);
    assert_int_equal(made.dates[0].reason, reason);
    assert_int_equal(made.point_count, 0);
    assert_forecast(&made);
    forecast_free(&made);
}

static void test_not_enough_data(void **state)
{
    forecast_month months[12];
    (void)state;
    fill(months, 12, 30, 0);
    assert_reason(NULL, 0, FORECAST_NO_AUDITS);
    assert_reason(months, 5, FORECAST_TOO_FEW_MONTHS);
    for (size_t i = 0; i < 12; i++)
        months[i].good = months[i].audits = 2;
    assert_reason(months, 12, FORECAST_TOO_FEW_AUDITS);
    for (size_t i = 0; i < 12; i++)
        months[i].good = months[i].audits = 0;
    assert_reason(months, 12, FORECAST_NO_AUDITS);
    for (int reason = FORECAST_NO_AUDITS; reason <= FORECAST_TOO_SHORT; reason++)
        assert_non_null(strstr(forecast_reason_text((forecast_reason)reason), "; "));
}

/* Six months of audits reach six months ahead. */
static void test_dates_out_of_reach_have_a_reason(void **state)
{
    forecast_month months[6];
    const int32_t  dates[] = {4, 5, 11, 12, INT32_MAX, INT32_MIN};
    (void)state;
    fill(months, 6, 30, 0);
    forecast made = make(months, 6, 0.7, dates, 6);
    assert_forecast(&made);
    assert_int_equal(made.dates[0].reason, FORECAST_PAST);
    assert_int_equal(made.dates[1].reason, FORECAST_GIVEN);
    assert_int_equal(made.dates[2].reason, FORECAST_GIVEN);
    assert_int_equal(made.dates[3].reason, FORECAST_TOO_FAR);
    assert_int_equal(made.dates[4].reason, FORECAST_TOO_FAR);
    assert_int_equal(made.dates[5].reason, FORECAST_PAST);
    assert_int_equal(made.point_count, 12);
    forecast_free(&made);
}

static void test_months_long_ago_are_left_out(void **state)
{
    static forecast_month months[MONTHS_MAX];
    (void)state;
    fill(months, MONTHS_MAX, 30, 0);
    forecast made = make(months, MONTHS_MAX, 0.7, no_dates, 0);
    assert_forecast(&made);
    assert_int_equal(made.months, FORECAST_MONTHS_MOST);
    assert_int_equal(made.months_left_out, MONTHS_MAX - FORECAST_MONTHS_MOST);
    assert_int_equal(made.points[0].month, 40);
    forecast_free(&made);
}

static void test_impossible_input_is_refused(void **state)
{
    forecast_month months[12];
    forecast       made;
    error_list     errors = {0};
    (void)state;
    fill(months, 12, 30, 0);
    months[0].good = 51;
    months[1].month = 2;
    months[3].corrected = true;
    months[3].share = NAN;
    months[4].corrected = true;
    months[4].standard_error = -1;
    months[5].month = 2000000;
    const forecast_question question = {.target = 0.7, .confidence = 0.95};
    assert_false(forecast_make(months, 12, &question, &made, &errors));
    assert_int_equal(errors.count, 5);
    error_clear(&errors);
    forecast_free(&made);

    fill(months, 12, 30, 0);
    static const forecast_question wrong[] = {
        {.target = 0, .confidence = 0.95},   {.target = 1, .confidence = 0.95},
        {.target = NAN, .confidence = 0.95}, {.target = 0.7, .confidence = 1},
        {.target = 0.7, .confidence = NAN},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(forecast_make(months, 12, &wrong[i], &made, &errors));
        assert_int_equal(errors.count, 1);
        error_clear(&errors);
        forecast_free(&made);
    }
    forecast_backtest tested;
    assert_false(forecast_test(months, 12, 0, 0.95, &tested, &errors));
    assert_false(forecast_test(months, 12, 13, 0.95, &tested, &errors));
    assert_int_equal(errors.count, 2);
    error_clear(&errors);
}

/* ---- Properties ------------------------------------------------------------------------- */

static uint64_t seed = 5;

static uint64_t draw(uint64_t below)
{
    /* SplitMix64 */
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
}

/* Months without sense: gaps, none, all, few, many. */
static size_t make_any(forecast_month *months)
{
    static const uint64_t sizes[] = {0, 1, 3, 20, 1000, 1000000000};
    const size_t          count = 4 + draw(14);
    const uint64_t        size = draw(6);
    const uint64_t        kind = draw(4);
    int32_t               month = (int32_t)draw(1000) - 500;
    for (size_t i = 0; i < count; i++) {
        const uint64_t audits = sizes[draw(3) == 0 ? draw(6) : size];
        const uint64_t good = kind == 0 ? 0 : kind == 1 ? audits : draw(audits + 1);
        month += 1 + (int32_t)(draw(5) == 0 ? draw(20) : 0);
        months[i] = (forecast_month){.month = month,
                                     .audits = audits,
                                     .good = good,
                                     .corrected = draw(4) == 0,
                                     .share = (double)draw(11) / 10,
                                     .standard_error = (double)draw(3) / 2};
    }
    return count;
}

static void test_whatever_is_given_shares_are_shares(void **state)
{
    forecast_month months[MONTHS_MAX];
    (void)state;
    for (size_t round = 0; round < 60; round++) {
        const size_t  count = make_any(months);
        const int32_t dates[] = {months[count - 1].month, months[count - 1].month + 5, 0};
        forecast      made = make(months, count, 0.0001 + (double)draw(9999) / 10000, dates, 3);
        assert_forecast(&made);
        forecast_free(&made);
    }
}

static void test_order_changes_nothing(void **state)
{
    forecast_month months[12];
    forecast_month turned[12];
    const int32_t  dates[] = {14};
    (void)state;
    fill(months, 12, 20, 1);
    for (size_t i = 0; i < 12; i++)
        turned[i] = months[11 - i];
    forecast a = make(months, 12, 0.6, dates, 1);
    forecast b = make(turned, 12, 0.6, dates, 1);
    assert_memory_equal(&a.dates[0].share, &b.dates[0].share, sizeof(double));
    assert_memory_equal(&a.dates[0].chance, &b.dates[0].chance, sizeof(double));
    forecast_free(&a);
    forecast_free(&b);
}

/* Good and not good exchanged: everything is mirrored. */
static void test_mirrored_months_give_a_mirrored_forecast(void **state)
{
    forecast_month months[10];
    forecast_month mirrored[10];
    const int32_t  dates[] = {12};
    (void)state;
    fill(months, 10, 15, 2);
    for (size_t i = 0; i < 10; i++) {
        mirrored[i] = months[i];
        mirrored[i].good = 50 - months[i].good;
    }
    forecast a = make(months, 10, 0.6, dates, 1);
    forecast b = make(mirrored, 10, 0.4, dates, 1);
    assert_near(a.dates[0].share, 1 - b.dates[0].share, 1e-6);
    assert_near(a.dates[0].low, 1 - b.dates[0].high, 1e-6);
    assert_near(a.dates[0].chance, 1 - b.dates[0].chance, 1e-6);
    forecast_free(&a);
    forecast_free(&b);
}

/* Half N(0, 1), half N(2, 1): the median is 1, P(X <= 0) is (0.5 + 0.02275) / 2. */
static void test_a_mixture_by_hand(void **state)
{
    static const mixture_part parts[] = {{0.5, 0, 1}, {0.5, 2, 1}};
    const mixture             of = {parts, 2};
    (void)state;
    assert_near(mixture_quantile(&of, 0.5), 1, 1e-8);
    assert_near(mixture_below(&of, 0), 0.261375, 1e-6);
    assert_near(mixture_quantile(&of, 0.261375), 0, 1e-5);
}

/* ---- The back-test ------------------------------------------------------------------------ */

/* 24 months of 40 audits drawn at 60%: 18 are held back, nearly all are within, and the forecast is
 * better than the last month's share, whose error is the root of 2 times the least that is possible. */
static void test_backtest_beats_the_last_value_on_noise(void **state)
{
    forecast_month    months[24];
    forecast_backtest tested;
    error_list        errors = {0};
    (void)state;
    for (size_t i = 0; i < 24; i++) {
        months[i] = (forecast_month){.month = (int32_t)i, .audits = 40};
        for (size_t a = 0; a < 40; a++)
            months[i].good += draw(100) < 60;
    }
    assert_true(forecast_test(months, 24, 1, 0.95, &tested, &errors));
    assert_int_equal(tested.reason, FORECAST_GIVEN);
    assert_int_equal(tested.held, 18);
    assert_true(tested.coverage >= 15.0 / 18);
    assert_true(tested.error < tested.naive_error);

    assert_true(forecast_test(months, 24, 6, 0.95, &tested, &errors));
    assert_int_equal(tested.held, 13);
    assert_true(forecast_test(months, 6, 1, 0.95, &tested, &errors));
    assert_int_equal(tested.reason, FORECAST_TOO_SHORT);
    assert_true(forecast_test(months, 5, 1, 0.95, &tested, &errors));
    assert_int_equal(tested.reason, FORECAST_TOO_FEW_MONTHS);
    assert_true(forecast_test(NULL, 0, 1, 0.95, &tested, &errors));
    assert_int_equal(tested.reason, FORECAST_NO_AUDITS);
    assert_int_equal(errors.count, 0);
}

static void test_backtest_of_anything_gives_shares(void **state)
{
    forecast_month months[MONTHS_MAX];
    (void)state;
    for (size_t round = 0; round < 8; round++) {
        const size_t      count = make_any(months);
        forecast_backtest tested;
        error_list        errors = {0};
        assert_true(forecast_test(months, count, 1 + (unsigned)draw(3), 0.95, &tested, &errors));
        assert_true(tested.coverage >= 0 && tested.coverage <= 1);
        assert_true(tested.error >= 0 && tested.error <= 100);
        assert_true(tested.naive_error >= 0 && tested.naive_error <= 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_months_that_are_all_alike),
        cmocka_unit_test(test_doubt_grows_with_time_and_target),
        cmocka_unit_test(test_gain_needed),
        cmocka_unit_test(test_overdispersion_is_seen_and_widens),
        cmocka_unit_test(test_many_audits_are_believed),
        cmocka_unit_test(test_the_corrected_share_is_what_is_forecast),
        cmocka_unit_test(test_doubt_of_the_correction_is_added),
        cmocka_unit_test(test_months_without_moderation_are_moved),
        cmocka_unit_test(test_months_without_moderation_of_their_own_take_the_error_of_all),
        cmocka_unit_test(test_no_chance_without_a_correction_where_it_is_wanted),
        cmocka_unit_test(test_agrees_with_r),
        cmocka_unit_test(test_not_enough_data),
        cmocka_unit_test(test_dates_out_of_reach_have_a_reason),
        cmocka_unit_test(test_months_long_ago_are_left_out),
        cmocka_unit_test(test_impossible_input_is_refused),
        cmocka_unit_test(test_whatever_is_given_shares_are_shares),
        cmocka_unit_test(test_order_changes_nothing),
        cmocka_unit_test(test_mirrored_months_give_a_mirrored_forecast),
        cmocka_unit_test(test_a_mixture_by_hand),
        cmocka_unit_test(test_backtest_beats_the_last_value_on_noise),
        cmocka_unit_test(test_backtest_of_anything_gives_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
