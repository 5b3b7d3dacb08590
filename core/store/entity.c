#include "store/entity.h"

#include <stddef.h>
#include <string.h>

/* What is added here makes a new version of the store: schema.h, migrate.c. */
/* One field a line. */
/* clang-format off */
#define FIELD(entity, member, type, marks)                                                         \
    {#member, FIELD_##type, marks, offsetof(store_##entity, member)}
#define KEY (FIELD_KEY | FIELD_NEEDED)

static const field audit_fields[] = {
    FIELD(audit, audit_id, TEXT, KEY),
    FIELD(audit, revision, WHOLE, FIELD_OWN_REVISION),
    FIELD(audit, practice_area, TEXT, 0),
    FIELD(audit, audit_date, DATE, 0),
    FIELD(audit, team, TEXT, 0),
    FIELD(audit, auditor, TEXT, FIELD_UNLISTED),
    FIELD(audit, child_ref, TEXT, FIELD_UNLISTED),
    FIELD(audit, auditor_grade, TEXT, 0),
    FIELD(audit, row_hash, TEXT, FIELD_FOR_PROGRAMS),
    FIELD(audit, fields, PAIRS, FIELD_UNLISTED),
};

static const field grade_fields[] = {
    FIELD(grade, audit_id, TEXT, KEY),
    FIELD(grade, revision, WHOLE, FIELD_AUDIT_REVISION),
    FIELD(grade, rubric, TEXT, FIELD_NEEDED),
    FIELD(grade, version, TEXT, 0),
    FIELD(grade, rubric_hash, TEXT, FIELD_FOR_PROGRAMS),
    FIELD(grade, plugin, TEXT, 0),
    FIELD(grade, plugin_hash, TEXT, FIELD_FOR_PROGRAMS),
    FIELD(grade, row_hash, TEXT, FIELD_FOR_PROGRAMS),
    FIELD(grade, program, TEXT, FIELD_FOR_PROGRAMS),
    FIELD(grade, levels, TEXT, FIELD_NEEDED | FIELD_FOR_PROGRAMS),
    FIELD(grade, judgement, TEXT, FIELD_NEEDED),
    FIELD(grade, score, WHOLE, 0),
    FIELD(grade, margin, WHOLE, 0),
    FIELD(grade, coverage, WHOLE, 0),
    FIELD(grade, limited_by, LIST, 0),
    FIELD(grade, ratings, PAIRS, 0),
};

static const field planned_fields[] = {
    FIELD(planned, month, MONTH, KEY),
    FIELD(planned, team, TEXT, FIELD_KEY),
    FIELD(planned, auditor, TEXT, FIELD_KEY),
    FIELD(planned, practice_area, TEXT, FIELD_KEY),
    FIELD(planned, count, WHOLE, 0),
};

static const field indicator_fields[] = {
    FIELD(indicator, month, MONTH, KEY),
    FIELD(indicator, team, TEXT, FIELD_KEY),
    FIELD(indicator, name, TEXT, KEY),
    FIELD(indicator, value, REAL, 0),
};

static const field draw_fields[] = {
    FIELD(draw, number, WHOLE, KEY),
    FIELD(draw, seed, TEXT, 0),
    FIELD(draw, policy, TEXT, FIELD_UNLISTED),
    FIELD(draw, policy_hash, TEXT, FIELD_FOR_PROGRAMS),
    FIELD(draw, from, DATE, 0),
    FIELD(draw, to, DATE, 0),
};

static const field draw_member_fields[] = {
    FIELD(draw_member, audit_id, TEXT, KEY),
    FIELD(draw_member, draw, WHOLE, FIELD_NEEDED),
    FIELD(draw_member, stratum, TEXT, FIELD_UNLISTED),
    FIELD(draw_member, probability, REAL, 0),
    FIELD(draw_member, reason, TEXT, 0),
    FIELD(draw_member, picked_at_random, FLAG, 0),
    FIELD(draw_member, triggers, LIST, 0),
    FIELD(draw_member, picked, FLAG, 0),
    FIELD(draw_member, inclusion, REAL, 0),
};

static const field assignment_fields[] = {
    FIELD(assignment, audit_id, TEXT, KEY),
    FIELD(assignment, moderator, TEXT, KEY),
    FIELD(assignment, pack, TEXT, 0),
};

static const field moderation_fields[] = {
    FIELD(moderation, audit_id, TEXT, KEY),
    FIELD(moderation, moderator, TEXT, KEY),
    FIELD(moderation, revision, WHOLE, FIELD_AUDIT_REVISION),
    FIELD(moderation, moderated_on, DATE, 0),
    FIELD(moderation, practice_grade, TEXT, 0),
    FIELD(moderation, audit_quality_grade, TEXT, 0),
    FIELD(moderation, comment, TEXT, 0),
    FIELD(moderation, ratings, PAIRS, 0),
};

static const field disclosure_fields[] = {
    FIELD(disclosure, audit_id, TEXT, KEY),
    FIELD(disclosure, shown_to, TEXT, KEY),
};

static const field reason_fields[] = {
    FIELD(reason, audit_id, TEXT, KEY),
    FIELD(reason, by, TEXT, KEY),
    FIELD(reason, code, TEXT, 0),
    FIELD(reason, text, TEXT, 0),
};

static const field dispute_fields[] = {
    FIELD(dispute, audit_id, TEXT, KEY),
    FIELD(dispute, by, TEXT, KEY),
    FIELD(dispute, text, TEXT, 0),
};

static const field resolution_fields[] = {
    FIELD(resolution, audit_id, TEXT, KEY),
    FIELD(resolution, final_grade, TEXT, FIELD_NEEDED),
    FIELD(resolution, decided_by, TEXT, 0),
    FIELD(resolution, how, TEXT, 0),
    FIELD(resolution, code, TEXT, 0),
    FIELD(resolution, text, TEXT, 0),
};

static const field action_fields[] = {
    FIELD(action, audit_id, TEXT, KEY),
    FIELD(action, number, WHOLE, KEY),
    FIELD(action, what, TEXT, 0),
    FIELD(action, owner_role, TEXT, 0),
    FIELD(action, due, DATE, 0),
    FIELD(action, closed, DATE, 0),
    FIELD(action, evidence, TEXT, 0),
    FIELD(action, re_audit_due, DATE, 0),
};

/* clang-format on */

#define ENTITY(entity, of_audit)                                                                   \
    [ENTITY_##entity] = {#entity, entity##_fields, sizeof entity##_fields / sizeof(field),         \
                         sizeof(store_##entity), of_audit}

const entity entities[ENTITY_COUNT] = {
    ENTITY(audit, false),     ENTITY(grade, true),      ENTITY(planned, false),
    ENTITY(indicator, false), ENTITY(draw, false),      ENTITY(draw_member, true),
    ENTITY(assignment, true), ENTITY(moderation, true), ENTITY(disclosure, true),
    ENTITY(reason, true),     ENTITY(dispute, true),    ENTITY(resolution, true),
    ENTITY(action, true),
};

entity_number entity_of_kind(const char *kind)
{
    for (entity_number e = 0; e < ENTITY_COUNT; e++)
        if (strcmp(entities[e].name, kind) == 0)
            return e;
    return ENTITY_COUNT;
}

const field *entity_field(const entity *of, const char *name)
{
    for (size_t f = 0; f < of->count; f++)
        if (strcmp(of->fields[f].name, name) == 0)
            return &of->fields[f];
    return NULL;
}

void entry_subject(const entity *of, const void *entry, buffer *out)
{
    bool first = true;

    for (size_t f = 0; f < of->count; f++) {
        const field *key = &of->fields[f];
        if (!(key->marks & FIELD_KEY))
            continue;
        if (!first)
            buffer_byte(out, '/');
        first = false;
        if (key->type == FIELD_WHOLE)
            buffer_signed(out, *(const int64_t *)(const void *)((const char *)entry + key->at));
        else
            buffer_string(out, entry_text(entry, key));
    }
}
