/* schema.h - the tables of a store. Private to this room. */
#pragma once

#include "store/entity.h"

/* "assy", in the header of the file; and the version of the tables, each made from the one before it by
 * a migration (migrate.c). */
enum { SCHEMA_APPLICATION = 0x61737379, SCHEMA_VERSION = 3 };

/* The table of events, and what keeps it as it is. `redacted` is derived too: the sequences that events of
 * the kind "redaction" name. A trigger before every insert and a constraint that is checked at once would
 * together have SQLite copy every page that it changes: so the one fails and does not abort, and the other
 * waits for the commit. */
#define SCHEMA_EVENTS                                                                              \
    "CREATE TABLE event ("                                                                         \
    "sequence INTEGER PRIMARY KEY, "                                                               \
    "at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, "             \
    "payload TEXT, salt BLOB, payload_hash BLOB NOT NULL, "                                        \
    "previous INTEGER REFERENCES event(sequence) DEFERRABLE INITIALLY DEFERRED, "                  \
    "hash BLOB NOT NULL) STRICT;"                                                                  \
    "CREATE INDEX event_redacted ON event(kind, subject) WHERE payload IS NULL;"                   \
    "CREATE TRIGGER event_follows BEFORE INSERT ON event "                                         \
    "WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM event) "                 \
    "BEGIN SELECT RAISE(FAIL, 'an event follows the last one'); END;"                              \
    "CREATE TRIGGER event_stays BEFORE DELETE ON event "                                           \
    "BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;"                                 \
    "CREATE TRIGGER event_unchanged BEFORE UPDATE ON event "                                       \
    "WHEN NOT (NEW.payload IS NULL AND NEW.salt IS NULL "                                          \
    "AND NEW.sequence IS OLD.sequence AND NEW.at IS OLD.at AND NEW.who IS OLD.who "                \
    "AND NEW.kind IS OLD.kind AND NEW.subject IS OLD.subject "                                     \
    "AND NEW.payload_hash IS OLD.payload_hash AND NEW.previous IS OLD.previous "                   \
    "AND NEW.hash IS OLD.hash "                                                                    \
    "AND EXISTS (SELECT 1 FROM redacted WHERE sequence = OLD.sequence)) "                          \
    "BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;"

/* Makes all tables in an empty database. */
bool schema_create(sql *db, error_list *errors);

/* Makes the tables that are derived from the events, in the schema ("main", or one attached), with or
 * without what keeps other programs from changing them. */
bool schema_create_derived(sql *db, const char *schema, bool guarded, error_list *errors);
/* Removes them from "main". */
bool schema_drop_derived(sql *db, error_list *errors);

/* Takes what is not as it should be among the tables, indexes and triggers: "the trigger event_kept is
 * missing". */
typedef void (*schema_take)(void *user, const char *what);

/* Holds the tables against those that schema_create() makes. False where they could not be read. */
bool schema_compare(sql *db, schema_take take, void *user, error_list *errors);
