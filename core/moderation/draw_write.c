/* draw_write.c - a draw, for people and for programs. */
#include <math.h>

#include "base/date.h"
#include "moderation/draw.h"
#include "writing/csv_text.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"

/* ---- Words that all formats share ---------------------------------------------------- */

/* "inadequate_tool|tool_differs" */
static void write_triggers(const draw_pick *pick, const moderation_policy *policy, buffer *out)
{
    bool first = true;

    for (size_t t = 0; t < sampling_trigger_count(policy); t++) {
        if (!(pick->triggers >> t & 1))
            continue;
        buffer_string(out, first ? "" : "|");
        buffer_string(out, sampling_trigger_id(policy, t));
        first = false;
    }
}

static double inclusion_of(const draw_pick *pick)
{
    return pick->triggers != 0 ? 1 : pick->probability;
}

/* ---- CSV -------------------------------------------------------------------------------- */

static void write_csv_pick(const draw_made *made, const draw_request *request,
                           const draw_pick *pick, buffer *out)
{
    const moderation_case *audit = pick->audit;
    const char *const      cells[] = {audit->audit_id,  audit->audit_date,    audit->auditor,
                                      audit->team,      audit->practice_area, audit->auditor_grade,
                                      audit->tool_grade};

    buffer_unsigned(out, (uint64_t)made->number);
    buffer_byte(out, ',');
    buffer_unsigned(out, request->seed);
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        buffer_byte(out, ',');
        csv_string(out, cells[c]);
    }
    buffer_string(out, pick->at_random ? ",yes," : ",no,");
    buffer_number(out, pick->probability);
    buffer_byte(out, ',');
    buffer_number(out, inclusion_of(pick));
    buffer_byte(out, ',');
    write_triggers(pick, request->policy, out);
    buffer_byte(out, ',');
    csv_string(out, pick->stratum);
    buffer_string(out, pick->unmoderated ? ",yes\r\n" : ",no\r\n");
}

static void write_csv(const draw_made *made, const draw_request *request, buffer *out)
{
    buffer_string(out, "draw,seed,audit_id,audit_date,auditor,team,practice_area,auditor_grade,"
                       "tool_grade,at_random,probability,inclusion,triggers,stratum,"
                       "no_independent_moderator\r\n");
    for (size_t p = 0; p < made->pick_count; p++)
        write_csv_pick(made, request, &made->picks[p], out);
}

/* ---- JSON ------------------------------------------------------------------------------- */

static void write_flag(buffer *out, const char *name, bool value)
{
    json_name(out, name, false);
    buffer_string(out, value ? "true" : "false");
}

static void write_number(buffer *out, const char *name, double value)
{
    json_name(out, name, false);
    json_number(out, value);
}

static void write_json_pick(const draw_pick *pick, const moderation_policy *policy, buffer *out)
{
    const moderation_case *audit = pick->audit;
    bool                   first = true;

    buffer_byte(out, '{');
    json_name(out, "audit_id", true);
    json_string(out, text_of(audit->audit_id));
    json_string_member(out, "audit_date", audit->audit_date);
    json_string_member(out, "auditor", audit->auditor);
    json_string_member(out, "team", audit->team);
    json_string_member(out, "practice_area", audit->practice_area);
    json_string_member(out, "auditor_grade", audit->auditor_grade);
    json_string_member(out, "tool_grade", audit->tool_grade);
    write_flag(out, "at_random", pick->at_random);
    write_number(out, "probability", pick->probability);
    write_number(out, "inclusion", inclusion_of(pick));
    json_name(out, "triggers", false);
    buffer_byte(out, '[');
    for (size_t t = 0; t < sampling_trigger_count(policy); t++) {
        if (!(pick->triggers >> t & 1))
            continue;
        buffer_string(out, first ? "" : ",");
        json_string(out, text_of(sampling_trigger_id(policy, t)));
        first = false;
    }
    buffer_byte(out, ']');
    json_string_member(out, "stratum", pick->stratum);
    write_flag(out, "no_independent_moderator", pick->unmoderated);
    write_flag(out, "left_by_an_earlier_draw", pick->left_before);
    buffer_byte(out, '}');
}

static void write_json_stratum(const sampling_stratum *stratum, buffer *out)
{
    buffer_byte(out, '{');
    json_name(out, "stratum", true);
    json_string(out, text_of(stratum->name));
    json_count_member(out, "audits", stratum->size);
    write_number(out, "expected", stratum->expected);
    json_count_member(out, "picked", stratum->picked);
    buffer_byte(out, '}');
}

/* The seed is text: a number of JSON may lose its last digits. */
static void write_json(const draw_made *made, const draw_request *request, buffer *out)
{
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];

    date_write(made->frame.from, from);
    date_write(made->frame.to, to);
    buffer_string(out, "{\"draw\":");
    buffer_unsigned(out, (uint64_t)made->number);
    buffer_string(out, ",\"seed\":\"");
    buffer_unsigned(out, request->seed);
    buffer_byte(out, '"');
    json_string_member(out, "policy", request->policy->name);
    json_string_member(out, "policy_hash", request->policy->hash);
    json_string_member(out, "from", made->number > 0 ? from : "");
    json_string_member(out, "to", made->number > 0 ? to : "");
    write_flag(out, "kept", made->number > 0 && !request->rehearsal);
    json_count_member(out, "audits", made->frame.sampled.count);
    json_count_member(out, "undated", made->frame.undated);
    json_count_member(out, "at_random", made->at_random);
    json_count_member(out, "also_triggered", made->also_triggered);
    json_count_member(out, "triggered_only", made->triggered_only);
    json_count_member(out, "no_independent_moderator", made->unmoderated);
    buffer_string(out, ",\"picks\":[");
    for (size_t p = 0; p < made->pick_count; p++) {
        buffer_string(out, p > 0 ? ",\n" : "\n");
        write_json_pick(&made->picks[p], request->policy, out);
    }
    buffer_string(out, "],\"strata\":[");
    for (size_t s = 0; s < made->drawn.stratum_count; s++) {
        buffer_string(out, s > 0 ? ",\n" : "\n");
        write_json_stratum(&made->drawn.strata[s], out);
    }
    buffer_string(out, "]}\n");
}

