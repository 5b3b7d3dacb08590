#include "store/schema.h"

#include <stdlib.h>
#include <string.h>

/* ---- Derived tables ------------------------------------------------------------- */

static const char *column_type(field_type type)
{
    switch (type) {
    case FIELD_WHOLE:
    case FIELD_FLAG:
        return "INTEGER";
    case FIELD_REAL:
        return "REAL";
    default:
        return "TEXT";
    }
}

static void write_guard(const char *table, buffer *out)
{
    static const char *const ways[] = {"UPDATE", "DELETE"};

    for (size_t w = 0; w < 2; w++)
        buffer_format(out,
                      "CREATE TRIGGER %s_%s BEFORE %s ON %s WHEN NOT assay_writes() "
                      "BEGIN SELECT RAISE(ABORT, 'assay alone changes this table'); END;",
                      table, w == 0 ? "unchanged" : "stays", ways[w], table);
}

/* Other tables of an attached database cannot be referred to, and need not be. */
static void write_entity(const entity *of, const char *schema, bool guarded, buffer *out)
{
    buffer_format(out,
                  "CREATE TABLE %s.%s (event INTEGER PRIMARY KEY%s, latest INTEGER NOT NULL, "
                  "at TEXT NOT NULL, who TEXT NOT NULL",
                  schema, of->name, guarded ? " REFERENCES event(sequence)" : "");
    for (size_t f = 0; f < of->count; f++)
        if (field_has_column(&of->fields[f]))
            buffer_format(out, ", \"%s\" %s NOT NULL", of->fields[f].name,
                          column_type(of->fields[f].type));
    buffer_format(out, ") STRICT;CREATE UNIQUE INDEX %s.%s_key ON %s(", schema, of->name, of->name);
    bool first = true;
    for (size_t f = 0; f < of->count; f++)
        if (of->fields[f].marks & FIELD_KEY) {
            buffer_format(out, "%s\"%s\"", first ? "" : ", ", of->fields[f].name);
            first = false;
        }
    buffer_string(out, ") WHERE latest = 1;");
    if (guarded)
        write_guard(of->name, out);
}

static bool run(sql *db, buffer *statements, error_list *errors)
{
    const bool fine =
        buffer_end(statements) ? sql_run(db, statements->bytes, errors) : error_memory(errors);
    buffer_free(statements);
    return fine;
}

bool schema_create_derived(sql *db, const char *schema, bool guarded, error_list *errors)
{
    buffer out = {0};

    buffer_format(&out,
                  "CREATE TABLE %s.redacted (sequence INTEGER PRIMARY KEY%s, "
                  "event INTEGER NOT NULL) STRICT;",
                  schema, guarded ? " REFERENCES event(sequence)" : "");
    if (guarded)
        write_guard("redacted", &out);
    for (size_t e = 0; e < ENTITY_COUNT; e++)
        write_entity(&entities[e], schema, guarded, &out);
    if (guarded) /* a draw has many that were not picked */
        buffer_format(&out,
                      "CREATE INDEX %s.draw_member_picked ON draw_member(audit_id) "
                      "WHERE latest = 1 AND picked = 1;",
                      schema);
    return run(db, &out, errors);
}

bool schema_drop_derived(sql *db, error_list *errors)
{
    buffer out = {0};

    buffer_string(&out, "DROP TABLE IF EXISTS redacted;");
    for (size_t e = 0; e < ENTITY_COUNT; e++)
        buffer_format(&out, "DROP TABLE IF EXISTS %s;", entities[e].name);
    return run(db, &out, errors);
}

bool schema_create(sql *db, error_list *errors)
{
    buffer mark = {0};

    buffer_format(&mark, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                  SCHEMA_APPLICATION, SCHEMA_VERSION);
    return sql_run(db, SCHEMA_EVENTS, errors) && schema_create_derived(db, "main", true, errors) &&
           run(db, &mark, errors);
}

/* ---- Comparing ------------------------------------------------------------------- */

static const char list_things[] = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
                                  "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

static void say(schema_take take, void *user, sql_statement *thing, const char *what)
{
    buffer out = {0};

    buffer_format(&out, "the %s %s %s", sql_text(thing, 0), sql_text(thing, 1), what);
    if (buffer_end(&out))
        take(user, out.bytes);
    buffer_free(&out);
}

/* Two lists by name, merged. */
static bool compare_lists(sql_statement *wanted, sql_statement *found, schema_take take, void *user,
                          error_list *errors)
{
    sql_state left = sql_step(wanted, errors), right = sql_step(found, errors);

    while (left == SQL_ROW || right == SQL_ROW) {
        const int order = left != SQL_ROW    ? 1
                          : right != SQL_ROW ? -1
                                             : strcmp(sql_text(wanted, 1), sql_text(found, 1));
        if (left == SQL_FAILED || right == SQL_FAILED)
            break;
        if (order < 0)
            say(take, user, wanted, "is missing");
        else if (order > 0)
            say(take, user, found, "is not one of a store");
        else if (strcmp(sql_text(wanted, 2), sql_text(found, 2)) != 0)
            say(take, user, found, "was changed");
        if (order <= 0)
            left = sql_step(wanted, errors);
        if (order >= 0)
            right = sql_step(found, errors);
    }
    return left != SQL_FAILED && right != SQL_FAILED;
}

bool schema_compare(sql *db, schema_take take, void *user, error_list *errors)
{
    sql           *model = sql_open_bytes("memory", "", 0, errors);
    sql_statement *wanted = NULL, *found = NULL;
    bool           fine = false;

    if (model && schema_create(model, errors) &&
        (wanted = sql_prepare(model, list_things, errors)) != NULL &&
        (found = sql_prepare(db, list_things, errors)) != NULL)
        fine = compare_lists(wanted, found, take, user, errors);
    sql_finish(wanted);
    sql_finish(found);
    sql_close(model);
    return fine;
}
