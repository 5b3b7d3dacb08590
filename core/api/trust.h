/* trust.h - the lock of a session. Private to this room. */
#pragma once

#include "api/page.h"

/* One line about a pin: what becomes of it, and what it says. */
void say_pin(page *out, const trust_pin *pin, const char *state);
