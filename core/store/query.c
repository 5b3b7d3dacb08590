#include "store/query.h"

#include <string.h>

static const char in_moderation[] =
    " AND t.audit_id IN (SELECT audit_id FROM draw_member WHERE latest = 1 AND picked = 1 "
    "UNION SELECT audit_id FROM assignment WHERE latest = 1 "
    "UNION SELECT audit_id FROM moderation WHERE latest = 1 "
    "UNION SELECT audit_id FROM action WHERE latest = 1)";

/* What an audit was, or what was made of it, at the revision that was moderated: the latest such entry,
 * %s its table. The order of the joins is that in which they are gone through, so that where none was
 * changed nothing but moderations is read. */
static const char as_moderated[] =
    " AND t.event IN (SELECT max(o.event) FROM moderation m "
    "CROSS JOIN audit a ON a.latest = 1 AND a.audit_id = m.audit_id AND a.revision > m.revision "
    "CROSS JOIN %s o ON o.audit_id = m.audit_id AND o.revision = m.revision "
    "WHERE m.latest = 1 GROUP BY m.audit_id, m.revision)";

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
    if (entity_field(of, "child_ref"))
        add_same(asked, table, "child_ref", filter->child_ref);
    if (entity_field(of, "audit_date"))
        add_range(asked, table, "audit_date", false, filter);
    if (entity_field(of, "month"))
        add_range(asked, table, "month", true, filter);
    if (of == &entities[ENTITY_draw])
        add_range(asked, table, "to", false, filter);
}

void query_add_conditions(query *asked, const entity *of, const store_filter *filter)
{
    if (filter->as_moderated && (of == &entities[ENTITY_audit] || of == &entities[ENTITY_grade]))
        buffer_format(&asked->text, as_moderated, of->name);
    else if (!filter->history)
        buffer_string(&asked->text, " AND t.latest = 1");
    if (entity_field(of, "audit_id") && filter->audit_id && *filter->audit_id)
        add_text(asked, "t", "", "audit_id", " = ", filter->audit_id);
    if (entity_field(of, "moderator"))
        add_same(asked, "t", "moderator", filter->moderator);
    if (filter->draw > 0 && entity_field(of, "draw")) {
        asked->draw = filter->draw;
        asked->texts[asked->count++] = NULL;
        buffer_format(&asked->text, " AND t.draw = ?%d", asked->count);
    }
    if (filter->in_moderation && (of == &entities[ENTITY_audit] || of == &entities[ENTITY_grade] ||
                                  of == &entities[ENTITY_draw_member])) /* others are, by being */
        buffer_string(&asked->text, in_moderation);
    if (!of->of_audit) {
        add_own(asked, of, "t", filter);
    } else if (asks_of_audit(filter)) {
        buffer_string(&asked->text, " AND t.audit_id IN (SELECT a.audit_id FROM audit a "
                                    "WHERE a.latest = 1");
        add_own(asked, &entities[ENTITY_audit], "a", filter);
        buffer_byte(&asked->text, ')');
    }
}

sql_statement *query_prepare(query *asked, sql *db, error_list *errors)
{
    sql_statement *made = NULL;

    if (buffer_end(&asked->text))
        made = sql_prepare(db, asked->text.bytes, errors);
    else
        error_memory(errors);
    for (int p = 0; made && p < asked->count; p++)
        if (asked->texts[p])
            sql_bind_text(made, p + 1, asked->texts[p]);
        else
            sql_bind_whole(made, p + 1, asked->draw);
    buffer_free(&asked->text);
    return made;
}
