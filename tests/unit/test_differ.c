/* Whether two rubrics differ is proved without trying every record. Here every record is tried. */
#include "grading_case.h"

#include <stdlib.h>

#include "mutation/mutation.h"
#include "proof/proof.h"

enum { CRITERIA_MAX = 4, TURNS = 15 };

static uint64_t seed;

static unsigned below(unsigned count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % count;
}

/* ---- Every record ------------------------------------------------------------------------- */

/* The criteria that hold the judgement down, a bit each. */
static unsigned limited_by(const rubric *held, const uint8_t *ratings, const judgement *got)
{
    unsigned set = 0;

    if (got->status != STATUS_GRADED || !held->overall || got->cap >= got->stepped)
        return 0;
    for (size_t c = 0; c < held->criterion_count; c++)
        if (ratings[c] < LEVELS_MAX && held->criteria[c].cap[ratings[c]] == got->cap)
            set |= 1u << c;
    return set;
}

static bool differs_on(const rubric *a, const rubric *b, const uint8_t *ratings)
{
    const judgement one = judge_record(a, ratings), other = judge_record(b, ratings);

    return one.status != other.status || one.judgement != other.judgement ||
           limited_by(a, ratings, &one) != limited_by(b, ratings, &other);
}

/* The ratings that each criterion can have: levels (of a flag two), missing, not applicable. */
static size_t ratings_of(const rubric *held, size_t c, uint8_t out[LEVELS_MAX + 2])
{
    const criterion *asked = &held->criteria[c];
    size_t           count = 0;

    for (level l = 0; l < held->scale.count; l++)
        if (!asked->gives_flag || l == asked->yes || l == asked->no)
            out[count++] = l;
    if (asked->if_missing == LEVEL_NONE)
        out[count++] = RATING_MISSING;
    else if (asked->gives_flag && asked->if_missing != asked->yes && asked->if_missing != asked->no)
        out[count++] = asked->if_missing;
    out[count++] = RATING_NOT_APPLICABLE;
    return count;
}

static bool any_differs(const rubric *a, const rubric *b, size_t c, uint8_t *ratings)
{
    uint8_t      can[LEVELS_MAX + 2];
    const size_t count = c < a->criterion_count ? ratings_of(a, c, can) : 0;

    if (c == a->criterion_count)
        return differs_on(a, b, ratings);
    for (size_t i = 0; i < count; i++) {
        ratings[c] = can[i];
        if (any_differs(a, b, c + 1, ratings))
            return true;
    }
    return false;
}

/* ---- Rubrics by chance ----------------------------------------------------------------------- */

static void write_rubric(char *out, size_t size)
{
    static const char *const levels[] = {"inadequate", "requires_improvement", "good",
                                         "outstanding"};
    size_t         used = (size_t)snprintf(out, size, HEAD "[judgement]\nmin_coverage = %u\n",
                                   below(3) ? 60 : below(101));
    const unsigned criteria = 1 + below(CRITERIA_MAX);

    if (below(2))
        used += (size_t)snprintf(out + used, size - used, "good = %u.%03u\n", 2, 100 + below(900));
    if (below(8) == 0)
        used += (size_t)snprintf(out + used, size - used, "overall = no\n");
    for (unsigned l = 3; l > 1; l--)
        if (below(2))
            used += (size_t)snprintf(out + used, size - used, "[judgement.%s]\nmax_%s = %u\n",
                                     levels[l], levels[below(3)], below(3));
    for (unsigned c = 0; c < criteria; c++) {
        used += (size_t)snprintf(out + used, size - used,
                                 "[criterion.c%u]\nmeasure = %s\nweight = %u\n", c,
                                 below(3) ? "rating" : "yes_no", below(4));
        if (below(3) == 0)
            used += (size_t)snprintf(out + used, size - used, "limit = %s -> %s\n",
                                     levels[below(3)], levels[below(3)]);
        if (below(4) == 0)
            used += (size_t)snprintf(out + used, size - used, "critical = yes\n");
        if (below(4) == 0)
            used += (size_t)snprintf(out + used, size - used, "missing = %s\n", levels[below(4)]);
    }
    assert_true(used < size);
}

/* ---- Tests --------------------------------------------------------------------------------------- */

static void check_mutant(const rubric *held, differing *by, const mutant *edit)
{
    uint8_t       ratings[CRITERIA_MAX], found[CRITERIA_MAX];
    differ_answer answer;
    const bool    expected = any_differs(held, &edit->edited, 0, ratings);

    assert_true(differ_ask(by, &edit->edited, found, &answer));
    if (answer != (expected ? DIFFER_YES : DIFFER_NO))
        fail_msg("[%s] %s: %s -> %s: answer %d, records differ %d", edit->section, edit->key,
                 edit->before, edit->after, (int)answer, expected);
    if (answer == DIFFER_YES && !differs_on(held, &edit->edited, found))
        fail_msg("[%s] %s: %s -> %s: the ratings found are judged alike", edit->section, edit->key,
                 edit->before, edit->after);
}

static void test_what_is_proved_of_two_rubrics_is_what_every_record_shows(void **state)
{
    size_t equivalent = 0, asked = 0;

    (void)state;
    seed = 11;
    for (int turn = 0; turn < TURNS; turn++) {
        char        written[2048];
        error_list  errors = {0};
        mutant_list mutants = {0};

        write_rubric(written, sizeof written);
        rubric *held = assert_taken(written);
        assert_true(mutants_make(&mutants, held));
        differing *by = differ_new(held, NULL, 60000, &errors);
        assert_non_null(by);
        for (size_t m = 0; m < mutants.count; m++) {
            if (mutants.items[m].touches != TOUCHES_SCORE &&
                mutants.items[m].touches != TOUCHES_LIMITS)
                continue;
            check_mutant(held, by, &mutants.items[m]);
            uint8_t ratings[CRITERIA_MAX];
            equivalent += !any_differs(held, &mutants.items[m].edited, 0, ratings);
            asked++;
        }
        differ_free(by);
        mutants_free(&mutants);
        rubric_free(held);
        error_clear(&errors);
    }
    /* both answers are given often */
    assert_true(equivalent > 50 && asked - equivalent > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_proved_of_two_rubrics_is_what_every_record_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
