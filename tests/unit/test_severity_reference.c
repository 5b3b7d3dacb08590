/* test_severity_reference.c - severities against R:
 * tests/reference/severity/severity.R wrote expected.txt from the data beside
 * it, by other code and other packages. */
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "severity/severity.h"

#define FOLDER "tests/reference/severity/"

enum { ROWS_MOST = 2000, VALUES_MOST = 8 };

static uint32_t audit[ROWS_MOST];
static uint32_t criterion[ROWS_MOST];
static uint32_t auditor[ROWS_MOST];
static uint8_t  rating[ROWS_MOST];

static severity_result fit(const char *name)
{
    char path[64];
    char line[64];
    snprintf(path, sizeof path, FOLDER "%s.csv", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file)); /* headings */
    severity_data data = {0, audit, criterion, auditor, rating, 0, 0, 0, 4};
    while (fgets(line, sizeof line, file)) {
        size_t k = data.count++;
        assert_true(k < ROWS_MOST);
        assert_int_equal(sscanf(line, "%" SCNu32 ",%" SCNu32 ",%" SCNu32 ",%" SCNu8, &audit[k],
                                &criterion[k], &auditor[k], &rating[k]),
                         4);
        data.audit_count = audit[k] >= data.audit_count ? audit[k] + 1 : data.audit_count;
        data.criterion_count =
            criterion[k] >= data.criterion_count ? criterion[k] + 1 : data.criterion_count;
        data.auditor_count = auditor[k] >= data.auditor_count ? auditor[k] + 1 : data.auditor_count;
    }
    fclose(file);
    severity_result found;
    assert_true(severity_fit(&data, &found));
    assert_int_equal(found.status, SEVERITY_FITTED);
    return found;
}

/* The line `what` of the data set `name`: how many values it has. */
static size_t expect(const char *name, const char *what, double *values)
{
    FILE  *file = fopen(FOLDER "expected.txt", "r");
    char   line[256];
    bool   inside = false;
    size_t count = 0;
    assert_non_null(file);
    while (count == 0 && fgets(line, sizeof line, file)) {
        char *rest;
        char *word = strtok_r(line, " \n", &rest);
        if (word && strcmp(word, "data") == 0)
            inside = strcmp(strtok_r(NULL, " \n", &rest), name) == 0;
        else if (word && inside && strcmp(word, what) == 0)
            while ((word = strtok_r(NULL, " \n", &rest)) && count < VALUES_MOST)
                values[count++] = strtod(word, NULL);
    }
    fclose(file);
    assert_true(count > 0);
    return count;
}

static void assert_near(const char *what, double found, double expected, double within)
{
    if (!(fabs(found - expected) <= within))
        fail_msg("%s: %.9g is not %.9g +- %g", what, found, expected, within);
}

/* An array of a struct's member, held against a line. */
#define HOLD(name, what, array, member, within)                                                    \
    do {                                                                                           \
        double held_to[VALUES_MOST];                                                               \
        size_t held_count = expect(name, what, held_to);                                           \
        for (size_t k = 0; k < held_count; k++)                                                    \
            assert_near(what, (array)[k].member, held_to[k], within);                              \
    } while (0)

static void hold(const char *name)
{
    severity_result found = fit(name);
    /* the same objective, priors and all, made most by other means */
    HOLD(name, "finite_severity", found.auditors, logits.value, 0.0005);
    HOLD(name, "finite_error", found.auditors, logits.error, 0.0005);
    HOLD(name, "finite_spread", &found.audit_spread, value, 0.0005);
    /* the plain maximum of the likelihood: the weak priors matter this little */
    HOLD(name, "severity", found.auditors, logits.value, 0.005);
    HOLD(name, "error", found.auditors, logits.error, 0.005);
    HOLD(name, "difficulty", found.criteria, logits.value, 0.005);
    HOLD(name, "threshold", found.thresholds, logits.value, 0.01);
    HOLD(name, "mean", &found.audit_mean, value, 0.005);
    HOLD(name, "spread", &found.audit_spread, value, 0.005);
    HOLD(name, "log_likelihood", &found, log_likelihood, 0.005);
    HOLD(name, "grades", found.auditors, grades.value, 0.001);
    HOLD(name, "infit", found.auditors, infit, 0.005);
    HOLD(name, "outfit", found.auditors, outfit, 0.005);
    HOLD(name, "auditor_spread", &found, auditor_spread, 0.005);
    HOLD(name, "shrunken", found.auditors, shrunken_logits.value, 0.005);

    /* R's error is given omega; ours allows for omega being an estimate: never
   * less, not much more */
    double given[VALUES_MOST];
    size_t count = expect(name, "shrunken_error", given);
    for (size_t j = 0; j < count; j++) {
        assert_true(found.auditors[j].shrunken_logits.error > given[j] - 0.002);
        assert_true(found.auditors[j].shrunken_logits.error < 1.15 * given[j]);
    }
    severity_free(&found);
}

static void test_audits_rated_once(void **state)
{
    (void)state;
    hold("council");
}

static void test_half_of_the_audits_rated_by_all(void **state)
{
    (void)state;
    hold("moderated");
}

/* A cumulative model has another scale but must put auditors in the same places
 * on it: correlation above 0.99. */
static void test_a_cumulative_model_agrees_on_who_is_harsh(void **state)
{
    (void)state;
    static const char *const names[] = {"council", "moderated"};
    for (size_t n = 0; n < 2; n++) {
        severity_result found = fit(names[n]);
        double          theirs[VALUES_MOST];
        size_t          count = expect(names[n], "clmm", theirs);
        double          product = 0;
        double          ours_squared = 0;
        double          theirs_squared = 0;
        for (size_t j = 0; j < count; j++) { /* both have mean 0 */
            double ours = found.auditors[j].logits.value;
            product += ours * theirs[j];
            ours_squared += ours * ours;
            theirs_squared += theirs[j] * theirs[j];
        }
        assert_true(product / sqrt(ours_squared * theirs_squared) > 0.99);
        severity_free(&found);
    }
}

/* eRm's conditional likelihood supposes nothing of how audits are distributed:
 * within half an error. */
static void test_conditional_likelihood_agrees(void **state)
{
    (void)state;
    severity_result found = fit("crossed");
    double          conditional[VALUES_MOST];
    size_t          count = expect("crossed", "conditional", conditional);
    for (size_t j = 0; j < count; j++)
        assert_near("conditional", found.auditors[j].logits.value, conditional[j],
                    0.5 * found.auditors[j].logits.error);
    HOLD("crossed", "severity", found.auditors, logits.value, 0.005);
    HOLD("crossed", "error", found.auditors, logits.error, 0.005);
    severity_free(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_audits_rated_once),
        cmocka_unit_test(test_half_of_the_audits_rated_by_all),
        cmocka_unit_test(test_a_cumulative_model_agrees_on_who_is_harsh),
        cmocka_unit_test(test_conditional_likelihood_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
