#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "moderation/forecast_report.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"
#include "writing/words.h"

enum { MONTH_SIZE = 32 };

/* "2026-10" */
static void month_id(int32_t month, char out[MONTH_SIZE])
{
    const int32_t year = month >= 0 ? month / 12 : -1;
    snprintf(out, MONTH_SIZE, "%04d-%02d", (int)year, (int)(month - year * 12 + 1));
}

/* By moderation, at all: else these are the auditors' grades, and they carry no chance. */
static bool is_corrected(const forecast *made)
{
    return made->months_corrected + made->months_moved > 0;
}

/* ---- For programs -------------------------------------------------------------------------- */

static void write_number(const char *name, double value, buffer *out)
{
    json_name(out, name, false);
    json_number(out, value);
}

static void write_json_point(const forecast_point *of, bool first, buffer *out)
{
    char id[MONTH_SIZE];

    month_id(of->month, id);
    buffer_string(out, first ? "{" : ",{");
    json_name(out, "month", true);
    json_string(out, text_of(id));
    json_name(out, "recorded", false);
    if (of->has_audits)
        json_number(out, of->recorded);
    else
        buffer_string(out, "null");
    json_name(out, "corrected", false);
    if (of->has_correction)
        json_number(out, of->corrected);
    else
        buffer_string(out, "null");
    write_number("share", of->share, out);
    write_number("low", of->low, out);
    write_number("high", of->high, out);
    buffer_byte(out, '}');
}

static void write_json_date(const moderation_forecast *of, size_t number, buffer *out)
{
    const forecast_date *date = &of->made.dates[number];
    char                 day[DATE_TEXT_SIZE];

    date_write(of->dates[number], day);
    buffer_string(out, number == 0 ? "{" : ",{");
    json_name(out, "date", true);
    json_string(out, text_of(day));
    if (date->reason != FORECAST_GIVEN) {
        json_string_member(out, "reason", forecast_reason_text(date->reason));
    } else {
        write_number("share", date->share, out);
        write_number("low", date->low, out);
        write_number("high", date->high, out);
        write_number("chance_of_target", date->chance, out);
        if (date->gain_applies)
            write_number("gain_needed_points_a_month", date->gain_needed, out);
    }
    buffer_byte(out, '}');
}

static void write_json(const moderation_forecast *of, buffer *out)
{
    const forecast *made = &of->made;

    buffer_string(out, "{\"target\":");
    json_string(out, text_of(of->target_words));
    json_string_member(out, "target_is",
                       "a local one; no share of good audits is a rule of Ofsted's");
    json_count_member(out, "months", made->months);
    json_count_member(out, "months_corrected", made->months_corrected);
    json_count_member(out, "months_moved_by_all_moderation", made->months_moved);
    json_count_member(out, "audits", made->audits);
    json_count_member(out, "on_another_scale", of->other_scale);
    if (made->reason != FORECAST_GIVEN) {
        json_string_member(out, "reason", forecast_reason_text(made->reason));
        buffer_string(out, "}\n");
        return;
    }
    write_number("expected_gain_points_next_month", made->gain, out);
    if (is_corrected(made))
        write_number("chance_higher_than_a_year_before", made->chance_up, out);
    write_number("overdispersion", made->overdispersion, out);
    write_number("mean_correction", made->mean_correction, out);
    buffer_string(out, ",\"by_month\":[");
    for (size_t p = 0; p < made->point_count; p++)
        write_json_point(&made->points[p], p == 0, out);
    buffer_string(out, "],\"by_date\":[");
    for (size_t d = 0; d < made->date_count; d++)
        write_json_date(of, d, out);
    buffer_string(out, "]");
    if (of->held.reason == FORECAST_GIVEN) {
        buffer_string(out, ",\"back_test\":{\"months\":");
        buffer_unsigned(out, of->held.held);
        write_number("coverage", of->held.coverage, out);
        write_number("mean_error", of->held.error, out);
        write_number("mean_error_as_last_month", of->held.naive_error, out);
        buffer_byte(out, '}');
    }
    buffer_string(out, "}\n");
}

static void write_csv(const moderation_forecast *of, buffer *out)
{
    char id[MONTH_SIZE];

    buffer_string(out, "month,recorded,corrected,share,low,high\r\n");
    for (size_t p = 0; p < of->made.point_count; p++) {
        const forecast_point *point = &of->made.points[p];
        const double          values[] = {point->share, point->low, point->high};
        month_id(point->month, id);
        buffer_string(out, id);
        buffer_byte(out, ',');
        if (point->has_audits)
            json_number(out, point->recorded);
        buffer_byte(out, ',');
        if (point->has_correction)
            json_number(out, point->corrected);
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            buffer_byte(out, ',');
            json_number(out, values[v]);
        }
        buffer_string(out, "\r\n");
    }
}

