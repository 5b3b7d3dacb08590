/* policy.c - a moderation policy: its sections and keys. */
#include "moderation/policy.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- The keys that every policy has once ------------------------------------------ */

typedef enum {
    KEY_TEXT,
    KEY_SHARE,
    KEY_WHOLE,
    KEY_THOUSANDTHS,
    KEY_YES_NO,
    KEY_NAMES,
    KEY_SPECIAL /* read by a function of its own */
} key_kind;

typedef struct {
    const char *section;
    const char *name;
    key_kind    kind;
    size_t      at;       /* in moderation_policy */
    unsigned    standard; /* so where the file does not give it */
    unsigned    least, most;
    const char *unit;
} key_row;

#define AT(member) offsetof(moderation_policy, member)

/* Beside each: its standard value, and the least and most of a whole number. */
static const key_row rows[] = {
    {"policy", "title", KEY_TEXT, AT(title), 0, 0, 0, ""},
    {"scale", "levels", KEY_SPECIAL, 0, 0, 0, 0, ""},
    {"sample", "random_share", KEY_SHARE, AT(random_share), 1000, 0, 0, ""},
    {"sample", "least_per_auditor", KEY_WHOLE, AT(least_per_auditor), 2, 0, 1000, ""},
    {"sample", "least_within", KEY_WHOLE, AT(least_within), 3, 1, 120, "months"},
    {"triggers", "inadequate", KEY_SPECIAL, 0, 0, 0, 0, ""},
    {"triggers", "tool_differs_by", KEY_WHOLE, AT(tool_differs_by), 2, 0, LEVELS_MAX - 1, "levels"},
    {"triggers", "not_graded", KEY_YES_NO, AT(not_graded), 0, 0, 0, ""},
    {"more", "thin_margin", KEY_THOUSANDTHS, AT(thin_margin), 100, 0, 0, ""},
    {"more", "thin_margin_share", KEY_SHARE, AT(thin_margin_share), 3000, 0, 0, ""},
    {"more", "new_auditor_days", KEY_WHOLE, AT(new_auditor_days), 180, 0, 3660, "days"},
    {"more", "new_auditor_share", KEY_SHARE, AT(new_auditor_share), 5000, 0, 0, ""},
    {"more", "new_auditors", KEY_NAMES, AT(new_auditors), 0, 0, 0, ""},
    {"exclude", "same_child_within", KEY_WHOLE, AT(same_child_within), 12, 0, 120, "months"},
    {"independence", "own_audit", KEY_SPECIAL, 0, 0, 0, 0, ""},
    {"independence", "own_team", KEY_YES_NO, AT(own_team), 0, 0, 0, ""},
    {"independence", "third_person_own_team", KEY_YES_NO, AT(third_person_own_team), 0, 0, 0, ""},
    {"independence", "third_persons", KEY_NAMES, AT(third_persons), 0, 0, 0, ""},
    {"lag", "target_days", KEY_WHOLE, AT(target_days), 10, 0, 3660, "days"},
    {"audit_quality", "asked", KEY_YES_NO, AT(audit_quality), 1, 0, 0, ""},
    {"figures", "least_for_figures", KEY_WHOLE, AT(least_for_figures), 5, 1, 100000, "audits"},
    {"figures", "least_for_interval", KEY_WHOLE, AT(least_for_interval), 10, 1, 100000, "audits"},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

/* Sections with keys of their own, and the beginnings of those that may be there more than once. */
static const char *const section_names[] = {"policy",        "scale",   "sample",       "triggers",
                                            "more",          "exclude", "independence", "lag",
                                            "audit_quality", "figures", "reasons"};
static const char *const section_prefixes[] = {"trigger.", "moderator.", "actions."};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void set_standard(moderation_policy *out)
{
    for (size_t i = 0; i < ROWS; i++) {
        char *at = (char *)out + rows[i].at;
        if (rows[i].kind == KEY_YES_NO)
            memcpy(at, &(bool){rows[i].standard != 0}, sizeof(bool));
        else if (rows[i].kind == KEY_SHARE || rows[i].kind == KEY_WHOLE ||
                 rows[i].kind == KEY_THOUSANDTHS)
            memcpy(at, &rows[i].standard, sizeof rows[i].standard);
    }
    out->title = "";
    out->inadequate_by_auditor = true;
    out->inadequate_by_tool = true;
}

/* ---- Keys of their own kind -------------------------------------------------------- */

/* levels = inadequate, requires_improvement, good, outstanding */
static bool read_scale(policy_reading *from, ini_section *section)
{
    static const char *const ofsted[] = {"inadequate", "requires_improvement", "good",
                                         "outstanding"};
    moderation_policy       *out = from->out;
    const ini_key           *key = ini_key_of(section, "levels");

    out->level_count = COUNT(ofsted);
    memcpy(out->levels, ofsted, sizeof ofsted);
    if (!key)
        return true;

    const char *given[LEVELS_MAX];
    size_t      count = 0;
    char       *copy = arena_text(&out->memory, key->value, strlen(key->value));
    if (!copy)
        return error_memory(from->errors);
    for (char *rest = copy, *word; (word = strsep(&rest, ",")) != NULL; count++) {
        const text  name = text_trim(text_of(word));
        const char *id = arena_text(&out->memory, name.at, name.size);
        if (!id)
            return error_memory(from->errors);
        bool right = count < LEVELS_MAX && text_is_id(name);
        for (size_t i = 0; right && i < count; i++)
            right = strcmp(given[i], id) != 0;
        if (!right) {
            POLICY_FAULT(from, key->line,
                         "levels names two to nine different levels, the lowest first, as the "
                         "rubric does; write them like inadequate, requires_improvement, good, "
                         "outstanding");
            return true;
        }
        given[count] = id;
    }
    if (count < 2) {
        POLICY_FAULT(from, key->line, "levels names one level; name two to nine, the lowest first");
        return true;
    }
    out->level_count = count;
    memcpy(out->levels, given, count * sizeof *given);
    return true;
}

/* inadequate = yes | auditor | tool | no: whose grade counts. */
static void read_inadequate(policy_reading *from, const ini_key *key)
{
    static const struct {
        const char *word;
        bool        auditor, tool;
    } words[] = {
        {"yes", true, true}, {"auditor", true, false}, {"tool", false, true}, {"no", false, false}};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (!text_same(text_of(key->value), text_of(words[i].word)))
            continue;
        from->out->inadequate_by_auditor = words[i].auditor;
        from->out->inadequate_by_tool = words[i].tool;
        return;
    }
    POLICY_FAULT(from, key->line,
                 "inadequate \"%.80s\" is none of yes, auditor, tool and no; write whose grade of "
                 "inadequate calls for moderation",
                 key->value);
}

