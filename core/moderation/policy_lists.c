/* policy_lists.c - the sections of a policy that may be there more than once, and its reasons. */
#include <string.h>

#include "moderation/policy.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Where a file has no such section. The same stands in the policy that assay comes with. */
static const moderation_action_rule standard_actions[] = {
    {.level = "inadequate", .due_days = 5, .re_audit_days = 90},
    {.level = "requires_improvement", .due_days = 28, .re_audit_days = 0},
};
static const moderation_reason standard_reasons[] = {
    {"evidence_missed", "The file shows something that the auditor did not weigh"},
    {"evidence_absent", "The grade rests on something that the file does not show"},
    {"standard_of_good", "Both saw the same, and hold it to a different standard"},
    {"risk_weighed", "Both saw the same risk to the child, and weigh it differently"},
    {"compliance_not_impact",
     "The auditor graded what was done, not what it changed for the child"},
    {"question_unclear", "The question or its guidance can be read in two ways"},
    {"since_changed", "The file has changed since the audit"},
    {"slip", "A slip: the wrong level was written down"},
};

const char *policy_section_id(const ini_section *section, const char *prefix)
{
    const size_t size = strlen(prefix);
    return strncmp(section->name, prefix, size) == 0 ? section->name + size : NULL;
}

/* Room for as many entries as there are sections of that prefix; NULL where memory is out. */
static void *room_for(policy_reading *from, const char *prefix, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < from->file.section_count; i++)
        count += policy_section_id(&from->file.sections[i], prefix) != NULL;
    void *room = arena_array(&from->out->memory, count + 1, size);
    if (!room)
        error_memory(from->errors);
    return room;
}

/* An optional list of names. */
static bool names_of(policy_reading *from, ini_section *section, const char *name,
                     moderation_names *out)
{
    const ini_key *key = ini_key_of(section, name);
    return !key || policy_names(from, key, out);
}

static bool levels_of(policy_reading *from, ini_section *section, const char *name,
                      moderation_names *out)
{
    const ini_key *key = ini_key_of(section, name);
    return !key || policy_levels(from, key, out);
}

/* ---- [trigger.ID] --------------------------------------------------------------------- */

static void check_trigger(policy_reading *from, const ini_section *section,
                          const moderation_trigger *made)
{
    static const char *const taken[] = {"inadequate_auditor", "inadequate_tool", "tool_differs",
                                        "not_graded"};

    if (!text_is_id(text_of(made->id)))
        POLICY_FAULT(from, section->line,
                     "[%s] has no proper id; use small letters, digits and underscores, a letter "
                     "first, at most 40 characters",
                     section->name);
    for (size_t i = 0; i < COUNT(taken); i++)
        if (strcmp(made->id, taken[i]) == 0)
            POLICY_FAULT(from, section->line,
                         "\"%s\" is the name of a trigger that there is already; choose another",
                         made->id);
    if (made->practice_areas.count + made->teams.count + made->auditors.count +
            made->auditor_grades.count + made->tool_grades.count + made->limited_by.count ==
        0)
        POLICY_FAULT(from, section->line,
                     "[%s] does not say which audits it means; add a line such as auditor_grade = "
                     "outstanding",
                     section->name);
}

static bool read_trigger(policy_reading *from, ini_section *section, const char *id,
                         moderation_trigger *out)
{
    static const char *const keys[] = {"title",         "practice_area", "team",      "auditor",
                                       "auditor_grade", "tool_grade",    "limited_by"};
    const char              *title = ini_value(section, "title");
    const size_t             faults = error_count(from->errors);

    *out = (moderation_trigger){.id = id, .title = title && *title ? title : id};
    if (!names_of(from, section, "practice_area", &out->practice_areas) ||
        !names_of(from, section, "team", &out->teams) ||
        !names_of(from, section, "auditor", &out->auditors) ||
        !levels_of(from, section, "auditor_grade", &out->auditor_grades) ||
        !levels_of(from, section, "tool_grade", &out->tool_grades) ||
        !names_of(from, section, "limited_by", &out->limited_by))
        return false;
    ini_refuse_unused(&from->file, section, "a trigger", keys, COUNT(keys), FAULT_RUBRIC,
                      from->errors);
    if (error_count(from->errors) == faults)
        check_trigger(from, section, out);
    return true;
}

bool policy_read_triggers(policy_reading *from)
{
    moderation_trigger *list = room_for(from, "trigger.", sizeof *list);
    size_t              count = 0;

    for (size_t i = 0; list && i < from->file.section_count; i++) {
        ini_section *section = &from->file.sections[i];
        const char  *id = policy_section_id(section, "trigger.");
        if (!id)
            continue;
        if (count == MODERATION_TRIGGERS_MAX) {
            POLICY_FAULT(from, section->line,
                         "there are more than %d triggers; join some of them with |",
                         (int)MODERATION_TRIGGERS_MAX);
            break;
        }
        if (!read_trigger(from, section, id, &list[count++]))
            return false;
    }
    from->out->triggers = list;
    from->out->trigger_count = count;
    return list != NULL;
}

