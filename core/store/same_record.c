#include "store/same_record.h"

#include <stdlib.h>
#include <string.h>

/* ---- What the store has ------------------------------------------------------------------- */

static bool damaged(const store *held, int64_t event, error_list *errors)
{
    error_add(errors, FAULT_INPUT, sql_path(held->db), 0, 0,
              "event %lld cannot be read; run assay store verify, and restore a backup",
              (long long)event);
    return false;
}

static bool read_record(store *held, int64_t event, store_audit *out, arena *memory,
                        error_list *errors)
{
    if (!held->audit_payload)
        held->audit_payload =
            sql_prepare(held->db, "SELECT payload FROM event WHERE sequence = ?1", errors);
    if (!held->audit_payload)
        return false;
    sql_bind_whole(held->audit_payload, 1, event);
    const sql_state state = sql_step(held->audit_payload, errors);
    if (state == SQL_FAILED)
        return false;
    const bool read = state == SQL_ROW &&
                      entry_read_payload(&entities[ENTITY_audit],
                                         sql_string(held->audit_payload, 0), false, out, memory);
    if (state == SQL_ROW)
        sql_reset(held->audit_payload);
    return read || damaged(held, event, errors);
}

/* Whether the rubric that graded it last is the one that graded the record. */
static bool read_same_rubric(store *held, const store_grade *given, bool *same, error_list *errors)
{
    if (!held->grade_rubric)
        held->grade_rubric = sql_prepare(
            held->db, "SELECT rubric_hash FROM grade WHERE latest = 1 AND audit_id = ?1", errors);
    if (!held->grade_rubric)
        return false;
    sql_bind_text(held->grade_rubric, 1, given->audit_id);
    const sql_state state = sql_step(held->grade_rubric, errors);
    *same = state == SQL_ROW && given->rubric_hash &&
            strcmp(sql_text(held->grade_rubric, 0), given->rubric_hash) == 0;
    if (state == SQL_ROW)
        sql_reset(held->grade_rubric);
    return state != SQL_FAILED;
}

/* ---- Another audit --------------------------------------------------------------------------- */

typedef bool (*same_words)(text a, text b);

static bool contradicts(const char *before, const char *now, same_words same)
{
    return before && now && *before && *now && !same(text_of(before), text_of(now));
}

/* One of these is corrected now and then; two at once are another case, or another visit. */
static bool is_another(const store_audit *before, const store_audit *now)
{
    return contradicts(before->child_ref, now->child_ref, text_same) +
               contradicts(before->auditor, now->auditor, text_same_person) +
               contradicts(before->team, now->team, text_same_name) +
               contradicts(before->audit_date, now->audit_date, text_same) >=
           2;
}

/* ---- What they say ---------------------------------------------------------------------------- */

static bool same_text(const char *before, const char *now)
{
    return strcmp(before ? before : "", now ? now : "") == 0;
}

static const store_pair *find_field(const store_pairs *fields, const char *name)
{
    for (size_t f = 0; f < fields->count; f++)
        if (text_same_name(text_of(fields->items[f].name), text_of(name)))
            return &fields->items[f];
    return NULL;
}

static bool reads(const store_graded *given, const char *name)
{
    for (size_t r = 0; r < given->reads.count; r++)
        if (text_same_name(text_of(given->reads.items[r]), text_of(name)))
            return true;
    return false;
}

/* A field that only one of them has says something of the record where a rubric that graded both of them
 * looked for it; elsewhere nobody asked. */
static bool same_fields(const store_audit *before, const store_graded *given, bool same_rubric)
{
    const store_pairs *now = &given->audit.fields;

    for (size_t f = 0; f < before->fields.count; f++) {
        const store_pair *had = &before->fields.items[f];
        const store_pair *has = find_field(now, had->name);
        if (has ? strcmp(had->value, has->value) != 0 : *had->value && reads(given, had->name))
            return false;
    }
    for (size_t f = 0; same_rubric && f < now->count; f++)
        if (*now->items[f].value && reads(given, now->items[f].name) &&
            !find_field(&before->fields, now->items[f].name))
            return false;
    return true;
}

static bool says_the_same(const store_audit *before, const store_graded *given, bool same_rubric)
{
    const store_audit *now = &given->audit;

    return (given->area_of_rubric ||
            text_same_name(text_of(before->practice_area),
                           text_of(now->practice_area ? now->practice_area : ""))) &&
           same_text(before->audit_date, now->audit_date) && same_text(before->team, now->team) &&
           same_text(before->auditor, now->auditor) &&
           same_text(before->child_ref, now->child_ref) &&
           same_text(before->auditor_grade, now->auditor_grade) &&
           same_fields(before, given, same_rubric);
}

/* The fields of both, by name. */
static bool join(const store_audit *before, const store_graded *given, store_audit *out,
                 arena *memory, error_list *errors)
{
    const store_pairs *now = &given->audit.fields;
    store_pair *all = arena_array(memory, before->fields.count + now->count + 1, sizeof *all);
    char       *hash = arena_array(memory, STORE_HASH_TEXT_SIZE, 1);
    size_t      count = 0;

    if (!all || !hash)
        return error_memory(errors);
    for (size_t f = 0; f < before->fields.count; f++)
        all[count++] = before->fields.items[f];
    for (size_t f = 0; f < now->count; f++)
        if (!find_field(&before->fields, now->items[f].name))
            all[count++] = now->items[f];
    qsort(all, count, sizeof *all, pair_by_name);
    *out = *before;
    if (!given->area_of_rubric)
        out->practice_area = given->audit.practice_area;
    out->fields = (store_pairs){all, count};
    store_hash_row(out, hash);
    out->row_hash = hash;
    return true;
}

bool record_compare(store *held, int64_t event, const store_graded *given,
                    record_relation *relation, store_audit *out, arena *memory, error_list *errors)
{
    store_grade grade = given->grade;
    store_audit before;
    bool        same_rubric;

    grade.audit_id = given->audit.audit_id;
    if (!read_record(held, event, &before, memory, errors) ||
        !read_same_rubric(held, &grade, &same_rubric, errors))
        return false;
    *relation = is_another(&before, &given->audit)           ? RECORD_ANOTHER
                : says_the_same(&before, given, same_rubric) ? RECORD_SAME
                                                             : RECORD_CHANGED;
    return *relation != RECORD_SAME || join(&before, given, out, memory, errors);
}
