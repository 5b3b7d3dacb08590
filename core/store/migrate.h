/* migrate.h - stores of earlier versions. Private to this room.
 *
 * A step changes the table of events where that has to be, never what events say; the other tables are
 * made anew from the events after the last step. What an event of an earlier version does not have is
 * "" or 0 (entry_read_payload()). */
#pragma once

#include "store/store.h"

typedef struct {
    int64_t     from; /* to the version after it */
    const char *statements;
} migration_step;

/* The steps there are, by `from`; ended by one from 0. */
extern const migration_step migration_steps[];

/* store_migrate(), by these steps to that version. */
bool migrate_by(const store_settings *settings, const migration_step *steps, int64_t to,
                int64_t *from, char **kept, error_list *errors);