/* ---- [moderator.NAME] ------------------------------------------------------------------- */

static bool read_moderator(policy_reading *from, ini_section *section, text name,
                           moderation_moderator *out)
{
    static const char *const keys[] = {"team", "practice_area"};

    out->name = arena_text(&from->out->memory, name.at, name.size);
    if (!out->name)
        return error_memory(from->errors);
    if (!names_of(from, section, "team", &out->teams) ||
        !names_of(from, section, "practice_area", &out->practice_areas))
        return false;
    ini_refuse_unused(&from->file, section, "a moderator", keys, COUNT(keys), FAULT_RUBRIC,
                      from->errors);
    return true;
}

bool policy_read_moderators(policy_reading *from)
{
    moderation_moderator *list = room_for(from, "moderator.", sizeof *list);
    size_t                count = 0;

    for (size_t i = 0; list && i < from->file.section_count; i++) {
        ini_section *section = &from->file.sections[i];
        const char  *given = policy_section_id(section, "moderator.");
        if (!given)
            continue;
        const text name = text_trim(text_of(given));
        if (!text_names_somebody(name))
            POLICY_FAULT(from, section->line,
                         "[%s] names nobody; write the moderator's name behind the point",
                         section->name);
        for (size_t k = 0; k < count; k++)
            if (text_same_person(name, text_of(list[k].name)))
                POLICY_FAULT(from, section->line,
                             "the moderator \"%s\" is there twice; join the "
                             "two sections",
                             list[k].name);
        if (!read_moderator(from, section, name, &list[count++]))
            return false;
    }
    from->out->moderators = list;
    from->out->moderator_count = count;
    return list != NULL;
}

/* ---- [actions.LEVEL] --------------------------------------------------------------------- */

static void read_action(policy_reading *from, ini_section *section, moderation_action_rule *out)
{
    static const char *const keys[] = {"due_days", "re_audit_days"};
    const ini_key           *due = ini_key_of(section, "due_days");
    const ini_key           *again = ini_key_of(section, "re_audit_days");

    out->due_days = 28;
    if (due)
        policy_whole(from, due, "days", 0, 3660, &out->due_days);
    else
        POLICY_FAULT(from, section->line, "[%s] has no \"due_days\"; add the line due_days = 28",
                     section->name);
    if (again)
        policy_whole(from, again, "days", 0, 3660, &out->re_audit_days);
    ini_refuse_unused(&from->file, section, "an action", keys, COUNT(keys), FAULT_RUBRIC,
                      from->errors);
}

bool policy_read_actions(policy_reading *from)
{
    moderation_action_rule *list = room_for(from, "actions.", sizeof *list);
    size_t                  count = 0;
    bool                    given = false;

    for (size_t i = 0; list && i < from->file.section_count; i++) {
        ini_section *section = &from->file.sections[i];
        const char  *name = policy_section_id(section, "actions.");
        if (!name)
            continue;
        given = true;
        list[count].level = policy_level(from, name, section->line);
        if (!list[count].level)
            continue;
        for (size_t k = 0; k < count; k++)
            if (strcmp(list[k].level, list[count].level) == 0)
                POLICY_FAULT(from, section->line,
                             "the actions of \"%s\" are there twice; take one out", list[k].level);
        read_action(from, section, &list[count++]);
    }
    /* On a scale of the council's own nobody can know which levels call for action. */
    const bool ofsted = !ini_find(&from->file, "scale");
    from->out->actions = given || !ofsted ? list : standard_actions;
    from->out->action_count = given || !ofsted ? count : COUNT(standard_actions);
    return list != NULL;
}

/* ---- [reasons] ----------------------------------------------------------------------------- */

/* Each key is a code, its value what the code stands for. */
bool policy_read_reasons(policy_reading *from)
{
    ini_section *section = ini_find(&from->file, "reasons");

    from->out->reasons = standard_reasons;
    from->out->reason_count = COUNT(standard_reasons);
    if (!section)
        return true;
    moderation_reason *list = arena_array(&from->out->memory, section->key_count + 1, sizeof *list);
    if (!list)
        return error_memory(from->errors);
    for (size_t k = 0; k < section->key_count; k++) {
        const ini_key *key = &section->keys[k];
        if (!text_is_id(text_of(key->name)))
            POLICY_FAULT(from, key->line,
                         "\"%s\" cannot be a code; use small letters, digits and underscores, a "
                         "letter first, at most 40 characters",
                         key->name);
        else if (!*key->value)
            POLICY_FAULT(
                from, key->line,
                "the reason \"%s\" says nothing; write what it stands for behind the =", key->name);
        list[k] = (moderation_reason){key->name, key->value};
    }
    if (section->key_count == 0)
        POLICY_FAULT(from, section->line,
                     "[reasons] has no reason; add one, or take the section out to have the "
                     "standard ones");
    from->out->reasons = list;
    from->out->reason_count = section->key_count;
    return true;
}