/* The one rule that a policy cannot change. */
static void read_own_audit(policy_reading *from, const ini_key *key)
{
    bool allowed = false;

    policy_yes_no(from, key, &allowed);
    if (allowed)
        POLICY_FAULT(from, key->line,
                     "own_audit cannot be yes: nobody moderates an audit of their own; write no");
}

/* ---- Sections ------------------------------------------------------------------------ */

static bool read_key(policy_reading *from, const key_row *row, const ini_key *key)
{
    void *at = (char *)from->out + row->at;

    switch (row->kind) {
    case KEY_TEXT:
        memcpy(at, &key->value, sizeof key->value);
        return true;
    case KEY_SHARE:
        policy_share(from, key, at);
        return true;
    case KEY_WHOLE:
        policy_whole(from, key, row->unit, row->least, row->most, at);
        return true;
    case KEY_THOUSANDTHS:
        policy_thousandths(from, key, at);
        return true;
    case KEY_YES_NO:
        policy_yes_no(from, key, at);
        return true;
    case KEY_NAMES:
        return policy_names(from, key, at);
    case KEY_SPECIAL:
        if (strcmp(row->name, "inadequate") == 0)
            read_inadequate(from, key);
        else if (strcmp(row->name, "own_audit") == 0)
            read_own_audit(from, key);
        return true;
    }
    return true;
}

/* The keys of one section that is there once. */
static bool read_section(policy_reading *from, ini_section *section)
{
    const char *known[ROWS];
    size_t      count = 0;
    char        what[64];

    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(rows[i].section, section->name) != 0)
            continue;
        known[count++] = rows[i].name;
        const ini_key *key = ini_key_of(section, rows[i].name);
        if (key && !read_key(from, &rows[i], key))
            return false;
    }
    snprintf(what, sizeof what, "[%s]", section->name);
    ini_refuse_unused(&from->file, section, what, known, count, FAULT_RUBRIC, from->errors);
    return true;
}

static bool has_name(const ini_section *section, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(section->name, names[i]) == 0)
            return true;
    return false;
}

static void refuse_section(policy_reading *from, const ini_section *section)
{
    const char *nearest = text_nearest(text_of(section->name), section_names, COUNT(section_names));

    if (nearest)
        POLICY_FAULT(from, section->line,
                     "[%s] is not a section of a moderation policy; did you mean [%s]?",
                     section->name, nearest);
    else
        POLICY_FAULT(from, section->line,
                     "[%s] is not a section of a moderation policy; take it out, or see "
                     "moderation-policy.md for those there are",
                     section->name);
}

static bool read_sections(policy_reading *from)
{
    if (!read_scale(from, ini_find(&from->file, "scale")))
        return false;
    for (size_t i = 0; i < from->file.section_count; i++) {
        ini_section *section = &from->file.sections[i];
        if (strcmp(section->name, "reasons") == 0)
            continue;
        if (has_name(section, section_names, COUNT(section_names))) {
            if (!read_section(from, section))
                return false;
            continue;
        }
        bool several = false;
        for (size_t p = 0; p < COUNT(section_prefixes); p++)
            several |= policy_section_id(section, section_prefixes[p]) != NULL;
        if (!several)
            refuse_section(from, section);
    }
    return policy_read_triggers(from) && policy_read_moderators(from) &&
           policy_read_actions(from) && policy_read_reasons(from);
}

