/* test_estimate.c - the corrected figure: against R, by hand, and where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/estimate.h"

enum { NONE = LEVEL_NONE, AUDITS_MAX = 1000 };

static const estimate_question ofsted = {.levels = 4, .good = 2, .confidence = 0.95};

/* cmocka compares as float, which is too coarse here. */
#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

static estimate_result reckon(const estimate_audit *audits, size_t count)
{
    estimate_result result;
    error_list      errors = {0};
    assert_true(estimate_shares(audits, count, &ofsted, &result, &errors));
    assert_int_equal(errors.count, 0);
    return result;
}

/* What holds of every figure whatever was given. */
static void assert_share(const estimate_share *share)
{
    assert_true(share->low >= 0 && share->low <= share->share);
    assert_true(share->share <= share->high && share->high <= 1);
    assert_true(share->standard_error >= 0 && isfinite(share->standard_error));
    assert_true(share->effective >= 0 && isfinite(share->effective));
}

static void assert_figure(const estimate_figure *figure)
{
    double sum = 0;
    assert_share(&figure->good);
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        assert_share(&figure->levels[l]);
        sum += figure->levels[l].share;
    }
    assert_near(sum, figure->reason == ESTIMATE_GIVEN ? 1 : 0, 1e-9);
    assert_near(figure->good.share, figure->levels[2].share + figure->levels[3].share, 1e-9);
}

static void assert_result(const estimate_result *result)
{
    assert_figure(&result->corrected);
    assert_figure(&result->auditors);
    assert_figure(&result->auditors_covered);
    assert_figure(&result->moderated);
    assert_int_equal(result->covered + result->not_covered, result->audits);
}

/* ---- Against R -------------------------------------------------------------- */

/* The audits of tests/reference/estimate: those of `column` moderated, of `wanted`. */
static size_t read_reference(estimate_audit *audits, int column, double wanted, bool with_tool)
{
    FILE  *file = fopen("tests/reference/estimate/audits.csv", "r");
    char   line[64];
    size_t count = 0;

    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        const char *cells[4];
        char       *at = line;
        for (int c = 0; c < 4; c++)
            cells[c] = strsep(&at, ",\n");
        const char *moderated = cells[column];
        audits[count++] =
            (estimate_audit){.auditor = (level)atoi(cells[0]),
                             .tool = with_tool ? (level)atoi(cells[1]) : NONE,
                             .moderator = moderated[0] == '\0' ? NONE : (level)atoi(moderated),
                             .inclusion = wanted / 400};
    }
    fclose(file);
    return count;
}

/* The figures of one case in figures.csv: share and standard error of good, 0, 1, 2, 3. */
static void assert_as_r(const char *wanted_case, const estimate_figure *figure)
{
    FILE  *file = fopen("tests/reference/estimate/figures.csv", "r");
    char   line[128];
    size_t found = 0;

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char        *at = line;
        const char  *name = strsep(&at, ",");
        const char  *outcome = strsep(&at, ",");
        const double share = strtod(strsep(&at, ","), NULL);
        (void)strsep(&at, ",");
        const double shown = strtod(strsep(&at, ",\n"), NULL);
        if (strcmp(name, wanted_case) != 0)
            continue;
        const estimate_share *ours =
            strcmp(outcome, "good") == 0 ? &figure->good : &figure->levels[atoi(outcome)];
        assert_near(ours->share, share, 1e-8);
        if (share > 0)
            assert_near(ours->standard_error, shown, 1e-7);
        found++;
    }
    fclose(file);
    assert_int_equal(found, 5);
}

static void test_agrees_with_r_survey(void **state)
{
    static estimate_audit audits[AUDITS_MAX];
    (void)state;

    size_t          count = read_reference(audits, 3, 20, false);
    estimate_result result = reckon(audits, count);
    assert_as_r("score20", &result.corrected);
    assert_int_equal(result.calibrated_on, 1);
    assert_false(result.uses_tool);

    count = read_reference(audits, 3, 20, true);
    result = reckon(audits, count);
    assert_as_r("both20", &result.corrected);
    assert_true(result.uses_tool);

    count = read_reference(audits, 2, 60, false);
    result = reckon(audits, count);
    assert_as_r("groups60", &result.corrected);
    assert_as_r("alone60", &result.moderated);
    assert_int_equal(result.calibrated_on, 2);
}

