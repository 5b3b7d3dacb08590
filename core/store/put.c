/* Entries in: an event, and a row of its table. */
#include <string.h>

#include "store/inner.h"

/* What the store has under an entry's key. */
typedef struct {
    int64_t event; /* 0: nothing */
    int64_t revision;
    uint8_t hash[HASH_SIZE];
    uint8_t salt[SALT_SIZE];
} held_entry;

/* ---- Statements -------------------------------------------------------------------- */

static sql_statement *prepare_find(sql *db, const entity *of, error_list *errors)
{
    buffer         out = {0};
    sql_statement *made = NULL;
    int            parameter = 1;
    const bool     revised = entity_field(of, "revision") != NULL;

    buffer_format(&out,
                  "SELECT t.event, e.payload_hash, e.salt, %s FROM %s t "
                  "JOIN event e ON e.sequence = t.event WHERE t.latest = 1",
                  revised ? "t.revision" : "0", of->name);
    for (size_t f = 0; f < of->count; f++)
        if (of->fields[f].marks & FIELD_KEY)
            buffer_format(&out, " AND t.\"%s\" = ?%d", of->fields[f].name, parameter++);
    if (buffer_end(&out))
        made = sql_prepare(db, out.bytes, errors);
    else
        error_memory(errors);
    buffer_free(&out);
    return made;
}

static bool prepare(store *held, entity_number number, error_list *errors)
{
    put_statements *puts = &held->puts[number];
    const entity   *of = &entities[number];

    if (!puts->find)
        puts->find = prepare_find(held->db, of, errors);
    if (!puts->insert)
        puts->insert = derive_insert(held->db, "main", of, errors);
    if (!puts->retire)
        puts->retire = derive_retire(held->db, "main", of, errors);
    return puts->find && puts->insert && puts->retire;
}

/* ---- What is there already ------------------------------------------------------------ */

static bool find(store *held, entity_number number, const void *entry, held_entry *out,
                 error_list *errors)
{
    const entity  *of = &entities[number];
    sql_statement *asked = held->puts[number].find;
    int            parameter = 1;

    *out = (held_entry){0};
    for (size_t f = 0; f < of->count; f++) {
        const field *key = &of->fields[f];
        if (!(key->marks & FIELD_KEY))
            continue;
        if (key->type == FIELD_WHOLE)
            sql_bind_whole(asked, parameter++,
                           *(const int64_t *)(const void *)((const char *)entry + key->at));
        else
            sql_bind_text(asked, parameter++, entry_text(entry, key));
    }
    const sql_state state = sql_step(asked, errors);
    if (state != SQL_ROW)
        return state == SQL_DONE;
    const void *hash = sql_bytes(asked, 1, HASH_SIZE), *salt = sql_bytes(asked, 2, SALT_SIZE);
    if (hash && salt) {
        out->event = sql_whole(asked, 0);
        out->revision = sql_whole(asked, 3);
        memcpy(out->hash, hash, HASH_SIZE);
        memcpy(out->salt, salt, SALT_SIZE);
    }
    const long long event = (long long)sql_whole(asked, 0);
    sql_reset(asked);
    if (out->event > 0)
        return true;
    error_add(errors, FAULT_INPUT, sql_path(held->db), 0, 0,
              "event %lld is damaged; run assay store verify, and restore a backup", event);
    return false;
}

/* The latest revision of the audit of that id; 0: there is none. */
static bool read_audit_revision(store *held, const char *audit_id, int64_t *revision,
                                error_list *errors)
{
    if (!held->audit_revision)
        held->audit_revision = sql_prepare(
            held->db, "SELECT revision FROM audit WHERE latest = 1 AND audit_id = ?1", errors);
    if (!held->audit_revision)
        return false;
    sql_bind_text(held->audit_revision, 1, audit_id);
    const sql_state state = sql_step(held->audit_revision, errors);
    *revision = state == SQL_ROW ? sql_whole(held->audit_revision, 0) : 0;
    if (state == SQL_ROW)
        sql_reset(held->audit_revision);
    return state != SQL_FAILED;
}

/* The audit that the entry is of is there; its revision is filled in where it was left open. */
static bool settle_audit(store *held, const entity *of, any_entry *entry, bool *refused,
                         error_list *errors)
{
    const char  *audit_id = entry_text(entry, entity_field(of, "audit_id"));
    const field *of_revision = entity_field(of, "revision");
    int64_t      latest;

    if (!read_audit_revision(held, audit_id, &latest, errors))
        return false;
    *refused = latest == 0;
    if (*refused)
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "%s: the store has no audit \"%s\"; add it with assay store add", of->name,
                  audit_id);
    if (*refused || !of_revision)
        return true;

    int64_t *revision = entry_member(entry, of_revision);
    if (*revision == 0)
        *revision = latest;
    *refused = *revision < 1 || *revision > latest;
    if (*refused)
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "%s: audit \"%s\" has no revision %lld; it has 1 to %lld", of->name, audit_id,
                  (long long)*revision, (long long)latest);
    return true;
}

/* Whether the audit of that id was redacted: it does not come back by adding its file again. */
static bool was_redacted(store *held, const char *audit_id, bool *redacted, error_list *errors)
{
    *redacted = false;
    if (!held->redacted)
        return true;
    sql_statement *asked = sql_prepare(
        held->db,
        "SELECT 1 FROM event WHERE kind = 'audit' AND subject = ?1 AND payload IS NULL LIMIT 1",
        errors);
    if (!asked)
        return false;
    sql_bind_text(asked, 1, audit_id);
    const sql_state state = sql_step(asked, errors);
    *redacted = state == SQL_ROW;
    sql_finish(asked);
    return state != SQL_FAILED;
}

