/* test_@NAME@.c - a measure is a function of arrays, so its test needs no host.
 * SPDX-License-Identifier: MIT-0 */
#undef NDEBUG
#include <assay/plugin.h>
#include <assert.h>
#include <stdio.h>

enum { V = ASSAY_VALUE, M = ASSAY_MISSING, NA = ASSAY_NOT_APPLICABLE };
enum { RECORDS = 8 };

int main(void)
{
    /* Audited on day 130 throughout, with 10 days allowed. */
    static const int32_t audit[RECORDS] = {130, 130, 130, 130, 130, 130, 130, 130};
    static const uint8_t audited[RECORDS] = {V, V, V, V, V, V, V, V};
    /* In time; the same day; open and due today; open and late by a day; asked after the audit;
     * answered before it was asked; nobody needs to answer; not recorded when they asked. */
    static const int32_t request[RECORDS] = {100, 100, 120, 119, 131, 100, 100, 0};
    static const uint8_t requested[RECORDS] = {V, V, V, V, V, V, V, M};
    static const int32_t response[RECORDS] = {107, 100, 0, 0, 0, 99, 0, 107};
    static const uint8_t responded[RECORDS] = {V, V, M, M, M, V, NA, V};
    static const uint8_t expected[RECORDS] = {V,  V, ASSAY_NOT_DUE, V, ASSAY_FAULT, ASSAY_FAULT + 1,
                                              NA, M};
    static const double  days[RECORDS] = {7, 0, 0, 11, 0, 0, 0, 0}; /* where expected is V */

    const struct assay_column columns[] = {
        {audited, audit, NULL}, {requested, request, NULL}, {responded, response, NULL}};
    const double               parameters[] = {10};
    struct assay_batch         batch = {sizeof(struct assay_batch), RECORDS, NULL, NULL, NULL};
    uint8_t                    status[RECORDS];
    double                     values[RECORDS];
    const struct assay_results results = {sizeof results, status, values};

    struct assay_host host = {sizeof(struct assay_host), ASSAY_ABI, ASSAY_ABI, 0, "test", NULL};
    const struct assay_plugin  *plugin = assay_plugin_entry(&host);
    const struct assay_measure *wait;
    int                         i;

    assert(plugin != NULL && plugin->measure_count == 1);
    wait = plugin->measures[0];
    batch.inputs = columns;
    batch.parameters = parameters;
    assert(wait->run(&batch, &results) == 0);
    for (i = 0; i < RECORDS; ++i) {
        if (status[i] != expected[i] || (status[i] == V && values[i] != days[i])) {
            printf("record %d: status %d, value %g; expected %d, %g\n", i, status[i], values[i],
                   expected[i], days[i]);
            return 1;
        }
    }

    /* A batch of no records is a batch; a host of another ABI is refused. */
    batch.count = 0;
    assert(wait->run(&batch, &results) == 0);
    host.oldest_abi = host.newest_abi = ASSAY_ABI + 1;
    assert(assay_plugin_entry(&host) == NULL);
    return 0;
}
