/* known_name.h - a moderator's name that is nearly that of somebody else. Private to this room. */
#pragma once

#include "moderation/cases.h"
#include "moderation/moderation.h"

/* The name that was probably meant: of an auditor, of whoever has audits to moderate, or of the policy's
 * moderators. "" where the name is one of theirs, however written, or near to none. NULL where memory
 * is out. Lives as long as the cases and the policy. */
const char *moderation_name_meant(const moderation_cases *cases, const moderation_policy *policy,
                                  const char *name);
