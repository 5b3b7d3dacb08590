/* sampling_triggers.c - why an audit is moderated whatever chance says, and why it is looked at more. */
#include "moderation/sampling.h"

#include "base/text.h"

enum { INADEQUATE_AUDITOR, INADEQUATE_TOOL, TOOL_DIFFERS, NOT_GRADED };

_Static_assert(NOT_GRADED + 1 == SAMPLING_BUILT_IN_TRIGGERS, "each has a bit");
_Static_assert(SAMPLING_BUILT_IN_TRIGGERS + MODERATION_TRIGGERS_MAX <= 32, "each has a bit");

static const struct {
    const char *id;
    const char *words;
} built_in[SAMPLING_BUILT_IN_TRIGGERS] = {
    [INADEQUATE_AUDITOR] = {"inadequate_auditor", "inadequate, says the auditor"},
    [INADEQUATE_TOOL] = {"inadequate_tool", "inadequate, says the tool"},
    [TOOL_DIFFERS] = {"tool_differs", "the tool's grade is far from the auditor's"},
    [NOT_GRADED] = {"not_graded", "too little evidence for the tool to grade"},
};

size_t sampling_trigger_count(const moderation_policy *policy)
{
    return SAMPLING_BUILT_IN_TRIGGERS + policy->trigger_count;
}

const char *sampling_trigger_id(const moderation_policy *policy, size_t index)
{
    return index < SAMPLING_BUILT_IN_TRIGGERS
               ? built_in[index].id
               : policy->triggers[index - SAMPLING_BUILT_IN_TRIGGERS].id;
}

const char *sampling_trigger_words(const moderation_policy *policy, size_t index)
{
    return index < SAMPLING_BUILT_IN_TRIGGERS
               ? built_in[index].words
               : policy->triggers[index - SAMPLING_BUILT_IN_TRIGGERS].title;
}

/* True where nothing is asked, or one of the names is this one. */
static bool meets(moderation_names asked, const char *value)
{
    for (size_t i = 0; i < asked.count; i++)
        if (text_same_name(text_of(asked.items[i]), text_of(value)))
            return true;
    return asked.count == 0;
}

/* Likewise where they name persons. */
static bool meets_person(moderation_names asked, const char *name)
{
    for (size_t i = 0; i < asked.count; i++)
        if (text_same_person(text_of(asked.items[i]), text_of(name)))
            return true;
    return asked.count == 0;
}

static bool meets_any(moderation_names asked, moderation_names values)
{
    for (size_t i = 0; i < values.count; i++)
        if (meets(asked, values.items[i]))
            return true;
    return asked.count == 0;
}

static bool triggered(const moderation_trigger *trigger, const sampling_audit *audit)
{
    return meets(trigger->practice_areas, audit->practice_area) &&
           meets(trigger->teams, audit->team) && meets_person(trigger->auditors, audit->auditor) &&
           meets(trigger->auditor_grades, audit->auditor_grade) &&
           meets(trigger->tool_grades, audit->tool_grade) &&
           meets_any(trigger->limited_by, audit->limited_by);
}

static bool differs(const moderation_policy *policy, const sampling_audit *audit)
{
    if (policy->tool_differs_by == 0 || audit->auditor_place < 0 || audit->tool_place < 0)
        return false;
    const int apart = audit->auditor_place - audit->tool_place;
    return (unsigned)(apart < 0 ? -apart : apart) >= policy->tool_differs_by;
}

uint32_t sampling_triggers(const moderation_policy *policy, const sampling_audit *audit)
{
    const bool holds[SAMPLING_BUILT_IN_TRIGGERS] = {
        [INADEQUATE_AUDITOR] = policy->inadequate_by_auditor && audit->auditor_place == 0,
        [INADEQUATE_TOOL] = policy->inadequate_by_tool && audit->tool_place == 0,
        [TOOL_DIFFERS] = differs(policy, audit),
        [NOT_GRADED] = policy->not_graded && audit->not_graded,
    };
    uint32_t found = 0;

    for (size_t i = 0; i < SAMPLING_BUILT_IN_TRIGGERS; i++)
        found |= (uint32_t)holds[i] << i;
    for (size_t i = 0; i < policy->trigger_count; i++)
        found |= (uint32_t)triggered(&policy->triggers[i], audit)
                 << (SAMPLING_BUILT_IN_TRIGGERS + i);
    return found;
}

const char *sampling_bar_words(sampling_bar bar)
{
    switch (bar) {
    case SAMPLING_MAY_BE_PICKED:
        return "";
    case SAMPLING_CHILD_PICKED_BEFORE:
        return "the child's file was picked not long before";
    case SAMPLING_CHILD_TRIGGERED:
        return "another audit of the child is moderated";
    case SAMPLING_NO_SHARE:
        return "the policy picks no audits of its kind at random";
    }
    return "";
}

/* Whether an auditor is new cannot be known from a store that is itself new: everybody's first audit
 * is then a short while ago. So the store has to go back as far as the policy's days. */
bool sampling_is_new(const moderation_policy *policy, const sampling_audit *audit,
                     int32_t known_since)
{
    const int64_t days = policy->new_auditor_days;

    for (size_t i = 0; i < policy->new_auditors.count; i++)
        if (text_same_person(text_of(policy->new_auditors.items[i]), text_of(audit->auditor)))
            return true;
    return days > 0 && *audit->auditor && (int64_t)audit->day - audit->auditor_since < days &&
           (int64_t)audit->day - known_since >= days;
}

bool sampling_lacks_moderator(const moderation_policy *policy, const sampling_audit *audit)
{
    const moderation_work work = {audit->auditor, audit->team, audit->practice_area};

    for (size_t i = 0; i < policy->moderator_count; i++)
        if (!moderation_why_not(policy, policy->moderators[i].name, (moderation_names){0}, &work))
            return false;
    return policy->moderator_count > 0;
}
