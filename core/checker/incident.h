/* incident.h - what ended the process of a test, told to the process that waits for it. Private to
 * this room. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "checker/region.h"

enum { INCIDENT_DOING_SIZE = 2048, INCIDENT_TOUCHED_SIZE = 160 };

/* In memory that both processes share. The plugin's code runs in the one that writes it, so
 * the other ends every string before it reads it. */
typedef struct {
    volatile int      signal;                         /* 0: none */
    volatile int      system_call;                    /* where the signal is SIGSYS; -1: none */
    volatile uint64_t seed;                           /* of the records */
    char              doing[INCIDENT_DOING_SIZE];     /* "measure "x": ..."; "" for nothing yet */
    char              touched[INCIDENT_TOUCHED_SIZE]; /* "it reads behind the end of ..." or "" */
} incident;

/* Catches the signals of a crash in this process: each is noted in `to`, and ends the process. */
void incident_catch(incident *to);

/* The arrays that a bad address is held against from now on; NULL for none. */
void incident_watch(const region *regions, size_t count);

/* An address range that means the clock: reading it is noted as that. */
void incident_watch_clock(const void *begin, size_t size);
