/* Made records: whatever is wanted, the grader says the same. */
#include "grading_case.h"

#include "proof/proof.h"

enum { INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING };

/* Makes the record, and holds what it is rated against what was wanted. */
static void assert_made(record_maker *maker, const made_want *wanted, size_t count)
{
    error_list  errors = {0};
    made_record made;

    assert_true(record_make(maker, wanted, &made, &errors));
    assert_true(made.made);
    assert_int_equal(made.unmade, SIZE_MAX);
    for (size_t c = 0; c < count; c++)
        if (wanted[c].rating != MADE_ANY)
            assert_int_equal(made.ratings[c], wanted[c].rating);
    assert_int_equal(errors.count, 0);
    made_record_free(&made);
}

static record_maker *maker_of(const rubric *held)
{
    error_list    errors = {0};
    record_maker *maker = record_maker_new(held, NULL, 1, &errors);

    assert_non_null(maker);
    assert_int_equal(errors.count, 0);
    return maker;
}

/* A calendar of working days: Monday to Friday from 2026 to 2030, and no holiday. */
static int32_t        passed[1826];
static const calendar weekdays = {
    .id = "england",
    .table = {.struct_size = sizeof(struct assay_calendar),
              .first = 20454, /* 1 January 2026, a Thursday */
              .last = 20454 + 1825,
              .working_days = passed},
};

static rubric *read_with_calendar(const char *written)
{
    const calendar *const calendars[] = {&weekdays};
    const rubric_context  context = {.calendars = calendars, .calendar_count = 1};
    error_list            errors = {0};
    int32_t               count = 0;

    for (int32_t day = 0; day < 1826; day++) {
        const int32_t of_week = (20454 + day + 4) % 7; /* from Sunday */
        count += of_week != 0 && of_week != 6;
        passed[day] = count;
    }
    rubric *held = rubric_read_bytes("r.ini", written, strlen(written), &context, &errors);
    assert_int_equal(errors.count, 0);
    assert_non_null(held);
    return held;
}

#define EVERY_KIND                                                                                 \
    HEAD "[criterion.level]\nmeasure = rating\n"                                                   \
         "[criterion.flag]\nmeasure = yes_no\n"                                                    \
         "[criterion.percent]\nmeasure = number\n"                                                 \
         "bands = outstanding >= 95, good > 79.5, requires_improvement >= 60, inadequate\n"        \
         "[criterion.apart]\nmeasure = days\nfrom = begun\nto = ended\n"                           \
         "bands = outstanding <= 0, good <= 5, requires_improvement < 9, inadequate\n"             \
         "[criterion.working]\nmeasure = working_days\nfrom = asked\nto = answered\n"              \
         "bands = outstanding <= 0, good <= 5, requires_improvement < 9, inadequate\n"

static void test_every_rating_of_every_built_in_measure_can_be_made(void **state)
{
    rubric       *held = read_with_calendar(EVERY_KIND);
    record_maker *maker = maker_of(held);
    const uint8_t all[] = {INADEQUATE,  REQUIRES_IMPROVEMENT, GOOD,
                           OUTSTANDING, RATING_MISSING,       RATING_NOT_APPLICABLE};
    (void)state;

    for (size_t c = 0; c < 5; c++)
        for (size_t i = 0; i < 6; i++) {
            made_want wanted[5] = {{.rating = GOOD},
                                   {.rating = GOOD},
                                   {.rating = GOOD},
                                   {.rating = GOOD},
                                   {.rating = GOOD}};
            /* a flag is good or inadequate */
            if (c == 1 && (all[i] == REQUIRES_IMPROVEMENT || all[i] == OUTSTANDING))
                continue;
            wanted[c].rating = all[i];
            assert_made(maker, wanted, 5);
        }
    record_maker_free(maker);
    rubric_free(held);
}

static void test_the_edges_of_bands_can_be_asked_for(void **state)
{
    rubric       *held = read_with_calendar(EVERY_KIND);
    record_maker *maker = maker_of(held);
    (void)state;

    /* 79.5 is not over 79.5; 5 and 6 days; 8 and 9 working days */
    const made_want wanted[5] = {{.rating = GOOD},
                                 {.rating = GOOD},
                                 {.rating = REQUIRES_IMPROVEMENT, .exact = true, .number = 79.5},
                                 {.rating = REQUIRES_IMPROVEMENT, .exact = true, .number = 6},
                                 {.rating = INADEQUATE, .exact = true, .number = 9}};
    assert_made(maker, wanted, 5);
    record_maker_free(maker);
    rubric_free(held);
}

#define EITHER                                                                                     \
    HEAD "[criterion.a]\nmeasure = rating\napplies_if = kind is cp | looked after\n"               \
         "[criterion.b]\nmeasure = rating\napplies_if = kind is not cp\n"                          \
         "[criterion.c]\nmeasure = rating\nfield = a\n"

static void test_criteria_that_hang_together_are_made_together(void **state)
{
    rubric         *held = assert_taken(EITHER);
    record_maker   *maker = maker_of(held);
    error_list      errors = {0};
    made_record     made;
    const made_want only_a[] = {
        {.rating = GOOD}, {.rating = RATING_NOT_APPLICABLE}, {.rating = GOOD}};
    const made_want both[] = {{.rating = GOOD}, {.rating = INADEQUATE}, {.rating = GOOD}};
    const made_want neither[] = {
        {.rating = RATING_NOT_APPLICABLE}, {.rating = INADEQUATE}, {.rating = MADE_ANY}};
    const made_want different[] = {
        {.rating = GOOD}, {.rating = INADEQUATE}, {.rating = INADEQUATE}};
    (void)state;

    assert_made(maker, only_a, 3);
    assert_made(maker, both, 3); /* looked after */
    assert_made(maker, neither, 3);
    /* a and c read one field, so they cannot differ while a applies */
    assert_true(record_make(maker, different, &made, &errors));
    assert_false(made.made);
    assert_int_equal(made.unmade, 2);
    made_record_free(&made);
    record_maker_free(maker);
    rubric_free(held);
}

static void test_a_made_record_is_a_row_that_can_be_graded(void **state)
{
    rubric       *held = assert_taken(HEAD "[criterion.a]\nmeasure = rating\n"
                                                 "[criterion.b]\nmeasure = yes_no\nfield = \"b, or c\"\n");
    record_maker *maker = maker_of(held);
    error_list    errors = {0};
    made_record   made;
    buffer        csv = {0};
    (void)state;

    const made_want wanted[] = {{.rating = GOOD}, {.rating = RATING_MISSING}};
    assert_true(record_make(maker, wanted, &made, &errors));
    assert_true(made.made);
    made_record_write_heading(&made, &csv);
    made_record_write_row(&made, "made-01", &csv);
    assert_true(buffer_end(&csv));
    /* two years after 1 April 2026 is 31 March 2028; the Wednesday before it is the 29th */
    assert_string_equal(csv.bytes, "audit_id,a,\"\"\"b, or c\"\"\",practice_area,audit_date\n"
                                   "made-01,good,,plans,2028-03-29\n");
    buffer_free(&csv);
    made_record_free(&made);
    record_maker_free(maker);
    rubric_free(held);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rating_of_every_built_in_measure_can_be_made),
        cmocka_unit_test(test_the_edges_of_bands_can_be_asked_for),
        cmocka_unit_test(test_criteria_that_hang_together_are_made_together),
        cmocka_unit_test(test_a_made_record_is_a_row_that_can_be_graded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
