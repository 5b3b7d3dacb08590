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
    TURN_HUNG  /* it took longer than it may */
} turn_end;

/* Which call and which record a worker is at. */
typedef struct {
    uint32_t call, record;
} worker_progress;

/* Starts a worker for the plugin and waits until it has opened it. NULL with a fault in `errors`:
 * FAULT_PLUGIN where the plugin is to blame, another kind where the system is. */
worker *worker_start(const plugin *opened, error_list *errors);

/* Ends the process, if it has not ended, and frees all. Takes NULL. */
void worker_end(worker *ended);

/* The memory that is shared with it. What the worker wrote is not to be believed. */
worker_memory *worker_shared(worker *held);

/* Lets the worker run the calls in its memory. `bounds` is NULL where it runs them whole; one by one it
 * has the number of calls and of records, and the time limit is for each record. */
turn_end worker_run(worker *held, unsigned time_limit, const worker_progress *bounds);

/* Where it is, or was when it ended: as it says. */
worker_progress worker_at(const worker *held);

/* The WORKER_ bits that hold: those that it claims and the kernel confirms. That files are forbidden by
 * Landlock the kernel tells nobody; it is believed where the filters, which come after, are there. */
unsigned worker_protections(const worker *held);

/* How the process ended, after TURN_DIED: "signal 11", "exit 3". */
void worker_death(worker *dead, char *out, size_t size);
