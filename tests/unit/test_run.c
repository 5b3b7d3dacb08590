/* What must hold for any input (seeded): grades do not depend on threads or on the order of records,
 * and raising one rating never lowers the score. */
#include "grading_case.h"

enum { RECORDS = 6000, OPEN_CRITERIA = 6 }; /* several chunks of records */

static uint64_t next_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static const char six[] =
    HEAD "[judgement.outstanding]\nmax_inadequate = 0\n"
         "[criterion.a]\nmeasure = rating\nweight = 3\ncritical = yes\n"
         "[criterion.b]\nmeasure = yes_no\n"
         "[criterion.c]\nmeasure = number\nbands = outstanding <= 10, good <= 20, "
         "requires_improvement\n"
         "[criterion.d]\nmeasure = days\nfrom = x\nto = y\nbands = good <= 5, inadequate\n"
         "[criterion.e]\nmeasure = rating\napplies_if = b is yes\n"
         "[criterion.f]\nmeasure = rating\nmissing = inadequate\n";

static const char *pick(uint64_t *seed, const char *const *from, size_t count)
{
    return from[next_random(seed) % count];
}

/* One record as text; some are wrong. The padding makes several chunks. */
static void write_record(uint64_t *seed, char *out, size_t size, int id)
{
    static const char *const levels[] = {"outstanding", "Good", "RI", "inadequate", "", "n/a",
                                         "good", "Goood"};
    static const char *const flags[] = {"yes", "no", "Y", "", "n/a"};

    snprintf(out, size, "%d,%s,%s,%u,2026-03-%02u,2026-03-%02u,%s,%s,\"padding, %0300d\"\n", id,
             pick(seed, levels, 8), pick(seed, flags, 5), (unsigned)(next_random(seed) % 40),
             (unsigned)(next_random(seed) % 20 + 1), (unsigned)(next_random(seed) % 14 + 15),
             pick(seed, levels, 7), pick(seed, levels, 7), id);
}

/* judgement and status by the number in audit_id. */
typedef struct {
    uint16_t     by_id[RECORDS];
    int          order[RECORDS];
    size_t       count;
    grade_totals totals;
} outcomes;

typedef struct {
    size_t   count;
    int      id[RECORDS];
    uint16_t outcome[RECORDS];
} rendered_ids;

static void *render(void *user, const graded_batch *batch)
{
    rendered_ids *all = calloc(1, sizeof *all);
    (void)user;

    for (size_t i = 0; all && i < batch->count; i++) {
        all->id[all->count] = atoi(batch->audit_id[i].at);
        all->outcome[all->count++] =
            (uint16_t)(batch->status[i] << 8 | batch->judgement[i]);
    }
    return all;
}

static bool deliver(void *user, void *rendered, error_list *errors)
{
    outcomes *all = user;
    rendered_ids *some = rendered;
    (void)errors;

    for (size_t i = 0; i < some->count; i++) {
        all->by_id[some->id[i]] = some->outcome[i];
        all->order[all->count++] = some->id[i];
    }
    free(some);
    return true;
}

static void discard(void *user, void *rendered)
{
    (void)user;
    free(rendered);
}

static void run(const rubric *held, const char *csv, unsigned threads, outcomes *out)
{
    const record_source source = {.bytes = csv, .size = strlen(csv), .name = "audits.csv"};
    const grade_options options = {.rubric = held, .threads = threads};
    const grade_sink sink = {out, render, deliver, discard};
    error_list errors = {0};

    memset(out, 0, sizeof *out);
    records *input = records_open(&source, NULL, &errors);
    assert_non_null(input);
    assert_true(grade_input(input, &options, &sink, &out->totals, &errors));
    assert_int_equal(out->totals.rows, RECORDS);
    assert_int_equal(out->totals.rows,
                     out->totals.graded + out->totals.insufficient + out->totals.rejected);
    records_close(input);
    error_clear(&errors);
}

static const char heading[] = "audit_id,a,b,c,x,y,e,f,padding\n";
static char lines[RECORDS][512];
static char forward[RECORDS * 512], backward[RECORDS * 512];

static int make_inputs(void **state)
{
    uint64_t seed = 42;
    char *to = stpcpy(forward, heading), *back = stpcpy(backward, heading);
    (void)state;

    for (int id = 0; id < RECORDS; id++)
        write_record(&seed, lines[id], sizeof lines[id], id);
    for (int id = 0; id < RECORDS; id++) {
        to = stpcpy(to, lines[id]);
        back = stpcpy(back, lines[RECORDS - 1 - id]);
    }
    return 0;
}

static void test_threads_and_order_change_no_grade(void **state)
{
    static outcomes one, many, reversed;
    rubric *held = assert_taken(six);
    (void)state;

    run(held, forward, 1, &one);
    assert_true(one.totals.graded > RECORDS / 3);
    assert_true(one.totals.rejected > RECORDS / 20);
    for (unsigned threads = 2; threads <= 8; threads *= 2) {
        run(held, forward, threads, &many);
        assert_memory_equal(one.by_id, many.by_id, sizeof one.by_id);
        assert_memory_equal(one.order, many.order, sizeof one.order); /* input order is kept */
    }
    run(held, backward, 4, &reversed);
    assert_memory_equal(one.by_id, reversed.by_id, sizeof one.by_id);
    rubric_free(held);
}

static void test_raising_one_rating_never_lowers_the_score(void **state)
{
    rubric *held = assert_taken(six);
    uint64_t seed = 7;
    (void)state;

    for (int trial = 0; trial < 20000; trial++) {
        uint8_t ratings[OPEN_CRITERIA];
        for (size_t c = 0; c < OPEN_CRITERIA; c++)
            ratings[c] = (uint8_t)(next_random(&seed) % 4);
        const judgement before = judge_record(held, ratings);
        const size_t raised = next_random(&seed) % OPEN_CRITERIA;
        if (ratings[raised] == 3)
            continue;
        ratings[raised]++;
        const judgement after = judge_record(held, ratings);
        assert_true(after.points >= before.points && after.weight == before.weight);
        assert_true(after.base >= before.base);
    }
    rubric_free(held);
}

static void test_a_sink_that_fails_ends_the_run(void **state)
{
    (void)state;
    rubric *held = assert_taken(six);
    const record_source source = {.bytes = forward, .size = strlen(forward), .name = "a.csv"};
    const grade_options options = {.rubric = held, .threads = 3};
    const grade_sink sink = {.user = NULL, .render = NULL, .deliver = case_deliver};
    error_list errors = {0};
    grade_totals totals = {0};
    int marker = 0;
    const grade_sink failing = {&marker, NULL, case_deliver, NULL};

    records *input = records_open(&source, NULL, &errors);
    assert_false(grade_input(input, &options, &failing, &totals, &errors)); /* &marker != NULL */
    records_close(input);
    input = records_open(&source, NULL, &errors);
    assert_true(grade_input(input, &options, &sink, &totals, &errors)); /* NULL == NULL */
    records_close(input);
    rubric_free(held);
    error_clear(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_and_order_change_no_grade),
        cmocka_unit_test(test_raising_one_rating_never_lowers_the_score),
        cmocka_unit_test(test_a_sink_that_fails_ends_the_run),
    };
    return cmocka_run_group_tests(tests, make_inputs, NULL);
}