/* ---- For people --------------------------------------------------------------------------- */

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* What is not picked at random, and why. */
static void write_barred(const draw_made *made, buffer *out)
{
    static const sampling_bar bars[] = {SAMPLING_CHILD_PICKED_BEFORE, SAMPLING_CHILD_TRIGGERED,
                                        SAMPLING_NO_SHARE};

    for (size_t b = 0; b < sizeof bars / sizeof *bars; b++) {
        size_t count = 0;
        for (size_t i = 0; i < made->frame.sampled.count; i++)
            count += made->drawn.members[i].bar == bars[b];
        if (count > 0)
            buffer_format(out, "%zu cannot be picked at random: %s.\n", count,
                          sampling_bar_words(bars[b]));
    }
    if (made->frame.undated > 0)
        buffer_format(out, "%zu audit%s no date, and so can be in no draw.\n", made->frame.undated,
                      made->frame.undated == 1 ? " has" : "s have");
}

static void write_heading(const draw_made *made, const draw_request *request, buffer *out)
{
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];

    date_write(made->frame.from, from);
    date_write(made->frame.to, to);
    buffer_format(out, "%s %zu, seed ", request->rehearsal ? "Rehearsal of draw" : "Draw",
                  (size_t)made->number);
    buffer_unsigned(out, request->seed);
    buffer_format(out, ": audits of %s to %s\nPolicy: ", from, to);
    terminal_plain(out, text_of(request->policy->name));
    buffer_format(out, " (SHA-256 %.12s)\n\n", request->policy->hash);
    buffer_format(out,
                  "%zu new audit%s: picked %zu, at random %zu (of them also triggered %zu), "
                  "triggered only %zu\n",
                  made->frame.sampled.count, plural(made->frame.sampled.count), made->pick_count,
                  made->at_random, made->also_triggered, made->triggered_only);
    write_barred(made, out);
}

static void write_grade(const char *grade, buffer *out)
{
    if (*grade)
        terminal_plain(out, text_of(grade));
    else
        buffer_string(out, "not recorded");
}

static void write_reasons(const draw_pick *pick, const moderation_policy *policy, buffer *out)
{
    buffer words = {0};

    if (pick->at_random) {
        buffer_string(&words, "at random, chance ");
        buffer_thousandths(&words, (uint32_t)lround(pick->probability * 1000));
    }
    for (size_t t = 0; t < sampling_trigger_count(policy); t++) {
        if (!(pick->triggers >> t & 1))
            continue;
        buffer_string(&words, words.size > 0 ? "; " : "");
        terminal_plain(&words, text_of(sampling_trigger_words(policy, t)));
    }
    if (pick->left_before)
        buffer_format(&words, " (left by draw %zu)", (size_t)pick->audit->draw);
    out->failed |= words.failed;
    buffer_string(out, "    ");
    terminal_wrapped(out, (text){words.bytes, words.size}, 4, 4);
    buffer_free(&words);
}

static void write_pick(const draw_pick *pick, const moderation_policy *policy, buffer *out)
{
    const moderation_case *audit = pick->audit;
    const char *const      whose[] = {audit->auditor, audit->team, audit->practice_area};
    bool                   first = true;

    buffer_byte(out, '\n');
    terminal_plain(out, text_of(audit->audit_id));
    buffer_format(out, "  %s  ", audit->audit_date);
    for (size_t w = 0; w < sizeof whose / sizeof *whose; w++) {
        if (!*whose[w])
            continue;
        buffer_string(out, first ? "" : ", ");
        terminal_plain(out, text_of(whose[w]));
        first = false;
    }
    buffer_string(out, "\n    auditor ");
    write_grade(audit->auditor_grade, out);
    buffer_string(out, ", tool ");
    write_grade(audit->tool_grade, out);
    buffer_byte(out, '\n');
    write_reasons(pick, policy, out);
    if (pick->unmoderated)
        buffer_string(out,
                      "    no independent moderator: none that the policy lists may take it\n");
}

static void write_table(const draw_made *made, const draw_request *request, buffer *out)
{
    if (made->number == 0) {
        if (made->frame.drawn_before == 0)
            buffer_string(out, "Nothing to draw: the store has no audits of these days.\n");
        else
            buffer_format(out,
                          "Nothing to draw: every audit of these days was in an earlier draw, and "
                          "no rule\nnames one more. %zu audit%s picked before %s so.\n",
                          made->picked_before, plural(made->picked_before),
                          made->picked_before == 1 ? "stays" : "stay");
        if (made->frame.undated > 0)
            write_barred(made, out);
        return;
    }
    write_heading(made, request, out);
    for (size_t p = 0; p < made->pick_count; p++)
        write_pick(&made->picks[p], request->policy, out);
    if (request->rehearsal)
        buffer_string(out, "\nNothing was kept.\n");
}

void draw_write(const draw_made *made, const draw_request *request, const char *format, buffer *out)
{
    if (strcmp(format, "csv") == 0)
        write_csv(made, request, out);
    else if (strcmp(format, "json") == 0)
        write_json(made, request, out);
    else
        write_table(made, request, out);
}
