#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "moderation/severity_report.h"
#include "writing/csv_text.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"

enum { NAME_WIDTH = 22 };

static const char *const verdicts[] = {"as others", "too generous", "too harsh",
                                       "no verdict: too few audits to tell"};
static const char *const states[] = {"estimated", "all at the lowest level",
                                     "all at the highest level", "nobody to compare with",
                                     "no ratings"};

/* ---- For programs ------------------------------------------------------------------------- */

static void write_estimate(const char *name, const severity_estimate *of, buffer *out)
{
    const struct {
        const char *id;
        double      value;
    } members[] = {
        {"value", of->value}, {"error", of->error}, {"low", of->low}, {"high", of->high}};

    json_name(out, name, false);
    for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
        buffer_string(out, m == 0 ? "{" : "");
        json_name(out, members[m].id, m == 0);
        json_number(out, members[m].value);
    }
    buffer_byte(out, '}');
}

static void write_number(const char *name, double value, buffer *out)
{
    json_name(out, name, false);
    json_number(out, value);
}

static void write_json_rater(const moderation_severity *of, size_t number, buffer *out)
{
    const severity_auditor *one = &of->result.auditors[number];

    buffer_string(out, number > 0 ? ",{" : "{");
    json_name(out, "name", true);
    json_string(out, text_of(of->raters[number]));
    json_string_member(out, "role", of->moderates[number] ? "moderator" : "auditor");
    json_string_member(out, "state", states[one->state]);
    json_string_member(out, "verdict", verdicts[one->verdict]);
    json_count_member(out, "audits", one->audits);
    json_count_member(out, "ratings", one->ratings);
    write_estimate("grades", &one->grades, out);
    write_estimate("grades_shrunken", &one->shrunken_grades, out);
    write_estimate("severity_logits", &one->logits, out);
    write_estimate("severity_logits_shrunken", &one->shrunken_logits, out);
    write_number("infit", one->infit, out);
    write_number("outfit", one->outfit, out);
    write_number("p", one->p, out);
    write_number("p_corrected", one->p_corrected, out);
    json_count_member(out, "link_group", one->link_group);
    buffer_byte(out, '}');
}

static void write_json(const moderation_severity *of, buffer *out)
{
    static const char *const identified[] = {"links", "allocation", "both"};
    const severity_result   *result = &of->result;

    buffer_string(out, "{\"status\":");
    json_string(out, text_of(severity_status_text(result->status)));
    json_count_member(out, "ratings", result->ratings);
    json_count_member(out, "audits", result->audits);
    json_count_member(out, "audits_linking", result->audits_linking);
    json_count_member(out, "link_groups", result->link_groups);
    json_count_member(out, "criteria_groups", result->criteria_groups);
    json_count_member(out, "on_another_scale", of->other_scale);
    json_count_member(out, "audits_for_a_verdict", SEVERITY_AUDITS_FEWEST);
    write_number("degrees_of_freedom", result->freedom, out);
    json_string_member(out, "identified_by", identified[result->identified]);
    buffer_string(out, ",\"raters\":[");
    for (size_t r = 0; result->auditors && r < of->rater_count; r++)
        write_json_rater(of, r, out);
    buffer_string(out, "],\"criteria\":[");
    for (size_t c = 0; result->criteria && c < of->criterion_count; c++) {
        buffer_string(out, c > 0 ? ",{" : "{");
        json_name(out, "id", true);
        json_string(out, text_of(of->criteria[c]));
        json_count_member(out, "ratings", result->criteria[c].ratings);
        write_estimate("difficulty_logits", &result->criteria[c].logits, out);
        buffer_byte(out, '}');
    }
    buffer_string(out, "]}\n");
}

static void write_csv(const moderation_severity *of, buffer *out)
{
    buffer_string(out, "name,role,verdict,state,audits,ratings,grades,grades_low,grades_high,"
                       "grades_shrunken,grades_shrunken_low,grades_shrunken_high,"
                       "severity_logits,error_logits,infit,outfit,p,p_corrected,"
                       "link_group\r\n");
    for (size_t r = 0; of->result.auditors && r < of->rater_count; r++) {
        const severity_auditor *one = &of->result.auditors[r];
        const double            values[] = {one->grades.value,
                                            one->grades.low,
                                            one->grades.high,
                                            one->shrunken_grades.value,
                                            one->shrunken_grades.low,
                                            one->shrunken_grades.high,
                                            one->logits.value,
                                            one->logits.error,
                                            one->infit,
                                            one->outfit,
                                            one->p,
                                            one->p_corrected};
        csv_string(out, of->raters[r]);
        buffer_format(out, ",%s,%s,%s,%zu,%zu", of->moderates[r] ? "moderator" : "auditor",
                      verdicts[one->verdict], states[one->state], one->audits, one->ratings);
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            buffer_byte(out, ',');
            json_number(out, values[v]);
        }
        buffer_format(out, ",%u\r\n", one->link_group);
    }
}

/* ---- For people ------------------------------------------------------------------------------ */

