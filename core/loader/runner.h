/* runner.h - what runner.c and shared.c share. Private to the loader. */
#pragma once

#include "loader/run.h"
#include "loader/worker.h"

struct plugin_runner {
    plugin *plugin;
    worker *worker; /* NULL: not started, or gone, or in this process */
    char  **why;    /* [record of the last batch]: why it failed, or NULL */
    size_t  room;   /* records that `why` has room for */
    char    stopped[320]; /* why nothing more is run; "": it is */
    bool    system_failed; /* and the system is to blame, not the plugin */
    worker_call shared[WORKER_CALLS_MAX]; /* as put: the worker can write over its own */
    uint64_t    skip;
};

/* Puts the calls into the worker's memory. False where they do not fit. */
bool shared_put(plugin_runner *runner, const plugin_call *calls, size_t count);

/* Takes the answers out of it. */
void shared_take(const plugin_runner *runner, plugin_call *calls, size_t count);
