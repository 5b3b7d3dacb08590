/* test_tally.c - counts add up, whatever the cut into batches, and say what they leave out. */
#include "report_sample.h"

#include <stdio.h>

#include "report/tally.h"

static tally *tally_of(const sample *from)
{
    tally *counted = tally_new();
    assert_non_null(counted);
    assert_true(tally_batch(counted, &from->batch));
    return counted;
}

static const tally_row *row_of(const tally_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->rows[i].name, name) == 0) {
            return &table->rows[i];
        }
    }
    fail_msg("no row %s", name);
    return NULL;
}

/* Good by all, then requires_improvement by all, and so on. */
static sample *mixed(void)
{
    sample *from = sample_new();
    sample_add(from, "A-1", "North", G, 20544, RATINGS(G, G, G, G)); /* good; 1 April 2026 */
    sample_add(from, "A-2", "North", G, 20574, RATINGS(R, R, G, R)); /* RI; 1 May 2026 */
    sample_add(from, "A-3", "South", R, 20574, RATINGS(I, G, G, G)); /* inadequate: critical */
    sample_add(from, "A-4", "", LEVEL_NONE, 20574, RATINGS(G, M, M, M)); /* insufficient */
    sample_rejected(from, "A-5", "South", "b \"1\" is not a date; mend it");
    sample_rejected(from, "", "South", "b \"2\" is not a date; mend it");
    return from;
}

static void test_every_record_is_in_every_table(void **state)
{
    (void)state;
    sample *from = mixed();
    tally  *counted = tally_of(from);
    assert_true(tally_sort(counted));
    assert_int_equal(counted->scale_count, 1);
    for (size_t d = 0; d < DIMENSIONS; d++) {
        uint64_t all = 0;
        for (size_t i = 0; i < counted->scales[0].by[d].count; i++) {
            all += tally_all(counted->scales[0].by[d].rows[i].outcomes);
        }
        assert_int_equal(all, 6);
    }
    assert_int_equal(tally_all(counted->scales[0].outcomes), 6);
    tally_free(counted);
    free(from);
}

static void test_outcomes_by_team_and_month(void **state)
{
    (void)state;
    sample *from = mixed();
    tally  *counted = tally_of(from);
    assert_true(tally_sort(counted));
    const tally_scale *of = &counted->scales[0];
    const tally_row   *north = row_of(&of->by[BY_TEAM], "North");
    assert_int_equal(north->outcomes[G].total, 1);
    assert_int_equal(north->outcomes[R].total, 1);
    assert_int_equal(tally_good(north->outcomes, &sample_rubric.scale), 1);
    assert_int_equal(tally_judged(north->outcomes), 2);
    const tally_row *south = row_of(&of->by[BY_TEAM], "South");
    assert_int_equal(south->outcomes[I].total, 1);
    assert_int_equal(south->outcomes[OUTCOME_REJECTED].total, 2);
    /* a record without an id is named by its line: the sixth record, after the header */
    assert_string_equal(south->outcomes[OUTCOME_REJECTED].bytes, "A-5");
    assert_string_equal(south->outcomes[OUTCOME_REJECTED].bytes + 4, "line 7");
    assert_int_equal(row_of(&of->by[BY_MONTH], "2026-05")->outcomes[R].total, 1);
    assert_string_equal(of->by[BY_TEAM].rows[2].name, ""); /* not recorded comes last */
    tally_free(counted);
    free(from);
}

/* The practice area of a broken row may be any of its cells. */
static void test_area_of_a_record_without_a_rubric_is_not_kept(void **state)
{
    (void)state;
    sample *from = mixed();
    from->practice_area[4] = text_of("Jo Bloggs");
    tally *counted = tally_of(from);
    assert_true(tally_sort(counted));
    const tally_table *areas = &counted->scales[0].by[BY_PRACTICE_AREA];
    assert_int_equal(areas->count, 2);
    assert_int_equal(tally_all(row_of(areas, "assessments")->outcomes), 4);
    assert_int_equal(row_of(areas, "")->outcomes[OUTCOME_REJECTED].total, 2);
    tally_free(counted);
    free(from);
}

