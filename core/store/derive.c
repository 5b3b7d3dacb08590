/* The derived tables, made from the events. */
#include <jansson.h>
#include <string.h>

#include "store/inner.h"

sql_statement *derive_insert(sql *db, const char *schema, const entity *of, error_list *errors)
{
    buffer         out = {0};
    sql_statement *made = NULL;

    buffer_format(&out, "INSERT INTO %s.%s VALUES (?, ?, ?, ?", schema, of->name);
    for (size_t f = 0; f < of->count; f++)
        if (field_has_column(&of->fields[f]))
            buffer_string(&out, ", ?");
    buffer_byte(&out, ')');
    if (buffer_end(&out))
        made = sql_prepare(db, out.bytes, errors);
    else
        error_memory(errors);
    buffer_free(&out);
    return made;
}

sql_statement *derive_retire(sql *db, const char *schema, const entity *of, error_list *errors)
{
    buffer         out = {0};
    sql_statement *made = NULL;

    buffer_format(&out, "UPDATE %s.%s SET latest = 0 WHERE event = ?1", schema, of->name);
    if (buffer_end(&out))
        made = sql_prepare(db, out.bytes, errors);
    else
        error_memory(errors);
    buffer_free(&out);
    return made;
}

void derive_bind(sql_statement *insert, int64_t sequence, text at, text who)
{
    sql_bind_whole(insert, 1, sequence);
    sql_bind_whole(insert, 2, 1);
    sql_bind_string(insert, 3, at);
    sql_bind_string(insert, 4, who);
}

/* ---- From all events ---------------------------------------------------------------- */

typedef struct {
    sql           *db;
    const char    *schema;
    put_statements puts[ENTITY_COUNT];
    sql_statement *redacted;
    buffer         lists[ENTITY_LISTS_MAX];
    arena          memory;
    bool           damaged; /* some event made no row */
} derivation;

/* Says so, and goes on, so that all of them are said. Always true. */
static bool damaged(derivation *work, int64_t sequence, error_list *errors)
{
    work->damaged = true;
    error_add(errors, FAULT_INPUT, sql_path(work->db), 0, 0,
              "event %lld is damaged: its payload is not what its kind has; restore a backup",
              (long long)sequence);
    return true;
}

static bool derive_entry(derivation *work, entity_number number, sql_statement *event,
                         error_list *errors)
{
    const entity   *of = &entities[number];
    put_statements *puts = &work->puts[number];
    const int64_t   sequence = sql_whole(event, 0), previous = sql_whole(event, 3);
    any_entry       entry;
    size_t          lists;

    if (!puts->insert)
        puts->insert = derive_insert(work->db, work->schema, of, errors);
    if (puts->insert && !puts->retire)
        puts->retire = derive_retire(work->db, work->schema, of, errors);
    if (!puts->insert || !puts->retire)
        return false;
    memset(&entry, 0, sizeof entry);
    if (!entry_read_payload(of, sql_string(event, 2), false, &entry, &work->memory))
        return damaged(work, sequence, errors);
    if (previous > 0) {
        sql_bind_whole(puts->retire, 1, previous);
        if (!sql_do(puts->retire, errors))
            return false;
    }
    derive_bind(puts->insert, sequence, sql_string(event, 4), sql_string(event, 5));
    entry_bind(of, &entry, puts->insert, DERIVED_COLUMNS + 1, work->lists, &lists);
    return sql_do(puts->insert, errors);
}

/* The sequences that a redaction names. */
static bool derive_redaction(derivation *work, sql_statement *event, error_list *errors)
{
    const text payload = sql_string(event, 2);
    json_t    *root = json_loadb(payload.at, payload.size, JSON_REJECT_DUPLICATES, NULL);
    json_t    *list = json_object_get(root, "sequences");
    bool       fine = true;

    if (!json_is_array(list))
        damaged(work, sql_whole(event, 0), errors);
    if (fine && !work->redacted) {
        char statement[80];
        snprintf(statement, sizeof statement, "INSERT INTO %s.redacted VALUES (?1, ?2)",
                 work->schema);
        work->redacted = sql_prepare(work->db, statement, errors);
        fine = work->redacted != NULL;
    }
    for (size_t i = 0; fine && i < json_array_size(list); i++) {
        sql_bind_whole(work->redacted, 1, json_integer_value(json_array_get(list, i)));
        sql_bind_whole(work->redacted, 2, sql_whole(event, 0));
        fine = sql_do(work->redacted, errors);
    }
    json_decref(root);
    return fine;
}

static bool derive_event(derivation *work, sql_statement *event, error_list *errors)
{
    const entity_number number = entity_of_kind(sql_text(event, 1));

    if (sql_is_null(event, 2))
        return true;
    if (number != ENTITY_COUNT)
        return derive_entry(work, number, event, errors);
    return strcmp(sql_text(event, 1), "redaction") != 0 || derive_redaction(work, event, errors);
}

bool derive_all(sql *db, const char *schema, error_list *errors)
{
    derivation     work = {.db = db, .schema = schema};
    sql_statement *events = sql_prepare(
        db, "SELECT sequence, kind, payload, previous, at, who FROM main.event ORDER BY sequence",
        errors);
    sql_state state = events ? sql_step(events, errors) : SQL_FAILED;

    while (state == SQL_ROW) {
        const bool fine = derive_event(&work, events, errors);
        arena_free(&work.memory);
        state = fine ? sql_step(events, errors) : SQL_FAILED;
    }
    sql_finish(events);
    sql_finish(work.redacted);
    for (size_t e = 0; e < ENTITY_COUNT; e++) {
        sql_finish(work.puts[e].insert);
        sql_finish(work.puts[e].retire);
    }
    for (size_t l = 0; l < ENTITY_LISTS_MAX; l++)
        buffer_free(&work.lists[l]);
    return state == SQL_DONE && !work.damaged;
}
