/* sample_plan_write.c - a plan, for people and for programs. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "moderation/sample_plan.h"
#include "moderation/sample_plan_reckon.h"
#include "writing/csv_text.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"

/* ---- Numbers ---------------------------------------------------------------------------- */

/* 17.25 as "17.3" */
static void write_tenths(buffer *out, double value)
{
    const uint64_t tenths = (uint64_t)llround(value * 10);

    buffer_unsigned(out, tenths / 10);
    buffer_byte(out, '.');
    buffer_byte(out, (char)('0' + tenths % 10));
}

/* 46 hundredths as "0.46" */
static void write_hundredths(buffer *out, unsigned value)
{
    buffer_format(out, "%u.%02u", value / 100, value % 100);
}

static unsigned percent(double share)
{
    return (unsigned)lround(share * 100);
}

/* ---- For programs -------------------------------------------------------------------------- */

static void write_csv(const moderation_plan *plan, buffer *out)
{
    buffer_string(out, "by,name,audits,expected_picks,least_bias_noticed,half_width,"
                       "needed_for_10_points,needed_for_half_a_grade\r\nall,,");
    buffer_unsigned(out, plan->audits);
    buffer_byte(out, ',');
    buffer_number(out, plan->picks);
    buffer_byte(out, ',');
    if (plan->noticeable > 0)
        write_hundredths(out, plan->noticeable);
    buffer_byte(out, ',');
    buffer_number(out, plan->half_width);
    buffer_byte(out, ',');
    buffer_unsigned(out, plan->needed);
    buffer_byte(out, ',');
    if (plan->needed_for_half > 0)
        buffer_unsigned(out, plan->needed_for_half);
    buffer_string(out, "\r\n");
    for (size_t a = 0; a < plan->auditor_count; a++) {
        const plan_auditor *auditor = &plan->auditors[a];
        buffer_string(out, "auditor,");
        csv_string(out, auditor->name);
        buffer_byte(out, ',');
        buffer_unsigned(out, auditor->audits);
        buffer_byte(out, ',');
        buffer_number(out, auditor->picks);
        buffer_byte(out, ',');
        if (auditor->noticeable > 0)
            write_hundredths(out, auditor->noticeable);
        buffer_string(out, ",,,\r\n");
    }
}

static void number_member(buffer *out, const char *name, double value)
{
    json_name(out, name, false);
    json_number(out, value);
}

/* null where there is none. */
static void bias_member(buffer *out, unsigned noticeable)
{
    json_name(out, "least_bias_noticed", false);
    if (noticeable > 0)
        write_hundredths(out, noticeable);
    else
        buffer_string(out, "null");
}

static void write_json(const moderation_plan *plan, const plan_request *request, buffer *out)
{
    buffer_string(out, "{\"policy\":");
    json_string(out, text_of(request->policy->name));
    json_string_member(out, "policy_hash", request->policy->hash);
    json_count_member(out, "audits", plan->audits);
    number_member(out, "expected_picks", plan->picks);
    number_member(out, "worth_of_equal_chances", plan->worth);
    json_count_member(out, "triggered", plan->triggered);
    json_count_member(out, "moderated_so_far", plan->known.moderated);
    number_member(out, "agreement_reckoned_with", plan->share);
    number_member(out, "half_width", plan->half_width);
    json_count_member(out, "needed_for_10_points", plan->needed);
    json_count_member(out, "needed_for_10_points_of_any_number", plan->needed_of_all);
    json_name(out, "needed_for_half_a_grade", false);
    if (plan->needed_for_half > 0)
        buffer_unsigned(out, plan->needed_for_half);
    else
        buffer_string(out, "null");
    number_member(out, "raised_reckoned_with", plan->raised);
    bias_member(out, plan->noticeable);
    buffer_string(out, ",\"auditors\":[");
    for (size_t a = 0; a < plan->auditor_count; a++) {
        const plan_auditor *auditor = &plan->auditors[a];
        buffer_string(out, a > 0 ? ",\n{" : "\n{");
        json_name(out, "name", true);
        json_string(out, text_of(auditor->name));
        json_count_member(out, "audits", auditor->audits);
        number_member(out, "expected_picks", auditor->picks);
        bias_member(out, auditor->noticeable);
        buffer_byte(out, '}');
    }
    buffer_string(out, "]}\n");
}

/* ---- For people ------------------------------------------------------------------------------ */

enum { INDENT = 2, NAME_WIDTH = 30, COUNT_WIDTH = 8 };

/* A paragraph of `words`, which is emptied. */
static void write_paragraph(buffer *words, buffer *out)
{
    out->failed |= words->failed;
    terminal_repeat(out, ' ', INDENT);
    terminal_wrapped(out, (text){words->bytes, words->size}, INDENT, INDENT);
    buffer_free(words);
    *words = (buffer){0};
}

