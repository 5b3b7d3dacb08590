/* Up to 40 criteria in under a second a rubric: rubrics of 40 criteria by chance, with a fixed seed,
 * whose weights are hard to add up: any, nearly alike, some heavy and a few that are light. All is
 * decided, and what is shown is so. The time is ten times what a release build takes, for sanitizers on a busy
 * machine. */
#include "rubric_case.h"

#include "proof/proof.h"

enum { RUBRICS = 20, CRITERIA = 40, MILLISECONDS = 20000 };

static uint64_t chance_state = 40;

static unsigned chance(unsigned below)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance_state >> 33) % below;
}

static const char *const levels[] = {"inadequate", "requires_improvement", "good", "outstanding"};

static unsigned weight_of(size_t kind)
{
    static const unsigned close[] = {1, 2, 3, 5, 500, 501, 997, 998, 999, 1000};
    static const unsigned heavy[] = {1000, 1000, 1000, 999, 1, 2, 3};

    return kind % 3 == 0 ? 1 + chance(1000) : kind % 3 == 1 ? close[chance(10)] : heavy[chance(7)];
}

static void write_judgement(buffer *out)
{
    unsigned threshold = 1100;

    buffer_format(out, "[judgement]\nmin_coverage = %u\n", chance(101));
    for (size_t l = 1; l < 4; l++) {
        threshold += 1 + chance(900);
        buffer_format(out, "%s = %u.%03u\n", levels[l], threshold / 1000, threshold % 1000);
    }
    for (size_t of = 1; of < 4; of++) {
        buffer_format(out, "[judgement.%s]\n", levels[of]);
        for (size_t l = 0; l <= of; l++)
            if (chance(l < of ? 2 : 6) == 0)
                buffer_format(out, "max_%s = %u\n", levels[l], chance(9));
    }
}

static void write_criterion(buffer *out, size_t kind, size_t c)
{
    static const char *const applies[] = {"x", "y", "not x"};

    buffer_format(out, "[criterion.c%zu]\nweight = %u\n", c, weight_of(kind));
    if (chance(4) == 0)
        buffer_format(out, "measure = yes_no\nyes = %s\nno = %s\n", levels[2 + chance(2)],
                      levels[chance(2)]);
    else
        buffer_string(out, "measure = rating\n");
    if (chance(3) == 0)
        buffer_format(out, "missing = %s\n", levels[chance(4)]);
    if (chance(7) == 0)
        buffer_string(out, "critical = yes\n");
    if (chance(5) == 0)
        buffer_format(out, "limit = %s -> %s\n", levels[chance(2)], levels[chance(3)]);
    if (chance(7) == 0)
        buffer_format(out, "applies_if = kind is %s\n", applies[chance(3)]);
}

static rubric *by_chance(size_t kind)
{
    buffer     out = {0};
    error_list errors = {0};

    buffer_string(&out, HEAD);
    write_judgement(&out);
    for (size_t c = 0; c < CRITERIA; c++)
        write_criterion(&out, kind, c);
    assert_true(buffer_end(&out));
    rubric *made = case_read(out.bytes, &errors);
    assert_non_null(made);
    error_clear(&errors);
    buffer_free(&out);
    return made;
}

static void test_forty_criteria_are_decided(void **state)
{
    (void)state;

    for (size_t i = 0; i < RUBRICS; i++) {
        error_list errors = {0};
        proof      proved;
        rubric    *held = by_chance(i);
        assert_true(proof_make(&proved, held, NULL, NULL, MILLISECONDS, &errors));
        for (size_t f = 0; f < proved.finding_count; f++)
            assert_int_not_equal(proved.findings[f].kind, KIND_UNDECIDED);
        assert_true(proved.monotone_decided && proved.moved_decided);
        for (size_t e = 0; e < proved.example_count; e++) {
            const judgement judged = judge_record(held, proved.examples[e].ratings);
            assert_true(judged.judgement < LEVELS_MAX);
            assert_true(proved.reachable >> judged.judgement & 1);
        }
        proof_free(&proved);
        rubric_free(held);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forty_criteria_are_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