/* ---- The whole ------------------------------------------------------------------------- */

static uint64_t line_of(policy_reading *from, const char *section, const char *name)
{
    const ini_key *key = ini_key_of(ini_find(&from->file, section), name);
    return key ? key->line : 0;
}

static void check_more(policy_reading *from, const char *name, unsigned share)
{
    if (share < from->out->random_share)
        POLICY_FAULT(from, line_of(from, "more", name),
                     "%s is less than random_share; such audits are looked at more, so give them "
                     "the same share or a greater one",
                     name);
}

/* What only shows when all is read. */
static void check_together(policy_reading *from)
{
    const moderation_policy *out = from->out;

    check_more(from, "thin_margin_share", out->thin_margin_share);
    check_more(from, "new_auditor_share", out->new_auditor_share);
    if (out->least_for_interval < out->least_for_figures)
        POLICY_FAULT(from, line_of(from, "figures", "least_for_interval"),
                     "least_for_interval is less than least_for_figures; an interval needs at "
                     "least as many audits as a figure");
    if (out->random_share == 0 && out->least_per_auditor == 0)
        error_add(from->errors, FAULT_NOTICE, out->file, line_of(from, "sample", "random_share"), 0,
                  "nothing is picked at random, so that agreement cannot be estimated; give "
                  "random_share or least_per_auditor a number above 0");
}

static bool keep_hash(moderation_policy *out)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    if (sodium_init() < 0)
        return false;
    crypto_hash_sha256(hash, (const unsigned char *)out->text, out->text_size);
    sodium_bin2hex(out->hash, sizeof out->hash, hash, sizeof hash);
    return true;
}

/* Reads what `made` has as its text. */
static moderation_policy *read_policy(moderation_policy *made, const char *name, error_list *errors)
{
    const size_t   faults = error_count(errors);
    const size_t   first = errors->count;
    policy_reading from = {.out = made, .errors = errors};

    set_standard(made);
    const bool whole = ini_read_bytes(&from.file, name, made->text, made->text_size, FAULT_RUBRIC,
                                      &made->memory, errors);
    made->file = from.file.file;
    made->name = strrchr(made->file, '/') ? strrchr(made->file, '/') + 1 : made->file;
    bool fine = read_sections(&from);
    if (fine && whole && error_count(errors) == faults)
        check_together(&from);
    error_sort_lines(errors, first);
    if (fine && !keep_hash(made)) {
        error_add(errors, FAULT_RUBRIC, name, 0, 0,
                  "cannot be hashed: the cryptographic library does not start; install libsodium "
                  "again");
        fine = false;
    }
    if (fine && error_count(errors) == faults && !errors->out_of_memory)
        return made;
    moderation_policy_free(made);
    return NULL;
}

static moderation_policy *new_policy(error_list *errors)
{
    moderation_policy *made = calloc(1, sizeof *made);
    if (!made)
        error_memory(errors);
    return made;
}

moderation_policy *moderation_policy_read(const char *path, error_list *errors)
{
    moderation_policy *made = new_policy(errors);
    text               content;

    if (!made)
        return NULL;
    if (!ini_load_file(&content, path, FAULT_RUBRIC, &made->memory, errors)) {
        moderation_policy_free(made);
        return NULL;
    }
    made->text = content.at;
    made->text_size = content.size;
    return read_policy(made, path, errors);
}

moderation_policy *moderation_policy_read_bytes(const char *name, const char *bytes, size_t size,
                                                error_list *errors)
{
    moderation_policy *made = new_policy(errors);

    if (!made)
        return NULL;
    made->text = arena_text(&made->memory, size > 0 ? bytes : "", size);
    made->text_size = size;
    if (!made->text) {
        error_memory(errors);
        moderation_policy_free(made);
        return NULL;
    }
    return read_policy(made, name, errors);
}

void moderation_policy_free(moderation_policy *policy)
{
    if (!policy)
        return;
    arena_free(&policy->memory);
    free(policy);
}

const moderation_action_rule *moderation_action_for(const moderation_policy *policy,
                                                    const char              *grade)
{
    for (size_t i = 0; i < policy->action_count; i++)
        if (strcmp(policy->actions[i].level, grade) == 0)
            return &policy->actions[i];
    return NULL;
}

const moderation_reason *moderation_find_reason(const moderation_policy *policy, text code)
{
    for (size_t i = 0; i < policy->reason_count; i++)
        if (text_same_name(text_of(policy->reasons[i].code), code))
            return &policy->reasons[i];
    return NULL;
}
