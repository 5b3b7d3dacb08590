/* assessments.c - the entry of the plugin assessments. */
#include "assessments.h"

static const struct assay_measure *const measures[] = {
    &referral_decision, &timeliness,      &unexplained_delay, &first_sight,    &seen_alone,
    &strategy_delay,    &conference_days, &safety_action,     &chronology_age, &agency_answers,
};

static const struct assay_plugin plugin = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = "assessments",
    .version = "1.0.0",
    .practice_area = "assessments",
    .summary = "Child and family assessments, strategy discussions and section 47 enquiries",
    .measures = measures,
    .measure_count = COUNT(measures),
};

const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    if (host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI)
        return NULL;
    return &plugin;
}