/* ---- By hand ------------------------------------------------------------------ */

/* `count` audits of one kind after those that are there. */
static size_t add(estimate_audit *audits, size_t at, size_t count, level auditor, level moderator,
                  double inclusion)
{
    for (size_t i = 0; i < count; i++)
        audits[at + i] = (estimate_audit){
            .auditor = auditor, .tool = NONE, .moderator = moderator, .inclusion = inclusion};
    return at + count;
}

/* 300 audits, 60 of them moderated. Auditors: 100 requires improvement, 200 good. Moderated: of 20
 * RI all stay; of 40 good 10 become RI. So of good 3 in 4 are: 200 x 3/4 = 150 of 300, 50%, where
 * the auditors say 66.7%; of 60 moderated alone 30, 50% too. Two groups of 1/5 each.
 *
 * Residuals: 0 for RI; for good 1/4 (30 of them) and -3/4 (10): h = 1/40, w = 5:
 * sum (w e / (1 - h))^2 = 25 x (30/16 + 10 x 9/16) / 0.950625 = 197.2387; x (1 - 0.2) x 59/60 =
 * 155.1611; / 300^2 = 0.00172401. unit = 0.8 x 60 x 25 / 300^2 = 0.0133333, told = 4 x 60 x 1/4 =
 * 60: (60 x 0.00172401 + 0.25 x 0.0133333) / 61 = 0.00175039, its root 0.0418377.
 * effective n = 0.25 / 0.00175039 = 142.825; Wilson at 1/2: half = z / (2 sqrt(n + z^2)) =
 * 1.959964 / (2 sqrt(146.667)) = 0.0809199. */
static void test_by_hand(void **state)
{
    static estimate_audit audits[AUDITS_MAX];
    (void)state;
    size_t count = add(audits, 0, 80, 1, NONE, 0.2);
    count = add(audits, count, 20, 1, 1, 0.2);
    count = add(audits, count, 160, 2, NONE, 0.2);
    count = add(audits, count, 10, 2, 1, 0.2);
    count = add(audits, count, 30, 2, 2, 0.2);

    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_near(result.auditors.good.share, 2.0 / 3, 1e-12);
    assert_near(result.corrected.good.share, 0.5, 1e-9);
    assert_near(result.corrected.good.standard_error, 0.0418377, 5e-7);
    assert_near(result.corrected.good.low, 0.5 - 0.0809199, 5e-7);
    assert_near(result.corrected.good.high, 0.5 + 0.0809199, 5e-7);
    assert_near(result.moderated.good.share, 0.5, 1e-9);
    assert_true(result.moderated.good.standard_error > result.corrected.good.standard_error);
    assert_int_equal(result.covered, 300);
    assert_int_equal(result.picked, 60);
}

/* 14 of 20 is 48.1 to 85.5% by Wilson (docs/results.md): the auditors' own figure. */
static void test_auditors_figure_has_wilsons_interval(void **state)
{
    estimate_audit audits[20];
    (void)state;
    add(audits, add(audits, 0, 14, 2, NONE, 0.5), 6, 1, NONE, 0.5);
    const estimate_result result = reckon(audits, 20);
    assert_near(result.auditors.good.share, 0.7, 1e-12);
    assert_near(result.auditors.good.low, 0.4810, 0.00006);
    assert_near(result.auditors.good.high, 0.8545, 0.00006);
    assert_int_equal(result.corrected.reason, ESTIMATE_NONE_MODERATED);
}

