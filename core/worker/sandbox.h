/* sandbox.h - what a plugin's worker process gives up. */
#pragma once

#include <stdint.h>

/* Before a plugin's own code can run: no new privileges, limits, no files but the system's
 * libraries, no system call but those that loading needs. Returns the WORKER_ bits that hold. */
uint32_t sandbox_before_loading(uint32_t *landlock);

/* Before it sees a record: no files at all, and no system call but for memory, the turn on the
 * socket, and ending. `bits` is what held before; returns what holds now. */
uint32_t sandbox_before_running(uint32_t bits);
