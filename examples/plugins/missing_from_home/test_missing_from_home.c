/* test_missing_from_home.c - each rule at its edges. SPDX-License-Identifier: MIT-0 */
#undef NDEBUG
#include <assay/plugin.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { NONE = -1, MOST = 4, NOT_ASKED = -2 };
enum { OFFER_WAIT, INTERVIEWS_IN_TIME, PLAN_UPDATE };

static const struct assay_plugin *plugin;
static int                        failed;

/* Appends a list ended by NONE, or by NOT_ASKED where the cell says n/a; its status. */
static uint8_t append(const int32_t *list, int32_t *values, uint32_t *end)
{
    uint8_t status = ASSAY_MISSING;

    for (; *list >= 0; ++list) {
        values[(*end)++] = *list;
        status = ASSAY_VALUE;
    }
    return *list == NOT_ASKED ? ASSAY_NOT_APPLICABLE : status;
}

/* One record between two that have nothing, so that offsets are put to the test. */
static void expect(int measure, int32_t audit, const int32_t *returns, const int32_t *answers,
                   int expected, double value, const char *what)
{
    const struct assay_measure *tested = plugin->measures[measure];
    const int32_t               audits[3] = {audit, audit, audit};
    const uint8_t               there[3] = {ASSAY_VALUE, ASSAY_VALUE, ASSAY_VALUE};
    int32_t                     came[MOST + 1] = {0}, answered[MOST + 1] = {0};
    uint32_t                    came_at[4] = {0}, answered_at[4] = {0};
    uint8_t                     came_status[3] = {ASSAY_MISSING, ASSAY_MISSING, ASSAY_MISSING};
    uint8_t                     answered_status[3] = {ASSAY_MISSING, ASSAY_MISSING, ASSAY_MISSING};
    uint8_t                     status[3] = {255, 255, 255};
    double                      values[3] = {-1, -1, -1};
    struct assay_column         columns[3] = {{NULL, NULL, NULL}};
    const double                parameters[1] = {tested->parameters[0].standard};
    struct assay_batch          batch = {sizeof(struct assay_batch), 3, NULL, NULL, NULL};
    struct assay_results        results = {sizeof(struct assay_results), NULL, NULL};

    came_status[1] = append(returns, came, &came_at[2]);
    answered_status[1] = append(answers, answered, &answered_at[2]);
    came_at[3] = came_at[2];
    answered_at[3] = answered_at[2];
    columns[0].status = there;
    columns[0].values = audits;
    columns[1].status = came_status;
    columns[1].values = came;
    columns[1].offsets = came_at;
    columns[2].status = answered_status;
    columns[2].values = answered;
    columns[2].offsets = answered_at;
    batch.inputs = columns;
    batch.parameters = parameters;
    results.status = status;
    results.values = values;
    assert(tested->run(&batch, &results) == 0);
    assert(status[0] == ASSAY_MISSING && status[2] == ASSAY_MISSING);
    if (status[1] != expected || (expected == ASSAY_VALUE && values[1] != value)) {
        printf("%s: %s: status %d, value %g; expected %d, %g\n", tested->name, what, status[1],
               values[1], expected, value);
        failed = 1;
    }
}

#define LIST(...) ((const int32_t[]){__VA_ARGS__, NONE})
static const int32_t none[] = {NONE};
static const int32_t not_asked[] = {NOT_ASKED};

