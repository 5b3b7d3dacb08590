/* fuzz_policy.c - any bytes as a moderation policy, and a draw by every policy that is taken. */
#include <stdlib.h>
#include <string.h>

#include "moderation/sampling.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void require_names(moderation_names names)
{
    for (size_t i = 0; i < names.count; i++)
        require(names.items[i] && *names.items[i]);
}

/* What every policy that is taken promises. */
static void require_sound(const moderation_policy *policy)
{
    require(policy->random_share <= MODERATION_SHARE_WHOLE &&
            policy->thin_margin_share <= MODERATION_SHARE_WHOLE &&
            policy->new_auditor_share <= MODERATION_SHARE_WHOLE);
    require(policy->thin_margin_share >= policy->random_share &&
            policy->new_auditor_share >= policy->random_share);
    require(policy->least_within > 0 && policy->least_for_interval >= policy->least_for_figures);
    require(policy->level_count >= 2 && policy->level_count <= LEVELS_MAX);
    for (size_t i = 0; i < policy->level_count; i++)
        require(text_is_id(text_of(policy->levels[i])));
    require(policy->trigger_count <= MODERATION_TRIGGERS_MAX && policy->reason_count > 0);
    for (size_t i = 0; i < policy->reason_count; i++)
        require(moderation_find_reason(policy, text_of(policy->reasons[i].code)) != NULL);
    for (size_t i = 0; i < policy->action_count; i++)
        require(moderation_action_for(policy, policy->actions[i].level) == &policy->actions[i]);
    for (size_t i = 0; i < policy->moderator_count; i++) {
        const moderation_moderator *one = &policy->moderators[i];
        const moderation_work       own = {one->name, "", ""};
        require(moderation_why_not(policy, one->name, (moderation_names){0}, &own) != NULL);
        require_names(one->teams);
    }
    require_names(policy->new_auditors);
    require_names(policy->third_persons);
    require(strlen(policy->hash) == MODERATION_HASH_TEXT_SIZE - 1);
}

/* Five audits of two children and three auditors. */
static void draw_once(const moderation_policy *policy, uint64_t seed)
{
    static const char *const levels[] = {"inadequate", "good", "outstanding"};
    sampling_audit           audits[5];
    char                     ids[5][2] = {"1", "2", "3", "4", "5"};
    sampling                 drawn = {0};
    error_list               errors = {0};
    const sampling_earlier   earlier = {"C1", "A", 20000, true};

    for (size_t i = 0; i < 5; i++)
        audits[i] = (sampling_audit){
            .audit_id = ids[i],
            .child = i % 2 ? "C1" : "C2",
            .auditor = (const char *[]){"A", "b", ""}[i % 3],
            .team = "North",
            .practice_area = "plans",
            .auditor_grade = levels[i % 3],
            .tool_grade = levels[(i + 1) % 3],
            .auditor_place = (int)(i % 3),
            .tool_place = (int)((i + 1) % 3),
            .margin = (int32_t)(60 * i),
            .day = 20100 + (int32_t)(100 * i),
            .auditor_since = 20000,
        };
    const sampling_frame frame = {.audits = audits,
                                  .count = 5,
                                  .earlier = &earlier,
                                  .earlier_count = 1,
                                  .last_day = 20500,
                                  .known_since = 19000};
    require(sampling_draw(&drawn, policy, seed, &frame, &errors));
    for (size_t i = 0; i < 5; i++) {
        const sampling_member *member = &drawn.members[i];
        require(member->probability >= 0 && member->probability <= 1);
        require(!member->at_random || member->probability > 0);
        require((member->bar == SAMPLING_MAY_BE_PICKED) == (member->probability > 0));
        require(member->triggers >> sampling_trigger_count(policy) == 0);
    }
    sampling_free(&drawn);
    error_clear(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    error_list         errors = {0};
    moderation_policy *made =
        moderation_policy_read_bytes("fuzz.ini", (const char *)data, size, &errors);

    /* Taken without a fault, or refused with one. */
    require((made == NULL) == (error_count(&errors) > 0));
    for (size_t i = 0; i < errors.count; i++)
        require(text_is_utf8(errors.items[i].text, strlen(errors.items[i].text)));
    if (made) {
        require_sound(made);
        draw_once(made, size);
    }
    moderation_policy_free(made);
    error_clear(&errors);
    return 0;
}
