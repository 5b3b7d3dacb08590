/* confine.h - a process that may do nothing but compute. Private to this room. */
#pragma once

#include <stdbool.h>

/* From here on a system call other than those for memory, for waking threads and for ending
 * raises SIGSYS; writing to `verdict` stays allowed. False, with `errno`, where the kernel does not
 * do that. */
bool confine_system_calls(int verdict);

/* Takes away the clock that is read without a system call (the vDSO). False where it stays. */
bool confine_clock(void);