/* Auditor G, G, R against good, requires_improvement, inadequate. */
static void test_agreement_with_auditors(void **state)
{
    (void)state;
    sample         *from = mixed();
    tally          *counted = tally_of(from);
    tally_agreement agreed = tally_agree(&counted->scales[0]);
    assert_int_equal(agreed.compared, 3);
    assert_int_equal(agreed.same, 1);
    assert_int_equal(agreed.within_one, 3);
    assert_int_equal(agreed.tool_lower, 2);
    assert_int_equal(agreed.tool_higher, 0);
    assert_int_equal(agreed.missed_inadequate, 1);
    assert_string_equal(counted->scales[0].agreement[R][I].bytes, "A-3");
    tally_free(counted);
    free(from);
}

/* risk_analysis is under good in, and lowers A-3 by its limit; timeliness and
 * childs_voice are under good in A-2. A-4 is not graded and counts for none. */
static void test_criteria_rank_by_how_often_they_hold_work_down(void **state)
{
    (void)state;
    sample                 *from = mixed();
    tally                  *counted = tally_of(from);
    size_t                  count;
    const tally_criterion **ranked = tally_rank(counted, &counted->scales[0], &count);
    assert_non_null(ranked);
    assert_int_equal(count, 4);
    assert_string_equal(sample_criteria[ranked[0]->criterion].id, "risk_analysis");
    assert_int_equal(ranked[0]->held.total, 2);
    assert_int_equal(ranked[0]->limited.total, 1);
    assert_int_equal(tally_rated(ranked[0]), 3);
    assert_string_equal(sample_criteria[ranked[1]->criterion].id, "timeliness");
    assert_int_equal(ranked[1]->held.total, 1);
    assert_string_equal(sample_criteria[ranked[3]->criterion].id, "plan_shared");
    assert_int_equal(ranked[3]->held.total, 0);
    free(ranked);
    tally_free(counted);
    free(from);
}

static void test_rejections_are_grouped_without_what_is_quoted(void **state)
{
    (void)state;
    sample *from = mixed();
    tally  *counted = tally_of(from);
    assert_int_equal(counted->rejected_count, 2);
    assert_int_equal(counted->rejected[0].line, 6);
    assert_int_equal(counted->reason_count, 1);
    assert_string_equal(counted->reasons[0].reason, "b \"...\" is not a date; mend it");
    assert_int_equal(counted->reasons[0].count, 2);
    tally_free(counted);
    free(from);
}

/* The same records in one batch and in three give the same page. */
static void test_cut_into_batches_changes_nothing(void **state)
{
    (void)state;
    error_list     errors = {0};
    report_options options = {.format = "html", .assay_version = "1"};
    buffer         pages[2] = {{0}, {0}};
    for (int cut = 0; cut < 2; cut++) {
        report    *made = report_new(&options, sample_write, &pages[cut], &errors);
        grade_sink sink = report_sink(made);
        sample    *whole = sample_new();
        sample    *parts[3] = {sample_new(), sample_new(), sample_new()};
        for (int i = 0; i < 900; i++) {
            char *id = malloc(8);
            assert_non_null(id);
            snprintf(id, 8, "A-%d", i % 1000);
            const char *team = i % 700 < 650 ? id : "North"; /* past TALLY_ROWS */
            sample     *to[] = {whole, parts[i / 300]};
            sample_add(to[cut], id, team, (level)(i % 4), 20544 + i % 90,
                       RATINGS((uint8_t)(i % 4), (uint8_t)(i % 3), G, M));
        }
        sample *batches[] = {cut == 0 ? whole : parts[0], parts[1], parts[2]};
        size_t  count = cut == 0 ? 1 : 3;
        for (size_t b = 0; b < count; b++) {
            for (size_t i = 0; cut == 1 && i < batches[b]->batch.count; i++) {
                batches[b]->line[i] += 300 * b;
            }
            void *rendered = sink.render(sink.user, &batches[b]->batch);
            assert_true(sink.deliver(sink.user, rendered, &errors));
        }
        grade_totals totals = {.rows = 900, .graded = 900};
        assert_true(report_finish(made, &totals, &errors));
        assert_true(buffer_end(&pages[cut]));
        report_free(made);
        sample *all[] = {whole, parts[0], parts[1], parts[2]};
        for (size_t s = 0; s < 4; s++) {
            for (size_t i = 0; i < all[s]->batch.count; i++) {
                free((void *)(uintptr_t)all[s]->audit_id[i].at);
            }
            free(all[s]);
        }
    }
    assert_string_equal(pages[0].bytes, pages[1].bytes);
    assert_non_null(strstr(pages[0].bytes, "All others (past the first 500)"));
    buffer_free(&pages[0]);
    buffer_free(&pages[1]);
    error_clear(&errors);
}

