/* Entries in: an event, and a row of its table. */
#include <string.h>

#include "store/same_record.h"

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

/* An entry on its way in. */
typedef struct {
    entity_number         number;
    any_entry             entry;
    const sealed_payload *ahead;   /* of its first revision; NULL: nothing was prepared */
    const store_graded   *graded;  /* what an audit is put with; NULL: nothing */
    arena                *memory;  /* with `graded` */
    store_outcome         outcome; /* where it is not refused */
    bool                  refused; /* for a reason that leaves the transaction whole */
} entry_put;

static int64_t *own_revision(entry_put *given)
{
    return given->number == ENTITY_audit ? &given->entry.audit.revision : NULL;
}

/* What the entry says at its revision: as it was written ahead, else written now. */
static bool payload_of(store *held, entry_put *given, text *out, error_list *errors)
{
    const int64_t *revision = own_revision(given);

    if (given->ahead && (!revision || *revision == 1)) {
        *out = given->ahead->payload;
        return true;
    }
    held->payload.size = 0;
    entry_payload(&entities[given->number], &given->entry, &held->payload);
    *out = (text){held->payload.bytes, held->payload.size};
    return !held->payload.failed || error_memory(errors);
}

static bool is_same(text payload, const held_entry *there)
{
    uint8_t hash[HASH_SIZE];

    chain_hash_payload(there->salt, payload, hash);
    return memcmp(hash, there->hash, HASH_SIZE) == 0;
}

static bool append(store *held, entry_put *given, int64_t previous, int64_t *sequence,
                   error_list *errors)
{
    const entity *of = &entities[given->number];
    text          payload;

    held->subject.size = 0;
    entry_subject(of, &given->entry, &held->subject);
    if (!buffer_end(&held->subject))
        return error_memory(errors);
    if (!payload_of(held, given, &payload, errors))
        return false;
    return given->ahead && payload.at == given->ahead->payload.at
               ? chain_append_sealed(held, of->name, held->subject.bytes, given->ahead, previous,
                                     sequence, errors)
               : chain_append(held, of->name, held->subject.bytes, payload, previous, sequence,
                              errors);
}

/* The event, and the row in place of that of the event before (0: there is none). */
static bool keep(store *held, entry_put *given, int64_t previous, error_list *errors)
{
    const entity   *of = &entities[given->number];
    put_statements *puts = &held->puts[given->number];
    int64_t         sequence;
    size_t          lists;

    if (!append(held, given, previous, &sequence, errors))
        return false;
    if (previous > 0) {
        sql_bind_whole(puts->retire, 1, previous);
        if (!sql_do(puts->retire, errors))
            return false;
    }
    derive_bind(puts->insert, sequence, text_of(held->at), text_of(held->who));
    entry_bind(of, &given->entry, puts->insert, DERIVED_COLUMNS + 1, held->lists, &lists);
    return sql_do(puts->insert, errors);
}

/* What two records say together: nothing is added where the store has all of it. */
static bool keep_joined(store *held, entry_put *given, const held_entry *there, error_list *errors)
{
    text payload;

    given->outcome = STORE_SAME;
    return payload_of(held, given, &payload, errors) &&
           (is_same(payload, there) || keep(held, given, there->event, errors));
}

/* A record that was graded, over one under its id that is not the same to the last byte. */
static bool keep_record(store *held, entry_put *given, const held_entry *there, error_list *errors)
{
    record_relation relation;
    store_audit     joined;

    if (!record_compare(held, there->event, given->graded, &relation, &joined, given->memory,
                        errors))
        return false;
    switch (relation) {
    case RECORD_ANOTHER:
        given->outcome = STORE_ANOTHER;
        return true;
    case RECORD_CHANGED:
        given->entry.audit.revision = there->revision + 1;
        given->outcome = STORE_REVISED;
        return keep(held, given, there->event, errors);
    case RECORD_SAME:
        break;
    }
    given->entry.audit = joined;
    given->entry.audit.revision = there->revision;
    given->ahead = NULL;
    return keep_joined(held, given, there, errors);
}

/* Where the store has an entry of that key, or has an audit no more that it had. */
static bool keep_over(store *held, entry_put *given, const held_entry *there, error_list *errors)
{
    int64_t *revision = own_revision(given);
    bool     redacted = false;
    text     payload;

    if (revision)
        *revision = there->revision;
    if (revision && there->event == 0 &&
        !was_redacted(held, given->entry.audit.audit_id, &redacted, errors))
        return false;
    given->outcome = redacted ? STORE_REDACTED : STORE_SAME;
    if (redacted)
        return true;
    if (there->event > 0) {
        if (!payload_of(held, given, &payload, errors))
            return false;
        if (is_same(payload, there))
            return true;
        if (given->graded)
            return keep_record(held, given, there, errors);
    }
    if (revision)
        *revision = there->revision + 1;
    given->outcome = there->event > 0 ? STORE_REVISED : STORE_ADDED;
    return keep(held, given, there->event, errors);
}