static void say_signed(double grades, buffer *out)
{
    buffer_hundredths(out, grades, true);
    buffer_string(out, "   ");
}

/* What stands behind a rater's figures. What auditors are held against is not held against them. */
static void say_remark(const moderation_severity *of, size_t number, buffer *out)
{
    const severity_auditor *one = &of->result.auditors[number];
    const bool              moderator = of->moderates[number];

    if (moderator || one->verdict != SEVERITY_AS_OTHERS)
        buffer_string(out, "   ");
    if (moderator)
        buffer_string(out, "moderator");
    else if (one->verdict != SEVERITY_AS_OTHERS)
        buffer_string(out, verdicts[one->verdict]);
    if (one->state != AUDITOR_ESTIMATED) {
        buffer_string(out, moderator || one->verdict != SEVERITY_AS_OTHERS ? "; " : "   ");
        buffer_string(out, states[one->state]);
    }
}

static void say_rater(const moderation_severity *of, size_t number, buffer *out)
{
    const severity_auditor *one = &of->result.auditors[number];

    terminal_padded(out, text_of(of->raters[number]), NAME_WIDTH);
    if (of->result.identified == SEVERITY_BY_BOTH)
        terminal_count(out, one->link_group + 1, 6);
    terminal_count(out, one->audits, 7);
    buffer_string(out, "   ");
    if (one->state == AUDITOR_ALONE || one->state == AUDITOR_UNRATED) {
        buffer_string(out, states[one->state]);
        buffer_byte(out, '\n');
        return;
    }
    say_signed(one->grades.value, out);
    buffer_hundredths(out, one->grades.low, true);
    buffer_string(out, " to ");
    say_signed(one->grades.high, out);
    say_signed(one->shrunken_grades.value, out);
    buffer_string(out, "   ");
    buffer_hundredths(out, one->infit, false);
    say_remark(of, number, out);
    buffer_byte(out, '\n');
}

/* The most generous first; of the same, as they were met. */
static size_t next_rater(const moderation_severity *of, bool *said)
{
    size_t next = SIZE_MAX;

    for (size_t r = 0; r < of->rater_count; r++)
        if (!said[r] && (next == SIZE_MAX || of->result.auditors[r].shrunken_grades.value >
                                                 of->result.auditors[next].shrunken_grades.value))
            next = r;
    said[next] = true;
    return next;
}

static void say_design(const severity_result *result, buffer *out)
{
    buffer_format(out, "%zu ratings of %zu audits; audits that two people rated: %zu\n",
                  result->ratings, result->audits, result->audits_linking);
    if (result->identified == SEVERITY_BY_ALLOCATION)
        buffer_string(out, "No audit was rated by two people: a generous auditor and one who had "
                           "good work cannot be\ntold apart, unless audits were given out at "
                           "random, which these figures take as so.\n");
    if (result->identified == SEVERITY_BY_BOTH)
        buffer_format(out,
                      "The raters fall into %zu groups that no audit joins: between them, these "
                      "figures take it that\naudits were given out at random.\n",
                      result->link_groups);
    if (result->criteria_groups > 1)
        buffer_format(out,
                      "%zu groups of raters share no question: compare within a group alone.\n",
                      result->criteria_groups);
}

static void say_reading(const severity_result *result, buffer *out)
{
    buffer_string(out, "\nGrades: how much higher than the average rater they would rate the same "
                       "work. Drawn in: the same,\ndrawn towards 0 by as much as it is unsure. Too "
                       "generous or too harsh is said where chance does\nnot explain it, with all "
                       "raters compared (Holm, 5%). Fit is about 1; far over it a rater is "
                       "erratic.\n");
    if (result->judged < result->compared)
        buffer_format(out,
                      "Of raters with fewer than %d audits nothing is said: a few audits that were "
                      "poor, or good, may be\nthe work and not the rater.\n",
                      (int)SEVERITY_AUDITS_FEWEST);
}

static void say_all(const moderation_severity *of, buffer *out)
{
    const severity_result *result = &of->result;

    if (result->status != SEVERITY_FITTED) {
        buffer_string(out, "There are no severities: ");
        buffer_string(out, severity_status_text(result->status));
        buffer_byte(out, '\n');
        return;
    }
    say_design(result, out);
    buffer_byte(out, '\n');
    terminal_padded(out, text_of("Rater"), NAME_WIDTH);
    if (result->identified == SEVERITY_BY_BOTH)
        buffer_string(out, " group");
    buffer_string(out, " audits   grades  95% interval     drawn in   fit\n");
    bool *said = calloc(of->rater_count + 1, sizeof *said);
    out->failed |= !said;
    for (size_t r = 0; said && r < of->rater_count; r++)
        say_rater(of, next_rater(of, said), out);
    free(said);
    say_reading(result, out);
}

void moderation_severity_write(const moderation_severity *severity, const char *format, buffer *out)
{
    if (strcmp(format, "csv") == 0)
        write_csv(severity, out);
    else if (strcmp(format, "json") == 0)
        write_json(severity, out);
    else
        say_all(severity, out);
}
