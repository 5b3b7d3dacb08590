/* worker.h - a worker process, seen from the host. Private to the loader. */
#pragma once

#include "loader/plugin_set.h"
#include "loader/worker_protocol.h"

/* One process that holds one plugin. Belongs to one thread at a time. */
typedef struct worker worker;

/* How a turn of the worker came to its end. */
typedef enum {
    TURN_DONE,
    TURN_DIED, /* the process is gone */
    TURN_HUNG, /* it took longer than it may */
    TURN_BROKEN /* the system would not let us: no socket, no process */
} turn_end;

/* Starts a worker for the plugin and waits until it has opened it. NULL with a fault in `errors`. */
worker *worker_start(const plugin *opened, error_list *errors);

/* Ends the process, if it has not ended, and frees all. Takes NULL. */
void worker_end(worker *ended);

/* The memory that is shared with it. What the worker wrote is not to be believed. */
worker_memory *worker_shared(worker *held);

/* Lets the worker run the calls in its memory. One by one, the time limit is for each record. */
turn_end worker_run(worker *held, unsigned time_limit);

/* How the process ended, after TURN_DIED: "signal 11", "exit 3". */
void worker_death(worker *dead, char *out, size_t size);
