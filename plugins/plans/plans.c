/* plans.c - the entry of the plugin plans. */
#include "plans.h"

const char *const plan_types[] = {
    [PLAN_CIN] = "cin|child in need",
    [PLAN_CP] = "cp|child protection",
    [PLAN_LOOKED_AFTER] = "looked_after|cla|lac|cic|child in care|in care",
    NULL,
};

static const struct assay_measure *const measures[] = {
    &review_lateness,
    &visit_lateness,
    &visit_gap,
    &placement_visit_lateness,
    &placement_visit_gap,
    &core_group_lateness,
    &care_plan_days,
    &permanence_lateness,
    &plan_age,
    &plan_overdue,
    &actions_owned_and_dated,
    &overdue_actions,
    &longest_overdue,
    &drift,
};

static const struct assay_plugin plugin = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = "plans",
    .version = "1.0.0",
    .practice_area = "plans",
    .summary = "Child in need, child protection and care plans: reviews, visits, actions, drift",
    .measures = measures,
    .measure_count = COUNT(measures),
};

const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    if (host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI)
        return NULL;
    return &plugin;
}
