/* estimate_outside.c - the audits that the corrected figure does not speak of, in words. */
#include <string.h>

#include "base/date.h"
#include "moderation/estimate_report.h"
#include "writing/words.h"

bool moderation_estimate_is_undrawn(const moderation_case *one)
{
    return one->draw == 0 && one->moderated_revision == 0;
}

/* ---- Their months --------------------------------------------------------------------- */

enum { MONTH = 7 }; /* "2026-08" */

/* In order, each once. There is room for one more. */
static void add_month(moderation_estimate *estimate, const char *date)
{
    char   month[MONTH + 1] = "";
    size_t at = estimate->undrawn_count;

    memcpy(month, date, strnlen(date, MONTH));
    while (at > 0 && strcmp(estimate->undrawn[at - 1], month) > 0)
        at--;
    if (at > 0 && strcmp(estimate->undrawn[at - 1], month) == 0)
        return;
    memmove(estimate->undrawn[at + 1], estimate->undrawn[at],
            (estimate->undrawn_count - at) * sizeof *estimate->undrawn);
    memcpy(estimate->undrawn[at], month, sizeof month);
    estimate->undrawn_count++;
}

bool moderation_estimate_find_undrawn(const moderation_cases *cases, moderation_estimate *estimate)
{
    estimate->undrawn = arena_array(&estimate->memory, cases->count + 1, sizeof *estimate->undrawn);
    if (!estimate->undrawn)
        return false;
    for (size_t c = 0; c < cases->count; c++)
        if (moderation_estimate_is_undrawn(&cases->items[c]) &&
            strcmp(cases->items[c].levels, estimate->levels) == 0)
            add_month(estimate, cases->items[c].audit_date);
    return true;
}

/* ---- In words ---------------------------------------------------------------------------- */

/* A month as a number that the next one is one more than; -2: no date. */
static int32_t month_number(const char *month)
{
    char    day[MONTH + 4] = "";
    int32_t days, year, number;

    memcpy(day, month, strnlen(month, MONTH));
    memcpy(day + strlen(day), "-01", 4);
    if (!date_read(day, strlen(day), &days))
        return -2;
    date_month(days, &year, &number);
    return year * 12 + number;
}

/* The last month of an unbroken run from `from`. */
static size_t run_end(const moderation_estimate *estimate, size_t from)
{
    size_t end = from;
    while (end + 1 < estimate->undrawn_count &&
           month_number(estimate->undrawn[end + 1]) == month_number(estimate->undrawn[end]) + 1)
        end++;
    return end;
}

static void say_month(const char *month, buffer *out)
{
    if (*month)
        name_of_month(out, month);
    else
        buffer_string(out, "without a date");
}

/* "August 2026 to October 2026 and December 2026" */
static void say_months(const moderation_estimate *estimate, buffer *out)
{
    const size_t count = estimate->undrawn_count;

    for (size_t m = 0; m < count; m++) {
        const size_t end = run_end(estimate, m);
        buffer_string(out, m == 0 ? "" : end + 1 == count ? " and " : ", ");
        say_month(estimate->undrawn[m], out);
        if (end > m) {
            buffer_string(out, " to ");
            say_month(estimate->undrawn[end], out);
        }
        m = end;
    }
}

typedef struct {
    size_t      count;
    const char *one;
    const char *many;
} outside_part;

void moderation_estimate_outside(const moderation_estimate *estimate, bool plain, buffer *out)
{
    const estimate_result *result = &estimate->result;
    const outside_part     parts[] = {
            plain
                ? (outside_part){result->undrawn, "has not been in a draw for a second check",
                                 "have not been in a draw for a second check"}
                : (outside_part){result->undrawn, "has not been in a draw", "have not been in a draw"},
        {result->excluded, "could not be picked because a rule excludes it",
         "could not be picked because a rule excludes them"},
        plain ? (outside_part){result->not_covered - result->undrawn - result->excluded,
                               "still waits for its second check",
                               "still wait for their second check"}
              : (outside_part){result->not_covered - result->undrawn - result->excluded,
                               "waits to be moderated and nothing like it is done",
                               "wait to be moderated and none like them is done"},
    };
    size_t left = 0, said = 0;

    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        left += parts[p].count > 0;
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        if (parts[p].count == 0)
            continue;
        left--;
        if (said++ == 0) {
            buffer_grouped(out, parts[p].count);
            buffer_string(out, " of ");
            buffer_grouped(out, result->audits);
            buffer_string(out, result->audits == 1 ? " audit " : " audits ");
        } else {
            buffer_string(out, left == 0 ? ", and " : ", ");
            buffer_grouped(out, parts[p].count);
            buffer_byte(out, ' ');
        }
        buffer_string(out, parts[p].count == 1 ? parts[p].one : parts[p].many);
        if (p == 0 && estimate->undrawn_count > 0) {
            buffer_string(out, " (");
            say_months(estimate, out);
            buffer_byte(out, ')');
        }
    }
}
