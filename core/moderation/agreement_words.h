/* agreement_words.h - agreement as a person reads it. Private to this room. */
#pragma once

#include "moderation/agreement.h"

/* All of it, for a terminal: missed ones first. */
void words_in_full(const moderation_agreement *agreement, buffer *out);
