/* What was proved, for people and for programs. */
#include <stdio.h>
#include <string.h>

#include "proof/proof.h"
#include "writing/json_text.h"

void proof_example_id(size_t index, char out[EXAMPLE_ID_SIZE])
{
    snprintf(out, EXAMPLE_ID_SIZE, "proof-%02zu", index + 1);
}

void proof_write_examples(const finding *shown, buffer *out)
{
    for (size_t e = 0; e < shown->example_count; e++) {
        char id[EXAMPLE_ID_SIZE];
        proof_example_id(shown->example_first + e, id);
        buffer_format(out, "%s%s", e == 0 ? " (" : ", ", id);
    }
    if (shown->example_count > 0)
        buffer_byte(out, ')');
}

static const char *judged(const rubric *held, uint8_t judgement_made)
{
    return judgement_made < LEVELS_MAX        ? held->scale.ids[judgement_made]
           : judgement_made == JUDGEMENT_NONE ? "none"
                                              : "not_graded";
}

/* ---- Text --------------------------------------------------------------------------------------- */

static void write_levels(const proof *proved, buffer *out)
{
    bool any = false;

    buffer_string(out, "  a record can be judged");
    for (size_t l = 0; l < proved->rubric->scale.count; l++)
        if (proved->reachable >> l & 1) {
            buffer_format(out, "%s %s", any ? "," : "", proved->rubric->scale.ids[l]);
            any = true;
        }
    buffer_string(out, any ? "\n" : " nothing that was found\n");
}

static void write_monotone(const proof *proved, buffer *out)
{
    if (!proved->monotone_decided)
        return;
    if (proved->monotone)
        buffer_string(out, "  a better rating never judges lower\n");
    else if (!proved->rubric->monotone)
        buffer_string(out, "  a better rating can judge lower, as the rubric says itself\n");
}

static void write_finding(const finding *shown, buffer *out)
{
    buffer_string(out, "  ");
    if (shown->line > 0)
        buffer_format(out, "line %llu: ", (unsigned long long)shown->line);
    buffer_string(out, shown->text);
    proof_write_examples(shown, out);
    buffer_byte(out, '\n');
}

/* The records that show the faults; those of notes are for who asks for examples. */
static void write_ratings(const proof *proved, buffer *out)
{
    for (size_t e = 0; e < proved->example_count; e++) {
        char id[EXAMPLE_ID_SIZE];
        if (proved->findings[proved->examples[e].finding].gravity != FINDING_FAULT)
            continue;
        proof_example_id(e, id);
        buffer_format(out, "  %s, judged %s: ", id,
                      judged(proved->rubric, proved->examples[e].judged.judgement));
        proof_write_ratings(proved->rubric, proved->examples[e].ratings, out);
        buffer_byte(out, '\n');
    }
}

static void write_grounds(const proof *proved, buffer *out)
{
    if (proved->assumed)
        buffer_string(out,
                      "  plugins' measures were taken to give any number they declare, whatever "
                      "else the record says\n");
    if (proved->inexact != NULL)
        buffer_format(out,
                      "  not every way was tried in which the fields of %s can hang together with "
                      "those of others\n",
                      proved->inexact);
}

void proof_write_text(const proof *proved, buffer *out)
{
    if (proved->rubric->overall && proved->asked > 0) {
        write_levels(proved, out);
        write_monotone(proved, out);
        if (proved->moved_decided && proved->most_moved == 0)
            buffer_string(out, "  no single rating, one step apart, moves the judgement\n");
    }
    for (size_t i = 0; i < proved->finding_count; i++)
        if (proved->findings[i].gravity != FINDING_FAULT)
            write_finding(&proved->findings[i], out);
    write_ratings(proved, out);
    write_grounds(proved, out);
}

/* ---- JSON ----------------------------------------------------------------------------------------- */

static void json_example(const proof *proved, size_t index, buffer *out)
{
    const proof_example *shown = &proved->examples[index];
    char                 id[EXAMPLE_ID_SIZE];

    proof_example_id(index, id);
    buffer_string(out, "{\"audit_id\":");
    json_string(out, text_of(id));
    json_string_member(out, "judgement", judged(proved->rubric, shown->judged.judgement));
    buffer_string(out, ",\"ratings\":{");
    for (size_t c = 0; c < proved->rubric->criterion_count; c++) {
        const uint8_t rating = shown->ratings[c];
        json_name(out, proved->rubric->criteria[c].id, c == 0);
        json_string(out, text_of(rating == RATING_MISSING ? "missing"
                                 : rating >= LEVELS_MAX   ? "not_applicable"
                                                          : proved->rubric->scale.ids[rating]));
    }
    buffer_string(out, "}}");
}

static void json_finding(const proof *proved, const finding *shown, buffer *out)
{
    static const char *const gravities[] = {
        [FINDING_FAULT] = "fault", [FINDING_NOTE] = "note", [FINDING_UNDECIDED] = "undecided"};

    buffer_string(out, "{\"kind\":");
    json_string(out, text_of(finding_kind_name(shown->kind)));
    json_string_member(out, "gravity", gravities[shown->gravity]);
    json_count_member(out, "line", shown->line);
    json_string_member(out, "text", shown->text);
    json_name(out, "examples", false);
    buffer_byte(out, '[');
    for (size_t e = 0; e < shown->example_count; e++) {
        buffer_string(out, e > 0 ? "," : "");
        json_example(proved, shown->example_first + e, out);
    }
    buffer_string(out, "]}");
}

static void json_flag(buffer *out, const char *name, bool decided, bool value)
{
    json_name(out, name, false);
    buffer_string(out, !decided ? "null" : value ? "true" : "false");
}

void proof_write_json(const proof *proved, buffer *out)
{
    const rubric *held = proved->rubric;
    bool          first = true;

    json_name(out, "rubric", true);
    json_string(out, text_of(held->id));
    json_string_member(out, "version", held->version);
    json_name(out, "reachable", false);
    buffer_byte(out, '[');
    for (size_t l = 0; l < held->scale.count; l++)
        if (proved->reachable >> l & 1) {
            buffer_string(out, first ? "" : ",");
            json_string(out, text_of(held->scale.ids[l]));
            first = false;
        }
    buffer_byte(out, ']');
    json_flag(out, "monotone", proved->monotone_decided, proved->monotone);
    json_flag(out, "says_not_monotone", true, !held->monotone);
    json_count_member(out, "weighted_criteria", proved->asked);
    json_count_member(out, "most_missing", proved->most_missing);
    if (proved->moved_decided)
        json_count_member(out, "most_moved", proved->most_moved);
    json_flag(out, "plugins_assumed", true, proved->assumed);
    json_flag(out, "every_way_tried", true, proved->inexact == NULL);
    json_name(out, "findings", false);
    buffer_byte(out, '[');
    for (size_t i = 0; i < proved->finding_count; i++) {
        buffer_string(out, i > 0 ? "," : "");
        json_finding(proved, &proved->findings[i], out);
    }
    buffer_byte(out, ']');
}