static void test_ids_are_bounded_and_counted(void **state)
{
    (void)state;
    sample *from = sample_new();
    for (int i = 0; i < TALLY_IDS + 50; i++) {
        sample_add(from, "A", "North", LEVEL_NONE, DATE_NONE, RATINGS(G, G, G, G));
    }
    tally *counted = tally_of(from);
    assert_int_equal(counted->scales[0].outcomes[G].total, TALLY_IDS + 50);
    assert_int_equal(counted->scales[0].outcomes[G].kept, TALLY_IDS);
    tally_free(counted);
    free(from);
}

/* Good is the highest level but one; of two levels it is the higher. */
static void test_good_level(void **state)
{
    (void)state;
    assert_int_equal(tally_good_level(&(scale){.count = 4}), 2);
    assert_int_equal(tally_good_level(&(scale){.count = 3}), 1);
    assert_int_equal(tally_good_level(&(scale){.count = 2}), 1);
}

/* Scales are kept apart; records without a rubric stand beside the larger. */
static void test_scales_are_kept_apart(void **state)
{
    (void)state;
    rubric local = sample_rubric;
    local.id = "local";
    local.scale = (scale){.count = 4,
                          .ids = {"poor", "fair", "fine", "best"},
                          .labels = {"Poor", "Fair", "Fine", "Best"}};
    sample *ours = mixed();
    sample *theirs = sample_of(&local);
    sample_add(theirs, "B-1", "North", LEVEL_NONE, DATE_NONE, RATINGS(G, G, G, G));
    tally *counted = tally_of(ours);
    tally *more = tally_of(theirs);
    assert_true(tally_add(counted, more));
    assert_true(tally_sort(counted));
    assert_int_equal(counted->scale_count, 2);
    assert_int_equal(tally_all(counted->scales[0].outcomes), 6);
    assert_int_equal(tally_all(counted->scales[1].outcomes), 1);
    tally_free(more);
    tally_free(counted);
    free(theirs);
    free(ours);
}

/* The table ends with the line that adds up. */
static void test_table_adds_up_in_its_last_line(void **state)
{
    (void)state;
    static const char last[] = "\nrows read 6 = graded 3 + insufficient evidence 1 + rejected 2\n";
    error_list        errors = {0};
    sample           *from = mixed();
    buffer out = sample_report(&(report_options){.format = "table"}, from, &errors);
    assert_string_equal(out.bytes + out.size - strlen(last), last);
    /* 1 of 3: Wilson (1/3 + 0.6402) / 2.2805 -+ ..., 6% to 79% */
    assert_non_null(strstr(out.bytes, "Good or better: 1 of 3 (33%; 95% interval 6% to 79%)"));
    assert_non_null(strstr(out.bytes, "audits.csv:6 (A-5): b \"1\" is not a date; mend it"));
    buffer_free(&out);
    error_clear(&errors);
    free(from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_record_is_in_every_table),
        cmocka_unit_test(test_outcomes_by_team_and_month),
        cmocka_unit_test(test_area_of_a_record_without_a_rubric_is_not_kept),
        cmocka_unit_test(test_agreement_with_auditors),
        cmocka_unit_test(test_criteria_rank_by_how_often_they_hold_work_down),
        cmocka_unit_test(test_rejections_are_grouped_without_what_is_quoted),
        cmocka_unit_test(test_cut_into_batches_changes_nothing),
        cmocka_unit_test(test_ids_are_bounded_and_counted),
        cmocka_unit_test(test_good_level),
        cmocka_unit_test(test_scales_are_kept_apart),
        cmocka_unit_test(test_table_adds_up_in_its_last_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