static void write_heading(const moderation_plan *plan, const plan_request *request, buffer *out)
{
    char   from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    buffer words = {0};

    date_write(plan->from, from);
    date_write(plan->to, to);
    buffer_format(out, "Plan for audits of %s to %s; nothing is drawn\nPolicy: ", from, to);
    terminal_plain(out, text_of(request->policy->name));
    buffer_string(out, "\n\n");
    buffer_format(&words, "%zu audit%s of %zu auditor%s. Picked at random: ", plan->audits,
                  plan->audits == 1 ? "" : "s", plan->auditor_count,
                  plan->auditor_count == 1 ? "" : "s");
    write_tenths(&words, plan->picks);
    buffer_format(&words, " (drawn already, and to be expected). For a reason, beside: %zu.",
                  plan->triggered);
    if (plan->picks - plan->worth >= 0.05) {
        buffer_string(&words, " Their chances differ, so that for one figure of all audits they "
                              "are worth ");
        write_tenths(&words, plan->worth);
        buffer_string(&words, " of equal chances.");
    }
    write_paragraph(&words, out);
}

static void write_agreement(const moderation_plan *plan, buffer *out)
{
    buffer words = {0};

    buffer_string(out, "\nHOW OFTEN AUDITORS AND MODERATORS AGREE\n");
    if (plan->known.moderated >= PLAN_KNOWN_LEAST)
        buffer_format(&words,
                      "Reckoned at %u%%, as in the %zu random picks that were moderated so far.",
                      percent(plan->share), plan->known.moderated);
    else
        buffer_format(&words,
                      "Reckoned at %u%%, where it is known worst: %zu random pick%s moderated so "
                      "far, and %d are the least to go by.",
                      percent(plan->share), plan->known.moderated,
                      plan->known.moderated == 1 ? " was" : "s were", (int)PLAN_KNOWN_LEAST);
    buffer_string(&words, " These picks would show it to ");
    buffer_format(&words, "+-%u points (95%% interval, Wilson).", percent(plan->half_width));
    write_paragraph(&words, out);
    buffer_string(&words, "To know it to +-10 points takes ");
    buffer_unsigned(&words, plan->needed);
    buffer_format(&words, " of these %zu audits, at equal chances; of audits without number ",
                  plan->audits);
    buffer_unsigned(&words, plan->needed_of_all);
    buffer_byte(&words, '.');
    write_paragraph(&words, out);
}

static void write_test(const moderation_plan *plan, buffer *out)
{
    const plan_pattern half = plan_biased(0.5, plan->raised);
    buffer             words = {0};

    buffer_string(out, "\nWHO IS TOO GENEROUS\n");
    buffer_format(&words,
                  "Of an auditor half a grade too generous, moderators lower %u%% by a grade and "
                  "raise %u%%. ",
                  percent(half.lowered), percent(half.raised));
    if (plan->needed_for_half > 0) {
        buffer_string(&words, "That is noticed in ");
        buffer_unsigned(&words, plan->needed_for_half);
        buffer_string(&words, " of their audits with a power of 80%");
    } else {
        buffer_format(&words, "That is not noticed in %d of their audits with a power of 80%%",
                      (int)PLAN_SAMPLE_MOST);
    }
    buffer_string(&words, " (exact one-sided sign test at 5%). All picks together notice ");
    if (plan->noticeable > 0) {
        write_hundredths(&words, plan->noticeable);
        buffer_string(&words, " of a grade.");
    } else {
        buffer_string(&words, "nothing: they are too few.");
    }
    buffer_string(&words, " What an auditor's picks of these days notice by themselves:");
    write_paragraph(&words, out);
}

static void write_auditors(const moderation_plan *plan, buffer *out)
{
    buffer words = {0};

    buffer_byte(out, '\n');
    terminal_repeat(out, ' ', INDENT);
    terminal_padded(out, text_of("auditor"), NAME_WIDTH);
    buffer_string(out, "  audits   picks  notices\n");
    for (size_t a = 0; a < plan->auditor_count; a++) {
        const plan_auditor *auditor = &plan->auditors[a];
        terminal_repeat(out, ' ', INDENT);
        terminal_padded(out, text_of(*auditor->name ? auditor->name : "not recorded"), NAME_WIDTH);
        terminal_count(out, auditor->audits, COUNT_WIDTH);
        write_tenths(&words, auditor->picks);
        terminal_repeat(out, ' ', words.size < COUNT_WIDTH ? COUNT_WIDTH - words.size : 0);
        buffer_bytes(out, words.bytes, words.size);
        out->failed |= words.failed;
        words.size = 0;
        buffer_string(out, "  ");
        if (auditor->noticeable > 0) {
            write_hundredths(out, auditor->noticeable);
            buffer_string(out, " of a grade\n");
        } else {
            buffer_string(out, "nothing: too few\n");
        }
    }
    buffer_free(&words);
}

static void write_table(const moderation_plan *plan, const plan_request *request, buffer *out)
{
    if (plan->audits == 0) {
        buffer_string(out, "The store has no audits of these days to plan for.\n");
        return;
    }
    write_heading(plan, request, out);
    write_agreement(plan, out);
    write_test(plan, out);
    write_auditors(plan, out);
}

void sample_plan_write(const moderation_plan *plan, const plan_request *request, const char *format,
                       buffer *out)
{
    if (strcmp(format, "csv") == 0)
        write_csv(plan, out);
    else if (strcmp(format, "json") == 0)
        write_json(plan, request, out);
    else
        write_table(plan, request, out);
}
