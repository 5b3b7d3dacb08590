#include "board/page.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "writing/words.h"

void part_open(buffer *out, const char *id, const char *heading)
{
    buffer_format(out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id,
                  heading);
}

void part_close(buffer *out)
{
    buffer_string(out, "</section>\n");
}

void say_count(buffer *out, uint64_t count, const char *one, const char *many)
{
    buffer_grouped(out, count);
    buffer_byte(out, ' ');
    buffer_string(out, count == 1 ? one : many);
}

void say_share(buffer *out, double share)
{
    buffer_format(out, "%u%%", share_percent(share));
}

void say_chance(buffer *out, double chance)
{
    if (chance < 0.01)
        buffer_string(out, "under 1%");
    else if (chance > 0.99)
        buffer_string(out, "over 99%");
    else
        say_share(out, chance);
}

void say_date(buffer *out, const char *date)
{
    int32_t day;

    if (date_read(date, strlen(date), &day))
        name_of_day(out, day);
}

void say_good(buffer *out, const board_facts *facts, bool small)
{
    buffer      plain = {0};
    const char *label = facts->labels[facts->good];

    buffer_string(&plain, label);
    if (small && !plain.failed && label[0] >= 'A' && label[0] <= 'Z')
        plain.bytes[0] = (char)(label[0] - 'A' + 'a');
    if ((size_t)facts->good + 1 < facts->scale.count)
        buffer_string(&plain, " or better");
    html_flush(out, &plain);
    buffer_free(&plain);
}

void say_figure(buffer *out, double value)
{
    const double tenths = round(fabs(value) * 10);

    if (tenths >= 1e15) { /* no caseload and no percentage: as it is */
        buffer_number(out, value);
        return;
    }
    const uint64_t whole = (uint64_t)tenths;
    buffer_format(out, "%s%llu.%llu", value < 0 && whole > 0 ? "&#8722;" : "",
                  (unsigned long long)(whole / 10), (unsigned long long)(whole % 10));
}

bool corrected_known(const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;

    return result->corrected.reason == ESTIMATE_GIVEN && result->covered >= facts->least;
}

const estimate_figure *own_figure(const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;

    return corrected_known(facts) && result->auditors_covered.reason == ESTIMATE_GIVEN
               ? &result->auditors_covered
               : &result->auditors;
}

uint64_t own_audits(const board_facts *facts)
{
    /* The figure is counted: its effective number is the number of audits. */
    return (uint64_t)lround(own_figure(facts)->good.effective);
}

void say_outside(buffer *out, const board_facts *facts)
{
    buffer plain = {0};

    moderation_estimate_outside(&facts->estimated, facts->asked->plain, &plain);
    html_flush(out, &plain);
    buffer_free(&plain);
}

target_standing stand_to_target(const board_facts *facts)
{
    const estimate_share *good = &facts->estimated.result.corrected.good;
    const double          target = facts->asked->target.share;

    if (!estimate_decides(&facts->estimated.result))
        return TARGET_UNKNOWN;
    if (good->high < target)
        return TARGET_BELOW;
    return good->low >= target ? TARGET_REACHED : TARGET_UNSURE;
}

const forecast_date *next_meeting(const board_facts *facts)
{
    const forecast *made = &facts->going.made;

    if (!corrected_known(facts) || stand_to_target(facts) == TARGET_UNKNOWN)
        return NULL;
    if (!facts->forecast || made->reason != FORECAST_GIVEN || made->date_count == 0 ||
        made->dates[0].reason != FORECAST_GIVEN)
        return NULL;
    return &made->dates[0];
}

static int points(double difference)
{
    return (int)lround(difference * 100);
}

board_change change_since(const board_facts *facts)
{
    const board_grades *now = &facts->after, *then = &facts->before;

    if (now->graded < facts->least || then->graded < facts->least)
        return (board_change){0};
    const interval sure =
        statistics_newcombe(now->good, now->graded, then->good, then->graded, 0.95);
    /* Of the shares as they are shown, so that a reader who takes one from the other finds it. */
    const int moved = (int)share_percent((double)now->good / (double)now->graded) -
                      (int)share_percent((double)then->good / (double)then->graded);
    return (board_change){true, moved, points(sure.low), points(sure.high)};
}

void table_head(buffer *out, const char *caption, const char *const *headings, size_t count,
                size_t words)
{
    buffer_string(out, "<table><caption>");
    buffer_string(out, caption);
    buffer_string(out, "</caption><thead><tr>");
    for (size_t h = 0; h < count; h++) {
        buffer_string(out,
                      h < words ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">");
        html_string(out, headings[h]);
        buffer_string(out, "</th>");
    }
    buffer_string(out, "</tr></thead><tbody>\n");
}

void share_cells(buffer *out, const board_facts *facts, const board_grades *grades)
{
    if (grades->graded < facts->least) {
        buffer_string(out, "<td class=\"number\">");
        buffer_grouped(out, grades->good);
        buffer_string(out, " of ");
        buffer_grouped(out, grades->graded);
        buffer_string(out, "</td><td class=\"number\">too few</td>");
        return;
    }
    const interval sure = share_interval(grades->good, grades->graded);
    buffer_string(out, "<td class=\"number\"><strong>");
    say_share(out, (double)grades->good / (double)grades->graded);
    buffer_string(out, "</strong> of ");
    buffer_grouped(out, grades->graded);
    buffer_string(out, "</td><td class=\"number\">");
    say_share(out, sure.low);
    buffer_string(out, facts->asked->plain ? " and " : " to ");
    say_share(out, sure.high);
    buffer_string(out, "</td>");
}
