#include "store/migrate.h"

#include <inttypes.h>
#include <stdlib.h>

#include "store/copy.h"
#include "store/file.h"
#include "store/inner.h"

/* 2 has a table of disclosures: what nothing was told of in version 1 has no row. 3 has a table of events
 * that is added to in half the time; the one before it has an index when it goes, for SQLite looks, row by
 * row, for others that refer to it. */
const migration_step migration_steps[] = {
    {1, ""},
    {2, "DROP TRIGGER event_follows; DROP TRIGGER event_stays; DROP TRIGGER event_unchanged;"
        "DROP INDEX event_redacted; ALTER TABLE event RENAME TO event_before;" SCHEMA_EVENTS
        "CREATE INDEX event_before_previous ON event_before(previous) WHERE previous IS NOT NULL;"
        "INSERT INTO event SELECT * FROM event_before ORDER BY sequence;"
        "DROP TABLE event_before;"},
    {0, NULL},
};

static bool run_steps(sql *db, const migration_step *steps, int64_t from, int64_t to,
                      error_list *errors)
{
    for (int64_t version = from; version < to; version++) {
        const migration_step *step = steps;
        while (step->from != 0 && step->from != version)
            step++;
        if (step->from == 0) {
            error_add(errors, FAULT_INPUT, sql_path(db), 0, 0,
                      "no way is known from store version %" PRId64 " on; update assay", version);
            return false;
        }
        if (!sql_run(db, step->statements, errors))
            return false;
    }
    return true;
}

/* The event of the migration, by the chain's own rules. */
static bool add_event(sql *db, const store_settings *settings, int64_t from, int64_t to,
                      error_list *errors)
{
    store  *made = store_of(db, settings, errors);
    char    payload[100];
    int64_t sequence;

    if (!made)
        return false;
    snprintf(payload, sizeof payload,
             "{\"program\":\"" ASSAY_VERSION "\",\"from\":%" PRId64 ",\"to\":%" PRId64 "}", from,
             to);
    chain_now(made->at);
    const bool added = chain_read_head(db, &made->head, errors) &&
                       chain_append(made, "migration", "", text_of(payload), 0, &sequence, errors);
    sql_finish(made->append);
    free(made->who);
    free(made);
    return added;
}

static bool migrate(sql *db, const store_settings *settings, const migration_step *steps,
                    int64_t from, int64_t to, error_list *errors)
{
    char mark[60];

    snprintf(mark, sizeof mark, "PRAGMA user_version = %" PRId64 "; COMMIT", to);
    return sql_run(db, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE", errors) &&
           schema_drop_derived(db, errors) && run_steps(db, steps, from, to, errors) &&
           schema_create_derived(db, "main", true, errors) && derive_all(db, "main", errors) &&
           add_event(db, settings, from, to, errors) && sql_run(db, mark, errors);
}

bool migrate_by(const store_settings *settings, const migration_step *steps, int64_t to,
                int64_t *from, char **kept, error_list *errors)
{
    *kept = NULL;
    if (!settings_are_fine(settings, errors) || !file_is_ours(settings->path, errors))
        return false;
    sql *db = sql_open(settings->path, errors);
    bool fine = db && store_check_version(db, from, errors) && file_tighten(settings->path, errors);

    if (fine && *from < to)
        fine = (*kept = copy_kept(db, settings->path, "migration", errors)) != NULL &&
               migrate(db, settings, steps, *from, to, errors);
    sql_close(db);
    return fine;
}

int64_t store_version(void)
{
    return SCHEMA_VERSION;
}

bool store_migrate(const store_settings *settings, int64_t *from, char **kept, error_list *errors)
{
    return migrate_by(settings, migration_steps, SCHEMA_VERSION, from, kept, errors);
}