/* Every audit moderated, with whatever probabilities: the truth, and nothing unsure about it. */
static void test_all_moderated_is_exact(void **state)
{
    estimate_audit audits[40];
    (void)state;
    size_t count = add(audits, 0, 10, 2, 0, 0.3);
    count = add(audits, count, 20, 3, 2, 0.9);
    count = add(audits, count, 10, 1, 1, 1);
    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_true(result.corrected.good.share == 0.5);
    assert_true(result.corrected.good.low == 0.5 && result.corrected.good.high == 0.5);
    assert_true(result.corrected.levels[0].share == 0.25);
    assert_true(result.corrected.good.standard_error == 0);
    assert_true(result.corrected.good.effective == 40);
    assert_true(result.moderated.good.share == 0.5);
}

/* All 30 inadequates are triggered and confirmed; of the other 70 (auditors: good), 20 by chance,
 * of which 10 are good. 30 + 70/2: 35 of 100 are good. Counting the moderated as they are would
 * say 10 of 50. */
static void test_triggered_picks_stand_for_themselves(void **state)
{
    estimate_audit audits[100];
    (void)state;
    size_t count = add(audits, 0, 30, 0, 0, 0.1);
    for (size_t i = 0; i < 30; i++)
        audits[i].triggered = true;
    count = add(audits, count, 50, 2, NONE, 2.0 / 7);
    count = add(audits, count, 10, 2, 2, 2.0 / 7);
    count = add(audits, count, 10, 2, 1, 2.0 / 7);
    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_near(result.corrected.good.share, 0.35, 1e-9);
    assert_near(result.moderated.good.share, 0.35, 1e-9);
    assert_near(result.corrected.levels[0].share, 0.30, 1e-9);
    assert_int_equal(result.settled, 30);
    assert_int_equal(result.picked, 20);
    /* 30 are known not to be good, 10 more were seen: at most 60, at least 10. */
    assert_true(result.corrected.good.high <= 0.60);
    assert_true(result.corrected.good.low >= 0.10);
}

/* 100 audits with 1 in 10 picked, 100 with 1 in 2: 5 of 10 good and 10 of 50. Hajek: (5 x 10 +
 * 10 x 2) / 200 = 35%; as they are, 15 of 60 would be 25%. */
static void test_unequal_probabilities_are_weighed(void **state)
{
    estimate_audit audits[200];
    (void)state;
    size_t count = add(audits, 0, 90, 2, NONE, 0.1);
    count = add(audits, count, 5, 2, 2, 0.1);
    count = add(audits, count, 5, 2, 1, 0.1);
    count = add(audits, count, 50, 2, NONE, 0.5);
    count = add(audits, count, 10, 2, 3, 0.5);
    count = add(audits, count, 40, 2, 0, 0.5);
    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_near(result.moderated.good.share, 0.35, 1e-9);
    assert_near(result.corrected.good.share, 0.35, 1e-9);
    assert_int_equal(result.calibrated_on, 0); /* all auditors' levels are the same */
}

/* ---- What is not covered, and waits ------------------------------------------- */

static void test_audits_that_could_not_be_picked_are_told_and_left_out(void **state)
{
    estimate_audit audits[100];
    (void)state;
    size_t count = add(audits, 0, 20, 3, NONE, 0);
    count = add(audits, count, 60, 2, NONE, 0.25);
    count = add(audits, count, 20, 2, 1, 0.25);
    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_int_equal(result.not_covered, 20);
    assert_int_equal(result.excluded, 20);
    assert_int_equal(result.undrawn, 0);
    assert_int_equal(result.covered, 80);
    assert_near(result.corrected.good.share, 0, 1e-12);
    assert_near(result.auditors.good.share, 1, 1e-12);
}

/* 60 drawn from, of which auditors found 45 good and 15 not, and 20 each moderated as they were
 * graded; 50 in no draw yet, all not good. Corrected 45 of 60, as the auditors say of the same; of all
 * 110 they say 45, 41%: what must not be held beside 75%. */