/* Returned on day 100 and 110, audited on day 130; three days are allowed. */
static void test_offers(void)
{
    expect(OFFER_WAIT, 130, LIST(100), LIST(100), ASSAY_VALUE, 0, "the same day");
    expect(OFFER_WAIT, 130, LIST(100), LIST(103), ASSAY_VALUE, 3, "72 hours");
    expect(OFFER_WAIT, 130, LIST(100), LIST(104), ASSAY_VALUE, 4, "a day more");
    expect(OFFER_WAIT, 130, LIST(100, 110), LIST(101, 115), ASSAY_VALUE, 5, "the longer of two");
    expect(OFFER_WAIT, 130, LIST(100, 110), LIST(112), ASSAY_VALUE, 30,
           "an offer after the second return does not answer the first");
    expect(OFFER_WAIT, 130, LIST(100, 110), LIST(110), ASSAY_VALUE, 30,
           "nor does one on the day of the second");
    expect(OFFER_WAIT, 130, LIST(100), LIST(101, 109), ASSAY_VALUE, 1, "the first offer counts");
    expect(OFFER_WAIT, 103, LIST(100), none, ASSAY_NOT_DUE, 0, "not offered on day 3");
    expect(OFFER_WAIT, 104, LIST(100), none, ASSAY_VALUE, 4, "not offered on day 4");
    expect(OFFER_WAIT, 130, LIST(100, 129), LIST(102), ASSAY_VALUE, 2, "the second not yet due");
    expect(OFFER_WAIT, 130, LIST(100, 100), LIST(101), ASSAY_VALUE, 1, "one return, listed twice");
    expect(OFFER_WAIT, 130, none, LIST(101), ASSAY_MISSING, 0, "no returns recorded");
    expect(OFFER_WAIT, 130, not_asked, none, ASSAY_NOT_APPLICABLE, 0, "never missing");
    expect(OFFER_WAIT, 99, LIST(100), none, ASSAY_FAULT, 0, "returned after the audit");
    expect(OFFER_WAIT, 130, LIST(100), LIST(99), ASSAY_FAULT + 1, 0, "offered before");
    expect(OFFER_WAIT, 130, LIST(100), LIST(131), ASSAY_FAULT + 2, 0, "offered after the audit");
}

static void test_interviews(void)
{
    expect(INTERVIEWS_IN_TIME, 130, LIST(100), LIST(103), ASSAY_VALUE, 100, "72 hours");
    expect(INTERVIEWS_IN_TIME, 130, LIST(100), LIST(104), ASSAY_VALUE, 0, "a day more");
    expect(INTERVIEWS_IN_TIME, 130, LIST(100, 110), LIST(102), ASSAY_VALUE, 50, "one of two");
    expect(INTERVIEWS_IN_TIME, 130, LIST(100, 128), LIST(102), ASSAY_VALUE, 100,
           "the second is not yet due");
    expect(INTERVIEWS_IN_TIME, 130, LIST(127, 128), none, ASSAY_VALUE, 0,
           "gone again before the interview: the first return had none");
    expect(INTERVIEWS_IN_TIME, 102, LIST(100), none, ASSAY_NOT_DUE, 0, "nothing due yet");
    expect(INTERVIEWS_IN_TIME, 130, LIST(100), not_asked, ASSAY_NOT_APPLICABLE, 0,
           "every interview declined");
}

static void test_plans(void)
{
    expect(PLAN_UPDATE, 130, LIST(100, 110), LIST(101, 115), ASSAY_VALUE, 5, "the latest return");
    expect(PLAN_UPDATE, 130, LIST(100, 110), LIST(101), ASSAY_VALUE, 20, "not since the latest");
    expect(PLAN_UPDATE, 120, LIST(100, 110), LIST(101), ASSAY_NOT_DUE, 0, "10 days are allowed");
    expect(PLAN_UPDATE, 121, LIST(100, 110), LIST(101), ASSAY_VALUE, 11, "11 are too many");
}

int main(void)
{
    struct assay_host host = {sizeof(struct assay_host), ASSAY_ABI, ASSAY_ABI, 0, "test", NULL};

    plugin = assay_plugin_entry(&host);
    assert(plugin != NULL && plugin->measure_count == 3);
    test_offers();
    test_interviews();
    test_plans();
    host.oldest_abi = host.newest_abi = ASSAY_ABI + 1;
    assert(assay_plugin_entry(&host) == NULL);
    return failed;
}
