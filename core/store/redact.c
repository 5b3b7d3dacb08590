/* What is taken out of a store, for good. */
#include <string.h>

#include "store/inner.h"
#include "writing/json_text.h"

/* What of an audit is taken out. That it was drawn and assigned stays: it says nothing of the child, and
 * a later draw must know it. */
static const entity_number taken_out[] = {ENTITY_audit,  ENTITY_grade,   ENTITY_moderation,
                                          ENTITY_reason, ENTITY_dispute, ENTITY_resolution,
                                          ENTITY_action};

enum { TAKEN_OUT = sizeof taken_out / sizeof taken_out[0] };

static bool run_with(sql *db, const char *statement, const char *value, error_list *errors)
{
    sql_statement *made = sql_prepare(db, statement, errors);

    if (made && value)
        sql_bind_text(made, 1, value);
    const bool done = made && sql_do(made, errors);
    sql_finish(made);
    return done;
}

static bool is_given(const char *value)
{
    return value && *value;
}

static bool check(const store_redaction *what, error_list *errors)
{
    const int named = is_given(what->audit_id) + is_given(what->child_ref) + is_given(what->before);

    if (named != 1)
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "say what is to be taken out: an audit, a child, or what is before a date");
    else if (!is_given(what->reason) || !text_is_utf8(what->reason, strlen(what->reason)))
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "say why it is taken out, in words: it is kept with the event");
    else
        return true;
    return false;
}

/* The audits that are meant, and then their events, in tables of this connection alone. An audit belongs
 * to a child in any of its revisions. */
static bool find_events(store *held, const store_redaction *what, error_list *errors)
{
    buffer     out = {0};
    const bool by_id = is_given(what->audit_id), by_child = is_given(what->child_ref);

    const bool found =
        sql_run(held->db,
                "CREATE TEMP TABLE IF NOT EXISTS meant (audit_id TEXT PRIMARY KEY);"
                "CREATE TEMP TABLE IF NOT EXISTS taken (sequence INTEGER PRIMARY KEY);"
                "DELETE FROM meant; DELETE FROM taken;",
                errors) &&
        run_with(held->db,
                 by_id      ? "INSERT INTO meant VALUES (?1)"
                 : by_child ? "INSERT INTO meant SELECT DISTINCT audit_id FROM audit "
                              "WHERE same(child_ref, ?1)"
                            : "INSERT INTO meant SELECT audit_id FROM audit "
                              "WHERE latest = 1 AND audit_date <> '' AND audit_date < ?1",
                 by_id      ? what->audit_id
                 : by_child ? what->child_ref
                            : what->before,
                 errors);
    for (size_t t = 0; t < TAKEN_OUT; t++)
        buffer_format(&out,
                      "INSERT INTO taken SELECT event FROM %s WHERE audit_id IN "
                      "(SELECT audit_id FROM meant);",
                      entities[taken_out[t]].name);
    const bool fine =
        found && (buffer_end(&out) ? sql_run(held->db, out.bytes, errors) : error_memory(errors));
    buffer_free(&out);
    return fine;
}

/* {"reason":"...","of":"audit A-17","sequences":[4,5]}; a child is not named. */
static bool write_payload(store *held, const store_redaction *what, const char *of,
                          error_list *errors)
{
    buffer        *out = &held->payload;
    sql_statement *rows =
        sql_prepare(held->db, "SELECT sequence FROM taken ORDER BY sequence", errors);
    sql_state state = rows ? sql_step(rows, errors) : SQL_FAILED;
    bool      first = true;

    out->size = 0;
    buffer_byte(out, '{');
    json_name(out, "reason", true);
    json_string(out, text_of(what->reason));
    json_string_member(out, "of", of);
    json_name(out, "sequences", false);
    buffer_byte(out, '[');
    for (; state == SQL_ROW; state = sql_step(rows, errors)) {
        if (!first)
            buffer_byte(out, ',');
        first = false;
        buffer_unsigned(out, (uint64_t)sql_whole(rows, 0));
    }
    buffer_string(out, "]}");
    sql_finish(rows);
    return state == SQL_DONE && (!out->failed || error_memory(errors));
}

static bool write_event(store *held, const store_redaction *what, int64_t *sequence,
                        error_list *errors)
{
    buffer *of = &held->subject;

    of->size = 0;
    if (is_given(what->child_ref))
        buffer_string(of, "a child");
    else if (is_given(what->audit_id))
        buffer_format(of, "audit %s", what->audit_id);
    else
        buffer_format(of, "before %s", what->before);
    if (!buffer_end(of))
        return error_memory(errors);
    return write_payload(held, what, of->bytes, errors) &&
           chain_append(held, "redaction", of->bytes,
                        (text){held->payload.bytes, held->payload.size}, 0, sequence, errors);
}

/* The event of the redaction first: the table of events lets nothing be removed without one. */
static bool take_out(store *held, const store_redaction *what, error_list *errors)
{
    buffer  out = {0};
    int64_t sequence;

    if (!write_event(held, what, &sequence, errors))
        return false;
    buffer_format(&out,
                  "INSERT INTO redacted SELECT sequence, %lld FROM taken;"
                  "UPDATE event SET payload = NULL, salt = NULL WHERE sequence IN "
                  "(SELECT sequence FROM taken);",
                  (long long)sequence);
    for (size_t t = 0; t < TAKEN_OUT; t++)
        buffer_format(&out, "DELETE FROM %s WHERE event IN (SELECT sequence FROM taken);",
                      entities[taken_out[t]].name);
    const bool done =
        buffer_end(&out) ? sql_run(held->db, out.bytes, errors) : error_memory(errors);
    buffer_free(&out);
    return done;
}

/* The file is written anew without what was taken out, and what was written ahead is cut off. */
static bool scrub(store *held, error_list *errors)
{
    int64_t busy;

    if (!sql_run(held->db, "VACUUM", errors) ||
        !sql_number(held->db, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, errors))
        return false;
    if (busy != 0)
        error_add(
            errors, FAULT_OUTPUT, sql_path(held->db), 0, 0,
            "it was taken out, but another program reads the store, so that the old bytes are "
            "still in the file; close that program, and redact again");
    return busy == 0;
}

bool store_redact(store *held, const store_redaction *what, int64_t *count, error_list *errors)
{
    *count = 0;
    if (!check(what, errors) || !store_begin(held, errors))
        return false;
    bool fine = find_events(held, what, errors) &&
                sql_number(held->db, "SELECT count(*) FROM taken", count, errors);
    if (fine && *count > 0)
        fine = take_out(held, what, errors);
    if (fine)
        fine = store_commit(held, errors);
    else
        store_rollback(held);
    error_list unsaid = {0}; /* what was meant names audits; it is this connection's alone */
    sql_run(held->db, "DROP TABLE IF EXISTS temp.meant; DROP TABLE IF EXISTS temp.taken", &unsaid);
    error_clear(&unsaid);
    return fine && scrub(held, errors);
}
