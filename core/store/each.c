/* Entries and events out. */
#include <string.h>

#include "store/inner.h"

/* A statement as it is written, with what its parameters are. */
typedef struct {
    buffer      text;
    const char *texts[16]; /* [parameter - 1]; NULL: `draw` */
    int         count;
    int64_t     draw;
} query;

/* " AND " and a condition, in which %s is the table and %d the parameter. */
static void add_text(query *asked, const char *table, const char *before, const char *column,
                     const char *after, const char *value)
{
    asked->texts[asked->count++] = value;
    buffer_format(&asked->text, " AND %s%s.\"%s\"%s?%d%s", before, table, column, after,
                  asked->count, *before ? ")" : "");
}

static void add_same(query *asked, const char *table, const char *column, const char *value)
{
    if (value && *value)
        add_text(asked, table, "same(", column, ", ", value);
}

static void add_range(query *asked, const char *table, const char *column, bool months,
                      const store_filter *filter)
{
    const struct {
        const char *value, *compared;
    } ends[] = {{filter->from, ">="}, {filter->to, "<="}};

    for (size_t e = 0; e < 2; e++) {
        if (!ends[e].value || !*ends[e].value)
            continue;
        asked->texts[asked->count++] = ends[e].value;
        buffer_format(&asked->text, " AND %s.\"%s\" %s substr(?%d, 1, %d)", table, column,
                      ends[e].compared, asked->count, months ? 7 : 10);
    }
}

static bool asks_of_audit(const store_filter *filter)
{
    const char *const all[] = {filter->from,          filter->to,
                               filter->team,          filter->auditor,
                               filter->practice_area, filter->child_ref};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i] && *all[i])
            return true;
    return false;
}

/* What a filter asks of the table's own columns. */
static void add_own(query *asked, const entity *of, const char *table, const store_filter *filter)
{
    if (entity_field(of, "team"))
        add_same(asked, table, "team", filter->team);
    if (entity_field(of, "auditor"))
        add_same(asked, table, "auditor", filter->auditor);
    if (entity_field(of, "practice_area"))
        add_same(asked, table, "practice_area", filter->practice_area);
    if (entity_field(of, "child_ref") && filter->child_ref && *filter->child_ref)
        add_text(asked, table, "", "child_ref", " = ", filter->child_ref);
    if (entity_field(of, "audit_date"))
        add_range(asked, table, "audit_date", false, filter);
    if (entity_field(of, "month"))
        add_range(asked, table, "month", true, filter);
    if (of == &entities[ENTITY_draw])
        add_range(asked, table, "to", false, filter);
}

static void add_conditions(query *asked, const entity *of, const store_filter *filter)
{
    if (!filter->history)
        buffer_string(&asked->text, " AND t.latest = 1");
    if (entity_field(of, "audit_id") && filter->audit_id && *filter->audit_id)
        add_text(asked, "t", "", "audit_id", " = ", filter->audit_id);
    if (entity_field(of, "moderator"))
        add_same(asked, "t", "moderator", filter->moderator);
    if (filter->draw > 0 && entity_field(of, "draw")) {
        asked->texts[asked->count++] = NULL;
        buffer_format(&asked->text, " AND t.draw = ?%d", asked->count);
    }
    if (!of->of_audit) {
        add_own(asked, of, "t", filter);
    } else if (asks_of_audit(filter)) {
        buffer_string(&asked->text, " AND t.audit_id IN (SELECT a.audit_id FROM audit a "
                                    "WHERE a.latest = 1");
        add_own(asked, &entities[ENTITY_audit], "a", filter);
        buffer_byte(&asked->text, ')');
    }
}

/* event, at, who, latest, payload, then the columns. */
enum { COLUMN_PAYLOAD = 4, COLUMN_FIRST = 5 };

static void write_query(query *asked, const entity *of, const store_filter *filter)
{
    buffer_format(&asked->text, "SELECT t.event, t.at, t.who, t.latest, %s",
                  filter->whole ? "e.payload" : "NULL");
    for (size_t f = 0; f < of->count; f++)
        if (field_has_column(&of->fields[f]))
            buffer_format(&asked->text, ", t.\"%s\"", of->fields[f].name);
    buffer_format(&asked->text, " FROM %s t %s WHERE 1", of->name,
                  filter->whole ? "JOIN event e ON e.sequence = t.event" : "");
    add_conditions(asked, of, filter);
    buffer_string(&asked->text, " ORDER BY ");
    for (size_t f = 0; f < of->count; f++)
        if (of->fields[f].marks & FIELD_KEY)
            buffer_format(&asked->text, "t.\"%s\", ", of->fields[f].name);
    buffer_string(&asked->text, "t.event");
}