static void test_the_auditors_own_figure_of_the_same_audits(void **state)
{
    estimate_audit audits[110];
    (void)state;
    size_t count = add(audits, 0, 30, 2, NONE, 1.0 / 3);
    count = add(audits, count, 15, 2, 2, 1.0 / 3);
    count = add(audits, count, 10, 1, NONE, 1.0 / 3);
    count = add(audits, count, 5, 1, 1, 1.0 / 3);
    count = add(audits, count, 50, 1, NONE, 0);
    for (size_t i = 60; i < 110; i++)
        audits[i].undrawn = true;
    const estimate_result result = reckon(audits, 110);
    assert_result(&result);
    assert_near(result.corrected.good.share, 0.75, 1e-9);
    assert_near(result.auditors_covered.good.share, 0.75, 1e-12);
    assert_near(result.auditors_covered.good.effective, 60, 1e-12);
    assert_near(result.auditors.good.share, 45.0 / 110, 1e-12);
    assert_int_equal(result.undrawn, 50);
    assert_int_equal(result.excluded, 0);
    assert_false(estimate_decides(&result));
}

/* 10 of 100 outside can move the share 10 points: still held against a target; 11 no more. */
static void test_over_a_tenth_outside_decides_nothing(void **state)
{
    estimate_audit audits[100];
    (void)state;
    add(audits, add(audits, add(audits, 0, 10, 2, NONE, 0), 60, 2, NONE, 1.0 / 3), 30, 2, 2,
        1.0 / 3);
    estimate_result result = reckon(audits, 100);
    assert_true(estimate_decides(&result));
    assert_false(estimate_is_hint(&result));
    audits[10].inclusion = 0;
    result = reckon(audits, 100);
    assert_false(estimate_decides(&result));

    add(audits, add(audits, 0, 81, 2, NONE, 0.2), 19, 2, 2, 0.2);
    result = reckon(audits, 100);
    assert_true(estimate_decides(&result) && estimate_is_hint(&result));
    add(audits, 0, 1, 2, 2, 0.2); /* the twentieth */
    result = reckon(audits, 100);
    assert_false(estimate_is_hint(&result));
    result = reckon(audits + 81, 19); /* all moderated: exact */
    assert_false(estimate_is_hint(&result));
}

/* An audit moderated by hand, outside every draw, stands for itself: 1 of 81. */
static void test_moderated_by_hand_stands_for_itself(void **state)
{
    estimate_audit audits[81];
    (void)state;
    size_t count = add(audits, 0, 1, 0, 3, 0);
    count = add(audits, count, 60, 2, NONE, 0.25);
    count = add(audits, count, 20, 2, 1, 0.25);
    const estimate_result result = reckon(audits, count);
    assert_near(result.corrected.good.share, 1.0 / 81, 1e-9);
    assert_int_equal(result.not_covered, 0);
}

/* Of 20 triggered 10 are done, 5 of them good; of 80 others 20 of 20 picked are good. The done
 * stand for the waiting: (20 / 2 + 80) / 100 = 90%. */
static void test_waiting_triggered_audits_are_stood_for(void **state)
{
    estimate_audit audits[100];
    (void)state;
    size_t count = add(audits, 0, 10, 2, NONE, 1);
    count = add(audits, count, 5, 2, 2, 1);
    count = add(audits, count, 5, 2, 1, 1);
    for (size_t i = 0; i < 20; i++)
        audits[i].triggered = true;
    count = add(audits, count, 60, 2, NONE, 0.25);
    count = add(audits, count, 20, 2, 2, 0.25);
    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_int_equal(result.waiting, 10);
    assert_int_equal(result.covered, 100);
    assert_near(result.corrected.good.share, 0.9, 1e-9);
}

/* None of the triggered is done: nothing is like them, and they are not covered. */
static void test_waiting_with_nothing_like_them_are_not_covered(void **state)
{
    estimate_audit audits[100];
    (void)state;
    size_t count = add(audits, 0, 20, 0, NONE, 1);
    count = add(audits, count, 60, 2, NONE, 0.25);
    count = add(audits, count, 20, 2, 2, 0.25);
    const estimate_result result = reckon(audits, count);
    assert_int_equal(result.waiting, 20);
    assert_int_equal(result.not_covered, 20);
    assert_near(result.corrected.good.share, 1, 1e-12);
}

/* Half the picks wait: those that are done stand for twice as many, and the interval is that of 20
 * moderated, not of 40. */
