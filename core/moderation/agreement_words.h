/* agreement_words.h - agreement as a person reads it. Private to this room. */
#pragma once

#include "moderation/agreement.h"

/* One paragraph to read out: what was found in the audits picked at random, and how sure it is. */
void words_in_brief(const moderation_agreement *agreement, buffer *out);

/* All of it, for a terminal: missed ones first. */
void words_in_full(const moderation_agreement *agreement, buffer *out);
