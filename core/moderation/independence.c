/* independence.c - who may look at whose work. */
#include "moderation/moderation.h"

#include "base/text.h"

/* Persons and teams, however they are written: a curly apostrophe makes nobody somebody else. */
static bool same(const char *a, const char *b)
{
    return text_same_person(text_of(a), text_of(b));
}

static bool names_one(moderation_names names, const char *name)
{
    for (size_t i = 0; i < names.count; i++)
        if (same(names.items[i], name))
            return true;
    return false;
}

/* The listed moderator of that name, or NULL. */
static const moderation_moderator *listed(const moderation_policy *policy, const char *name)
{
    for (size_t i = 0; i < policy->moderator_count; i++)
        if (same(policy->moderators[i].name, name))
            return &policy->moderators[i];
    return NULL;
}

static bool takes_area(const moderation_moderator *moderator, const char *area)
{
    for (size_t i = 0; i < moderator->practice_areas.count; i++)
        if (text_same_name(text_of(moderator->practice_areas.items[i]), text_of(area)))
            return true;
    return moderator->practice_areas.count == 0;
}

/* An unknown team is nobody's. */
static bool of_team(const moderation_moderator *known, moderation_names teams, const char *team)
{
    return *team && (names_one(teams, team) || (known && names_one(known->teams, team)));
}

const char *moderation_why_not(const moderation_policy *policy, const char *moderator,
                               moderation_names teams, const moderation_work *work)
{
    const moderation_moderator *known = listed(policy, moderator);

    if (same(moderator, work->auditor))
        return "it is an audit of their own";
    if (policy->moderator_count > 0 && !known)
        return "the policy lists its moderators, and they are not among them";
    if (!policy->own_team && of_team(known, teams, work->team))
        return "it is the work of their own team";
    if (known && !takes_area(known, work->practice_area))
        return "the policy has them moderate other practice areas";
    return NULL;
}

const char *moderation_why_not_third(const moderation_policy *policy, const char *person,
                                     moderation_names teams, const char *moderator,
                                     const moderation_work *work)
{
    if (same(person, work->auditor))
        return "it is an audit of their own";
    if (same(person, moderator))
        return "they moderated it";
    if (policy->third_persons.count > 0 && !names_one(policy->third_persons, person))
        return "the policy lists those who decide disputes, and they are not among them";
    if (!policy->third_person_own_team && of_team(listed(policy, person), teams, work->team))
        return "it is the work of their own team";
    return NULL;
}