static void test_picks_that_wait_widen_the_interval(void **state)
{
    estimate_audit part[80];
    estimate_audit whole[80];
    (void)state;
    add(part, add(part, add(part, 0, 60, 2, NONE, 0.5), 10, 2, 2, 0.5), 10, 2, 1, 0.5);
    add(whole, add(whole, add(whole, 0, 60, 2, NONE, 0.25), 10, 2, 2, 0.25), 10, 2, 1, 0.25);
    const estimate_result a = reckon(part, 80);
    const estimate_result b = reckon(whole, 80);
    assert_near(a.corrected.good.low, b.corrected.good.low, 1e-9);
    assert_near(a.corrected.good.high, b.corrected.good.high, 1e-9);
}

static void test_a_stratum_without_picks_is_told(void **state)
{
    estimate_audit audits[100];
    (void)state;
    size_t count = add(audits, 0, 40, 2, NONE, 0.4);
    count = add(audits, count, 10, 2, 2, 0.4);
    count = add(audits, count, 10, 2, 1, 0.4);
    for (size_t i = 0; i < 20; i++)
        audits[i].stratum = 7;
    count = add(audits, count, 40, 1, NONE, 0.4);
    for (size_t i = 60; i < 100; i++)
        audits[i].stratum = 9;
    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_int_equal(result.silent_strata, 2);
    assert_int_equal(result.corrected.reason, ESTIMATE_GIVEN);
}

/* ---- No figure, with a reason ---------------------------------------------------- */

static void test_reasons(void **state)
{
    estimate_audit audits[50] = {{0}};
    (void)state;

    assert_int_equal(reckon(audits, 0).corrected.reason, ESTIMATE_NO_AUDITS);
    assert_int_equal(reckon(audits, 0).auditors.reason, ESTIMATE_NO_AUDITS);

    add(audits, 0, 50, 2, NONE, 0);
    assert_int_equal(reckon(audits, 50).corrected.reason, ESTIMATE_NOT_COVERED);
    assert_int_equal(reckon(audits, 50).auditors_covered.reason, ESTIMATE_NOT_COVERED);
    for (size_t i = 0; i < 50; i++)
        audits[i].undrawn = true;
    assert_int_equal(reckon(audits, 50).corrected.reason, ESTIMATE_NOT_DRAWN);
    assert_non_null(strstr(estimate_reason_text(ESTIMATE_NOT_DRAWN), "no draw was made"));
    audits[0].undrawn = false;
    assert_int_equal(reckon(audits, 50).corrected.reason, ESTIMATE_NOT_COVERED);

    add(audits, 0, 50, NONE, NONE, 0.1);
    assert_int_equal(reckon(audits, 50).corrected.reason, ESTIMATE_NONE_MODERATED);
    assert_int_equal(reckon(audits, 50).auditors.reason, ESTIMATE_NO_LEVELS);

    add(audits, add(audits, 0, 40, 2, NONE, 0.2), 10, 0, 0, 1);
    assert_int_equal(reckon(audits, 50).corrected.reason, ESTIMATE_NONE_BY_CHANCE);

    add(audits, add(audits, 0, 46, 2, NONE, 0.08), 4, 2, 2, 0.08);
    assert_int_equal(reckon(audits, 50).corrected.reason, ESTIMATE_TOO_FEW);
    add(audits, 0, 1, 2, 2, 1);
    assert_true(reckon(audits, 1).corrected.good.share == 1);

    for (int reason = ESTIMATE_NO_AUDITS; reason <= ESTIMATE_TOO_FEW; reason++)
        assert_non_null(strstr(estimate_reason_text((estimate_reason)reason), "; "));
}

