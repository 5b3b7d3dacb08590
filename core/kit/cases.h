/* cases.h - reading what the cases of a rubric expect. Private to this room. */
#pragma once

#include "kit/kit.h"

/* The criteria for which held[c] is true, joined by ';'; "none" where there are none. NULL: memory
 * is out. */
const char *criteria_joined(const rubric *held, const bool *named, arena *memory);