static bool put(store *held, entry_put *given, error_list *errors)
{
    const entity *of = &entities[given->number];
    held_entry    there;

    if (!prepare(held, given->number, errors) ||
        (of->of_audit && !settle_audit(held, of, &given->entry, &given->refused, errors)))
        return false;
    return given->refused || (find(held, given->number, &given->entry, &there, errors) &&
                              keep_over(held, given, &there, errors));
}

/* A put by itself, or within the transaction under way. */
static bool put_alone(store *held, entry_put *given, store_outcome *outcome, error_list *errors)
{
    bool own;

    if (!transaction_enter(held, &own, errors))
        return false;
    const bool done = put(held, given, errors);
    const bool kept = transaction_leave(held, own, done, errors);
    if (kept && !given->refused && outcome)
        *outcome = given->outcome;
    return kept && !given->refused;
}

static bool put_entry(store *held, entity_number number, const void *entry, store_outcome *outcome,
                      error_list *errors)
{
    entry_put given = {.number = number};

    memcpy(&given.entry, entry, entities[number].size);
    return entry_check(&entities[number], &given.entry, errors) &&
           put_alone(held, &given, outcome, errors);
}

#define X(entity)                                                                                  \
    bool store_put_##entity(store *held, const store_##entity *given, store_outcome *outcome,      \
                            error_list *errors)                                                    \
    {                                                                                              \
        return put_entry(held, ENTITY_##entity, given, outcome, errors);                           \
    }
STORE_ENTITIES(X)
#undef X

/* ---- An audit and its grade ---------------------------------------------------------------- */

/* An audit that is new has no grade yet, which need not be looked for. */
static bool put_grade_of(store *held, entry_put *audit, entry_put *grade, error_list *errors)
{
    if (audit->outcome == STORE_REDACTED || audit->outcome == STORE_ANOTHER)
        return true;
    grade->entry.grade.revision = audit->entry.audit.revision;
    grade->entry.grade.row_hash = audit->entry.audit.row_hash;
    if (audit->outcome == STORE_ADDED && grade->entry.grade.revision == 1)
        return prepare(held, ENTITY_grade, errors) && keep(held, grade, 0, errors);
    grade->ahead = NULL;
    return put(held, grade, errors) && !grade->refused;
}

bool store_put_graded(store *held, const store_graded *given, const store_prepared *prepared,
                      size_t i, store_outcome *outcome, error_list *errors)
{
    const prepared_row *ahead = prepared ? prepared_at(prepared, i) : NULL;
    arena               memory = {0};
    entry_put           audit = {
                  .number = ENTITY_audit, .entry.audit = given->audit, .graded = given, .memory = &memory};
    entry_put grade = {.number = ENTITY_grade, .entry.grade = given->grade};
    bool      own;

    grade.entry.grade.audit_id = given->audit.audit_id;
    grade.entry.grade.revision = 0;
    if (ahead) {
        audit.ahead = &ahead->audit;
        grade.ahead = &ahead->grade;
    } else if (!entry_check(&entities[ENTITY_audit], &audit.entry, errors) ||
               !entry_check(&entities[ENTITY_grade], &grade.entry, errors)) {
        return false;
    }
    if (!transaction_enter(held, &own, errors))
        return false;
    const bool done = put(held, &audit, errors) && put_grade_of(held, &audit, &grade, errors);
    const bool kept = transaction_leave(held, own, done, errors);
    if (kept && outcome)
        *outcome = audit.outcome;
    arena_free(&memory);
    return kept;
}

/* ---- Numbers --------------------------------------------------------------------------- */

bool store_has_audit(store *held, const char *audit_id, bool *found, error_list *errors)
{
    int64_t    revision = 0;
    const bool read = read_audit_revision(held, audit_id, &revision, errors);

    *found = revision > 0;
    return read;
}

bool store_was_moderated(store *held, const char *audit_id, bool *moderated, error_list *errors)
{
    if (!held->was_moderated)
        held->was_moderated = sql_prepare(
            held->db, "SELECT 1 FROM moderation WHERE latest = 1 AND audit_id = ?1 LIMIT 1",
            errors);
    if (!held->was_moderated)
        return false;
    sql_bind_text(held->was_moderated, 1, audit_id);
    const sql_state state = sql_step(held->was_moderated, errors);
    *moderated = state == SQL_ROW;
    if (state == SQL_ROW)
        sql_reset(held->was_moderated);
    return state != SQL_FAILED;
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
