/* policy.h - what the files that read a policy share. Private to this room.
 *
 * Functions here return false only where memory is out (and `errors` says so); what is wrong with
 * the policy goes to `errors`, and reading goes on, so that every fault is found at once. */
#pragma once

#include "base/ini.h"
#include "moderation/moderation.h"

typedef struct {
    ini_file           file;
    moderation_policy *out;
    error_list        *errors;
} policy_reading;

/* Adds a fault at a line of the policy; then a format and its values. */
#define POLICY_FAULT(from, line, ...)                                                              \
    error_add((from)->errors, FAULT_RUBRIC, (from)->file.file, (line), 0, __VA_ARGS__)

/* ---- Values (policy_values.c): a fault and `out` as it was where one cannot be read ------ */

/* "10%", "12.5%": hundredths of a percent. */
void policy_share(policy_reading *from, const ini_key *key, unsigned *out);

/* Digits alone, from `least` to `most`; `unit` as in "180 days" may follow, or nothing. */
void policy_whole(policy_reading *from, const ini_key *key, const char *unit, unsigned least,
                  unsigned most, unsigned *out);

/* "0.100", "0.25": thousandths, up to 9.999. */
void policy_thousandths(policy_reading *from, const ini_key *key, unsigned *out);

void policy_yes_no(policy_reading *from, const ini_key *key, bool *out);

/* "North | East": names, trimmed; none where the value is empty. */
bool policy_names(policy_reading *from, const ini_key *key, moderation_names *out);

/* Likewise, each a level of the policy's scale, as its id. */
bool policy_levels(policy_reading *from, const ini_key *key, moderation_names *out);

/* The policy's level of that name, or NULL and a fault. */
const char *policy_level(policy_reading *from, const char *name, uint64_t line);

/* ---- Sections that may be there more than once (policy_lists.c) --------------------------- */

/* The part of a section's name behind `prefix`, or NULL where it has another beginning. */
const char *policy_section_id(const ini_section *section, const char *prefix);

bool policy_read_triggers(policy_reading *from);
bool policy_read_moderators(policy_reading *from);
bool policy_read_actions(policy_reading *from);
bool policy_read_reasons(policy_reading *from);
