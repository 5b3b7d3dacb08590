/* process.h - one test in a process of its own. Private to this room. */
#pragma once

#include "checker/checking.h"

/* What came of it. */
typedef enum {
    PROCESS_ANSWERED, /* the test said its outcome */
    PROCESS_CRASHED,  /* it did not; the result is a failure that says why */
    PROCESS_HUNG,     /* likewise, for it had to be ended */
    PROCESS_NOT_RUN   /* the system gave no process; `errno` says why */
} process_end;

/* Runs the test with the plugins, seed, seconds and hunting of `from`, for `limit` seconds at most,
 * and fills in outcome and detail of `out`; the detail is the caller's to free. After a crash or a
 * hang *seed is that of the records under way. */
process_end process_run(const check_test *test, const checking *from, unsigned limit,
                        check_result *out, uint64_t *seed);
