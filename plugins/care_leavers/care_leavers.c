/* care_leavers.c - the entry of the plugin care_leavers. */
#include "care_leavers.h"

static const struct assay_measure *const measures[] = {
    &needs_assessment_lateness,
    &pathway_plan_overdue,
    &pathway_review_lateness,
    &adviser_contact_lateness,
    &adviser_appointed,
    &status_consistent,
    &accommodation_check_days,
    &pathway_actions_owned_and_dated,
    &age_in_scope,
    &support_offer_overdue,
};

static const struct assay_plugin plugin = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = "care_leavers",
    .version = "1.0.0",
    .practice_area = "care_leavers",
    .summary =
        "Care leavers: status, needs assessment, pathway plan, personal adviser, accommodation",
    .measures = measures,
    .measure_count = COUNT(measures),
};

const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    if (host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI)
        return NULL;
    return &plugin;
}