/* One level everywhere, and auditors without a level: a value, and an interval of some width. */
static void test_one_level_and_no_levels_give_a_value(void **state)
{
    estimate_audit audits[50] = {{0}};
    (void)state;
    add(audits, add(audits, 0, 40, 2, NONE, 0.2), 10, 2, 2, 0.2);
    estimate_result result = reckon(audits, 50);
    assert_result(&result);
    assert_true(result.corrected.good.share == 1 && result.corrected.good.high == 1);
    /* Wilson at 10 of 10 with the correction for 50: n = 10 / (1 - 0.2) = 12.5, low = 12.5 /
     * (12.5 + 3.8415) = 0.7649. */
    assert_near(result.corrected.good.low, 0.7649, 0.00006);
    assert_true(result.corrected.good.standard_error > 0);

    add(audits, add(audits, 0, 40, NONE, NONE, 0.2), 10, NONE, 1, 0.2);
    result = reckon(audits, 50);
    assert_result(&result);
    assert_true(result.corrected.levels[1].share == 1);
    assert_int_equal(result.calibrated_on, 0);
}

/* The tool agrees with every auditor: the second column says nothing new, and does no harm. */
static void test_a_tool_that_says_the_same_changes_nothing(void **state)
{
    static estimate_audit audits[AUDITS_MAX];
    (void)state;
    const size_t count = read_reference(audits, 3, 20, false);
    const double without = reckon(audits, count).corrected.good.share;
    for (size_t i = 0; i < count; i++)
        audits[i].tool = audits[i].auditor;
    const estimate_result result = reckon(audits, count);
    assert_result(&result);
    assert_near(result.corrected.good.share, without, 1e-6);
}

static void test_impossible_input_is_refused(void **state)
{
    static const struct {
        estimate_audit audit;
        const char    *says;
    } wrong[] = {
        {{.auditor = 4, .tool = NONE, .moderator = NONE, .inclusion = 0.5}, "level"},
        {{.auditor = 1, .tool = 9, .moderator = NONE, .inclusion = 0.5}, "level"},
        {{.auditor = 1, .tool = NONE, .moderator = 4, .inclusion = 0.5}, "level"},
        {{.auditor = 1, .tool = NONE, .moderator = NONE, .inclusion = 1.5}, "probability"},
        {{.auditor = 1, .tool = NONE, .moderator = NONE, .inclusion = -0.1}, "probability"},
        {{.auditor = 1, .tool = NONE, .moderator = NONE, .inclusion = NAN}, "probability"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        estimate_result result;
        error_list      errors = {0};
        assert_false(estimate_shares(&wrong[i].audit, 1, &ofsted, &result, &errors));
        assert_int_equal(errors.count, 1);
        assert_non_null(strstr(errors.items[0].text, wrong[i].says));
        assert_non_null(strstr(errors.items[0].text, "audit 1"));
        error_clear(&errors);
    }
    static const estimate_question questions[] = {{1, 1, 0.95}, {10, 2, 0.95}, {4, 0, 0.95},
                                                  {4, 4, 0.95}, {4, 2, 1},     {4, 2, NAN}};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        estimate_result result;
        error_list      errors = {0};
        assert_false(estimate_shares(NULL, 0, &questions[i], &result, &errors));
        assert_int_equal(errors.count, 1);
        error_clear(&errors);
    }
}

/* ---- Properties, over made audits ------------------------------------------------- */

static uint64_t seed = 20261122;

static uint64_t draw(uint64_t below)
{
    /* SplitMix64 */
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
}

static level draw_level(uint64_t none)
{
    return draw(100) < none ? NONE : (level)draw(4);
}

/* Audits without sense: any mixture of levels, probabilities, triggers, strata. */
static size_t make_any(estimate_audit *audits)
{
    static const double inclusions[] = {0, 1e-12, 0.01, 0.2, 0.5, 0.999999, 1};
    const uint64_t      none = draw(101);
    const uint64_t      moderated = draw(101);
    const uint64_t      mixed = draw(8);
    const size_t        count = draw(150);
    for (size_t i = 0; i < count; i++)
        audits[i] = (estimate_audit){.auditor = draw_level(none / 2),
                                     .tool = draw_level(none),
                                     .moderator = draw(100) < moderated ? (level)draw(4) : NONE,
                                     .triggered = draw(10) < mixed / 4,
                                     .inclusion = inclusions[mixed < 3 ? 3 : draw(7)],
                                     .stratum = (unsigned)draw(1 + mixed)};
    return count;
}