/* ---- Putting ----------------------------------------------------------------------------- */

static bool write_payload(store *held, const entity *of, const any_entry *entry, error_list *errors)
{
    held->payload.size = 0;
    entry_payload(of, entry, &held->payload);
    return !held->payload.failed || error_memory(errors);
}

static text payload_of(const store *held)
{
    return (text){held->payload.bytes, held->payload.size};
}

static bool is_same(const store *held, const held_entry *there)
{
    uint8_t hash[HASH_SIZE];

    chain_hash_payload(there->salt, payload_of(held), hash);
    return memcmp(hash, there->hash, HASH_SIZE) == 0;
}

/* The event, and the row in place of that of the event before. */
static bool keep(store *held, entity_number number, const any_entry *entry, int64_t previous,
                 error_list *errors)
{
    const entity   *of = &entities[number];
    put_statements *puts = &held->puts[number];
    int64_t         sequence;
    size_t          lists;

    held->subject.size = 0;
    entry_subject(of, entry, &held->subject);
    if (!buffer_end(&held->subject))
        return error_memory(errors);
    if (!chain_append(held, of->name, held->subject.bytes, payload_of(held), previous, &sequence,
                      errors))
        return false;
    if (previous > 0) {
        sql_bind_whole(puts->retire, 1, previous);
        if (!sql_do(puts->retire, errors))
            return false;
    }
    derive_bind(puts->insert, sequence, text_of(held->at), text_of(held->who));
    entry_bind(of, entry, puts->insert, DERIVED_COLUMNS + 1, held->lists, &lists);
    return sql_do(puts->insert, errors);
}

/* Puts the entry; *refused where it cannot be kept for a reason that leaves the transaction whole. */
static bool put(store *held, entity_number number, any_entry *entry, store_outcome *outcome,
                bool *refused, error_list *errors)
{
    const entity *of = &entities[number];
    held_entry    there;
    bool          redacted = false;

    if (!prepare(held, number, errors) ||
        (of->of_audit && !settle_audit(held, of, entry, refused, errors)))
        return false;
    if (*refused)
        return true;
    if (!find(held, number, entry, &there, errors))
        return false;
    if (number == ENTITY_audit) {
        entry->audit.revision = there.revision;
        if (there.event == 0 && !was_redacted(held, entry->audit.audit_id, &redacted, errors))
            return false;
    }
    *outcome = redacted ? STORE_REDACTED : STORE_SAME;
    if (redacted)
        return true;
    if (there.event > 0) {
        if (!write_payload(held, of, entry, errors))
            return false;
        if (is_same(held, &there))
            return true;
    }
    if (number == ENTITY_audit)
        entry->audit.revision = there.revision + 1;
    *outcome = there.event > 0 ? STORE_REVISED : STORE_ADDED;
    return write_payload(held, of, entry, errors) && keep(held, number, entry, there.event, errors);
}

static bool entry_put(store *held, entity_number number, const void *given, store_outcome *outcome,
                      error_list *errors)
{
    any_entry     entry;
    store_outcome came_to = STORE_SAME;
    bool          own, refused = false;

    if (!entry_check(&entities[number], given, errors) || !transaction_enter(held, &own, errors))
        return false;
    memset(&entry, 0, sizeof entry);
    memcpy(&entry, given, entities[number].size);
    const bool done = put(held, number, &entry, &came_to, &refused, errors);
    const bool kept = transaction_leave(held, own, done, errors);
    if (kept && !refused && outcome)
        *outcome = came_to;
    return kept && !refused;
}

#define X(entity)                                                                                  \
    bool store_put_##entity(store *held, const store_##entity *given, store_outcome *outcome,      \
                            error_list *errors)                                                    \
    {                                                                                              \
        return entry_put(held, ENTITY_##entity, given, outcome, errors);                           \
    }
STORE_ENTITIES(X)
#undef X

/* ---- Numbers --------------------------------------------------------------------------- */

bool store_has_audit(store *held, const char *audit_id, bool *found, error_list *errors)
{
    int64_t    revision = 0;
    const bool read = read_audit_revision(held, audit_id, &revision, errors);

    *found = revision > 0;
    return read;
}

bool store_next_draw(store *held, int64_t *number, error_list *errors)
{
    return sql_number(held->db, "SELECT coalesce(max(number), 0) + 1 FROM draw", number, errors);
}

bool store_next_action(store *held, const char *audit_id, int64_t *number, error_list *errors)
{
    sql_statement *asked = sql_prepare(held->db,
                                       "SELECT coalesce(max(number), 0) + 1 FROM action "
                                       "WHERE latest = 1 AND audit_id = ?1",
                                       errors);
    if (asked)
        sql_bind_text(asked, 1, audit_id);
    const sql_state state = asked ? sql_step(asked, errors) : SQL_FAILED;
    *number = state == SQL_ROW ? sql_whole(asked, 0) : 0;
    sql_finish(asked);
    return state == SQL_ROW;
}

int store_level(const char *levels, const char *level)
{
    const size_t size = strlen(level);

    for (int place = 0; *levels; place++) {
        const size_t one = strcspn(levels, "|");
        if (size > 0 && one == size && memcmp(levels, level, size) == 0)
            return place;
        levels += one + (levels[one] == '|');
    }
    return -1;
}