/* ---- For people ------------------------------------------------------------------------------ */

static void say_percent(buffer *out, double share)
{
    buffer_format(out, "%3ld%%", lround(share * 100));
}

static void say_points(buffer *out, double points)
{
    const long tenths = lround(points * 10), size = tenths < 0 ? -tenths : tenths;
    buffer_format(out, "%s%ld.%ld", tenths < 0 ? "-" : "+", size / 10, size % 10);
}

static void say_month(const forecast_point *of, buffer *out)
{
    char   id[MONTH_SIZE];
    buffer words = {0};

    month_id(of->month, id);
    name_of_month(&words, id);
    buffer_string(out, "  ");
    terminal_padded(out, (text){words.bytes, words.size}, 18);
    if (of->has_audits)
        say_percent(out, of->recorded);
    else
        buffer_string(out, "    ");
    buffer_string(out, "       ");
    if (of->has_correction)
        say_percent(out, of->corrected);
    else
        buffer_string(out, "    ");
    buffer_string(out, "      ");
    say_percent(out, of->share);
    buffer_string(out, "   ");
    say_percent(out, of->low);
    buffer_string(out, " to ");
    say_percent(out, of->high);
    buffer_byte(out, '\n');
    out->failed |= words.failed;
    buffer_free(&words);
}

/* "1 in 2", "9 in 10": a chance as people say it. */
static void say_chance(buffer *out, double chance)
{
    if (chance < 0.01)
        buffer_string(out, "under 1 in 100");
    else if (chance > 0.99)
        buffer_string(out, "over 99 in 100");
    else
        buffer_format(out, "%ld in 100", lround(chance * 100));
}

static void say_date(const moderation_forecast *of, size_t number, buffer *out)
{
    const forecast_date *date = &of->made.dates[number];

    buffer_string(out, "  ");
    name_of_day(out, of->dates[number]);
    buffer_string(out, ": ");
    if (date->reason != FORECAST_GIVEN) {
        buffer_string(out, forecast_reason_text(date->reason));
        buffer_byte(out, '\n');
        return;
    }
    buffer_string(out, "chance ");
    say_chance(out, date->chance);
    buffer_format(out, "; likely %ld%% to %ld%%", lround(date->low * 100),
                  lround(date->high * 100));
    if (date->gain_applies && date->gain_needed <= 0)
        buffer_string(out, "; at the target now");
    else if (date->gain_applies) {
        buffer_string(out, "; needs ");
        say_points(out, date->gain_needed);
        buffer_string(out, " points a month");
    }
    buffer_byte(out, '\n');
}

static void say_all(const moderation_forecast *of, buffer *out)
{
    const forecast *made = &of->made;

    buffer_string(out, "Target: ");
    terminal_plain(out, text_of(of->target_words));
    buffer_string(out, "\nThis target is a local one. Ofsted has no rule about a share of good "
                       "audits.\n\n");
    if (made->reason != FORECAST_GIVEN) {
        buffer_string(out, forecast_reason_text(made->reason));
        buffer_byte(out, '\n');
        return;
    }
    buffer_format(out, "%zu months with %llu audits; %zu of the months corrected by moderation",
                  made->months, (unsigned long long)made->audits, made->months_corrected);
    if (made->months_moved > 0)
        buffer_format(out, ",\n%zu with too little of it moved as all of it together says",
                      made->months_moved);
    buffer_string(out, is_corrected(made)
                           ? "\n\n"
                           : "\nThese are the auditors' own grades, not corrected.\n\n");
    buffer_string(out, "  Month             recorded  corrected  likely  95% interval\n");
    for (size_t p = 0; p < made->point_count; p++)
        say_month(&made->points[p], out);
    buffer_string(out, "\nThe target is reached by\n");
    for (size_t d = 0; d < made->date_count; d++)
        say_date(of, d, out);
    buffer_string(out, "\nNow moving by ");
    say_points(out, made->gain);
    buffer_string(out, " points a month");
    if (is_corrected(made)) {
        buffer_string(out, "; higher than a year before with a chance of ");
        say_chance(out, made->chance_up);
    }
    buffer_string(out, ".\n");
    if (of->held.reason == FORECAST_GIVEN) {
        buffer_format(out, "Held back month by month, %zu %s forecast with a mean error of ",
                      of->held.held, of->held.held == 1 ? "was" : "were");
        buffer_format(out, "%ld points (", lround(of->held.error));
        buffer_format(out, "%ld by saying \"as last month\").\n", lround(of->held.naive_error));
    }
}

void moderation_forecast_write(const moderation_forecast *told, const char *format, buffer *out)
{
    if (strcmp(format, "csv") == 0)
        write_csv(told, out);
    else if (strcmp(format, "json") == 0)
        write_json(told, out);
    else
        say_all(told, out);
}