static void test_whatever_is_given_shares_are_shares(void **state)
{
    static estimate_audit audits[AUDITS_MAX];
    (void)state;
    for (size_t round = 0; round < 1500; round++) {
        const size_t          count = make_any(audits);
        const estimate_result result = reckon(audits, count);
        assert_result(&result);
    }
}

static void test_order_changes_nothing(void **state)
{
    static estimate_audit audits[AUDITS_MAX];
    (void)state;
    for (size_t round = 0; round < 200; round++) {
        const size_t          count = make_any(audits);
        const estimate_result before = reckon(audits, count);
        for (size_t i = count; i > 1; i--) {
            const size_t         other = draw(i);
            const estimate_audit kept = audits[i - 1];
            audits[i - 1] = audits[other];
            audits[other] = kept;
        }
        const estimate_result after = reckon(audits, count);
        assert_memory_equal(&before.corrected.good, &after.corrected.good,
                            sizeof before.corrected.good);
        assert_memory_equal(&before.moderated.good, &after.moderated.good,
                            sizeof before.moderated.good);
    }
}

/* Every audit twice: the same share, and an interval that is narrower by about the root of 2. */
static void test_twice_the_audits_narrow_the_interval(void **state)
{
    static estimate_audit audits[AUDITS_MAX];
    (void)state;
    const size_t          count = read_reference(audits, 2, 60, true);
    const estimate_result once = reckon(audits, count);
    for (size_t i = 0; i < count; i++)
        audits[count + i] = audits[i];
    const estimate_result twice = reckon(audits, 2 * count);
    const double          ratio = (once.corrected.good.high - once.corrected.good.low) /
                         (twice.corrected.good.high - twice.corrected.good.low);
    assert_true(ratio > 1.3 && ratio < 1.55);
    assert_near(once.moderated.good.share, twice.moderated.good.share, 1e-9);
}

/* More confidence, a wider interval about the same share. */
static void test_confidence_widens(void **state)
{
    static estimate_audit audits[AUDITS_MAX];
    (void)state;
    const size_t      count = read_reference(audits, 2, 60, true);
    estimate_question question = ofsted;
    double            last = 0;
    for (size_t i = 0; i < 4; i++) {
        estimate_result result;
        error_list      errors = {0};
        question.confidence = (const double[]){0.5, 0.8, 0.95, 0.999}[i];
        assert_true(estimate_shares(audits, count, &question, &result, &errors));
        const double width = result.corrected.good.high - result.corrected.good.low;
        assert_true(width > last);
        last = width;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_r_survey),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_auditors_figure_has_wilsons_interval),
        cmocka_unit_test(test_all_moderated_is_exact),
        cmocka_unit_test(test_triggered_picks_stand_for_themselves),
        cmocka_unit_test(test_unequal_probabilities_are_weighed),
        cmocka_unit_test(test_audits_that_could_not_be_picked_are_told_and_left_out),
        cmocka_unit_test(test_the_auditors_own_figure_of_the_same_audits),
        cmocka_unit_test(test_over_a_tenth_outside_decides_nothing),
        cmocka_unit_test(test_moderated_by_hand_stands_for_itself),
        cmocka_unit_test(test_waiting_triggered_audits_are_stood_for),
        cmocka_unit_test(test_waiting_with_nothing_like_them_are_not_covered),
        cmocka_unit_test(test_picks_that_wait_widen_the_interval),
        cmocka_unit_test(test_a_stratum_without_picks_is_told),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_one_level_and_no_levels_give_a_value),
        cmocka_unit_test(test_a_tool_that_says_the_same_changes_nothing),
        cmocka_unit_test(test_impossible_input_is_refused),
        cmocka_unit_test(test_whatever_is_given_shares_are_shares),
        cmocka_unit_test(test_order_changes_nothing),
        cmocka_unit_test(test_twice_the_audits_narrow_the_interval),
        cmocka_unit_test(test_confidence_widens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