static sql_statement *prepare(store *held, const entity *of, const store_filter *filter,
                              error_list *errors)
{
    query          asked = {.draw = filter->draw};
    sql_statement *made = NULL;

    write_query(&asked, of, filter);
    if (buffer_end(&asked.text))
        made = sql_prepare(held->db, asked.text.bytes, errors);
    else
        error_memory(errors);
    for (int p = 0; made && p < asked.count; p++)
        if (asked.texts[p])
            sql_bind_text(made, p + 1, asked.texts[p]);
        else
            sql_bind_whole(made, p + 1, asked.draw);
    buffer_free(&asked.text);
    return made;
}

/* ---- Entries --------------------------------------------------------------------------- */

static bool read_entry(const entity *of, sql_statement *row, bool whole, any_entry *entry,
                       arena *memory)
{
    return entry_read_row(of, row, COLUMN_FIRST, entry, memory) &&
           (!whole || entry_read_payload(of, sql_string(row, COLUMN_PAYLOAD), true, entry, memory));
}

bool entry_each(store *held, entity_number number, const store_filter *filter, give_entry give,
                void *taker, error_list *errors)
{
    static const store_filter everything = {0};
    const entity             *of = &entities[number];

    filter = filter ? filter : &everything;
    sql_statement *rows = prepare(held, of, filter, errors);
    sql_state      state = rows ? sql_step(rows, errors) : SQL_FAILED;
    arena          memory = {0};
    any_entry      entry;

    while (state == SQL_ROW) {
        const store_stamp stamp = {sql_whole(rows, 0), sql_text(rows, 1), sql_text(rows, 2),
                                   sql_whole(rows, 3) != 0};
        if (!read_entry(of, rows, filter->whole, &entry, &memory)) {
            error_add(errors, FAULT_INPUT, sql_path(held->db), 0, 0,
                      "event %lld cannot be read; run assay store verify, and restore a backup",
                      (long long)stamp.sequence);
            state = SQL_FAILED;
        } else if (!give(taker, &stamp, &entry)) {
            state = SQL_DONE;
        } else {
            state = sql_step(rows, errors);
        }
        arena_free(&memory);
    }
    sql_finish(rows);
    return state == SQL_DONE;
}

#define X(entity)                                                                                  \
    typedef struct {                                                                               \
        store_take_##entity take;                                                                  \
        void               *user;                                                                  \
    } taker_of_##entity;                                                                           \
                                                                                                   \
    static bool give_##entity(void *taker, const store_stamp *stamp, const void *entry)            \
    {                                                                                              \
        const taker_of_##entity *to = taker;                                                       \
        return to->take(to->user, stamp, entry);                                                   \
    }                                                                                              \
                                                                                                   \
    bool store_each_##entity(store *held, const store_filter *filter, store_take_##entity take,    \
                             void *user, error_list *errors)                                       \
    {                                                                                              \
        taker_of_##entity taker = {take, user};                                                    \
        return entry_each(held, ENTITY_##entity, filter, give_##entity, &taker, errors);           \
    }
STORE_ENTITIES(X)
#undef X

/* ---- Events ---------------------------------------------------------------------------- */

bool store_each_event(store *held, int64_t first, store_take_event take, void *user,
                      error_list *errors)
{
    sql_statement *rows =
        sql_prepare(held->db,
                    "SELECT sequence, at, who, kind, subject, payload, previous, hash FROM event "
                    "WHERE sequence >= ?1 ORDER BY sequence",
                    errors);
    if (rows)
        sql_bind_whole(rows, 1, first);
    sql_state state = rows ? sql_step(rows, errors) : SQL_FAILED;

    while (state == SQL_ROW) {
        const uint8_t *hash = sql_bytes(rows, 7, HASH_SIZE);
        char           shown[2 * HASH_SIZE + 1] = "";
        if (hash)
            sodium_bin2hex(shown, sizeof shown, hash, HASH_SIZE);
        const store_event event = {
            .sequence = sql_whole(rows, 0),
            .at = sql_text(rows, 1),
            .who = sql_text(rows, 2),
            .kind = sql_text(rows, 3),
            .subject = sql_text(rows, 4),
            .payload = sql_is_null(rows, 5) ? NULL : sql_text(rows, 5),
            .previous = sql_whole(rows, 6),
            .hash = shown,
        };
        state = take(user, &event) ? sql_step(rows, errors) : SQL_DONE;
    }
    sql_finish(rows);
    return state == SQL_DONE;
}
