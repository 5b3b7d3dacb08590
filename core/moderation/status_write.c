#include <stdio.h>
#include <string.h>

#include "moderation/status.h"
#include "writing/csv_text.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"
#include "writing/words.h"

static const char *const titles[STATUS_BYS] = {"auditor", "team", "month", "practice area"};
static const char *const ids[STATUS_BYS] = {"auditor", "team", "month", "practice_area"};

/* The counts of a row, in the order of every format. */
typedef struct {
    const char *id;
    size_t      at; /* in status_row */
} status_count;

static const status_count counts[] = {
    {"planned", offsetof(status_row, planned)},
    {"audits", offsetof(status_row, audits)},
    {"picked", offsetof(status_row, picked)},
    {"picked_at_random", offsetof(status_row, at_random)},
    {"also_triggered", offsetof(status_row, also_triggered)},
    {"triggered_only", offsetof(status_row, triggered_only)},
    {"moderated", offsetof(status_row, moderated)},
    {"auditor_higher", offsetof(status_row, higher)},
    {"auditor_lower", offsetof(status_row, lower)},
    {"missed_inadequate", offsetof(status_row, missed)},
    {"to_assign", offsetof(status_row, to_assign)},
    {"with_moderator", offsetof(status_row, assigned)},
    {"reason_wanted", offsetof(status_row, differ)},
    {"answer_wanted", offsetof(status_row, to_answer)},
    {"disputed", offsetof(status_row, disputed)},
    {"decided", offsetof(status_row, decided)},
    {"audit_quality_wanted", offsetof(status_row, quality)},
    {"changed_since", offsetof(status_row, changed)},
    {"late", offsetof(status_row, late)},
    {"actions_open", offsetof(status_row, actions)},
    {"actions_overdue", offsetof(status_row, overdue)},
    {"without_an_action", offsetof(status_row, no_action)},
    {"re_audits_due", offsetof(status_row, re_audits)},
};

enum { COUNTS = sizeof counts / sizeof *counts };

static uint64_t count_at(const status_row *row, const status_count *count)
{
    uint64_t value;
    memcpy(&value, (const char *)row + count->at, sizeof value);
    return value;
}

/* ---- For programs ------------------------------------------------------------------ */

static void write_csv_row(const char *by, const char *name, const status_row *row, buffer *out)
{
    csv_string(out, by);
    buffer_byte(out, ',');
    csv_string(out, name);
    for (size_t c = 0; c < COUNTS; c++) {
        buffer_byte(out, ',');
        buffer_unsigned(out, count_at(row, &counts[c]));
    }
    buffer_string(out, "\r\n");
}

static void write_csv(const moderation_status *status, buffer *out)
{
    buffer_string(out, "by,name");
    for (size_t c = 0; c < COUNTS; c++) {
        buffer_byte(out, ',');
        buffer_string(out, counts[c].id);
    }
    buffer_string(out, "\r\n");
    write_csv_row("all", "", &status->all, out);
    for (size_t by = 0; by < STATUS_BYS; by++)
        for (size_t r = 0; r < status->by[by].count; r++)
            write_csv_row(ids[by], status->by[by].rows[r].name, &status->by[by].rows[r], out);
}

static void write_json_row(const status_row *row, bool named, buffer *out)
{
    buffer_byte(out, '{');
    if (named) {
        json_name(out, "name", true);
        json_string(out, text_of(row->name));
    }
    for (size_t c = 0; c < COUNTS; c++) {
        json_name(out, counts[c].id, !named && c == 0);
        buffer_unsigned(out, count_at(row, &counts[c]));
    }
    buffer_byte(out, '}');
}

static void write_json(const moderation_status *status, buffer *out)
{
    buffer_string(out, "{\"all\":");
    write_json_row(&status->all, false, out);
    json_count_member(out, "target_days", status->target_days);
    json_count_member(out, "median_lag_days", status->median_lag);
    json_count_member(out, "longest_lag_days", status->longest_lag);
    for (size_t by = 0; by < STATUS_BYS; by++) {
        buffer_format(out, ",\"by_%s\":[", ids[by]);
        for (size_t r = 0; r < status->by[by].count; r++) {
            if (r > 0)
                buffer_byte(out, ',');
            write_json_row(&status->by[by].rows[r], true, out);
        }
        buffer_byte(out, ']');
    }
    buffer_string(out, "}\n");
}

/* ---- For people -------------------------------------------------------------------- */

enum { NAME_WIDTH = 20, COUNT_WIDTH = 9 };

static void write_line(const char *name, uint64_t count, const char *more, buffer *out)
{
    terminal_padded(out, text_of(name), NAME_WIDTH);
    terminal_count(out, count, 6);
    if (*more) {
        buffer_string(out, "   ");
        buffer_string(out, more);
    }
    buffer_byte(out, '\n');
}

/* "auditor higher 3, lower 1": made up of a format and whole numbers. */
__attribute__((format(printf, 4, 5))) static void
write_details(const char *name, uint64_t count, buffer *out, const char *format, ...)
{
    va_list values;
    char    details[160];

    va_start(values, format);
    vsnprintf(details, sizeof details, format, values);
    va_end(values);
    write_line(name, count, details, out);
}

static void write_all(const moderation_status *status, buffer *out)
{
    const status_row *all = &status->all;
    const uint64_t    waiting = all->to_assign + all->assigned;

    buffer_string(out, "Moderation on ");
    name_of_day(out, status->today);
    buffer_string(out, "\n\n");
    write_line("Planned", all->planned, "", out);
    write_line("Audits", all->audits, "", out);
    write_details("Picked", all->picked, out,
                  "at random %llu (of them also triggered %llu), triggered only %llu",
                  (unsigned long long)all->at_random, (unsigned long long)all->also_triggered,
                  (unsigned long long)all->triggered_only);
    write_details("Waiting", waiting, out, "to give out %llu, with a moderator %llu",
                  (unsigned long long)all->to_assign, (unsigned long long)all->assigned);
    write_details("Moderated", all->moderated, out, "auditor higher %llu, lower %llu",
                  (unsigned long long)all->higher, (unsigned long long)all->lower);
    write_line("Missed inadequate", all->missed, "", out);
    write_details("To be discussed", all->differ + all->to_answer, out,
                  "reason wanted %llu, auditor's answer wanted %llu",
                  (unsigned long long)all->differ, (unsigned long long)all->to_answer);
    write_line("Disputed", all->disputed, "", out);
    write_details("Decided", all->decided, out, "audit quality wanted %llu",
                  (unsigned long long)all->quality);
    if (all->changed > 0)
        write_line("Changed since", all->changed, "the audit, after it was moderated", out);
    write_details("Late", all->late, out,
                  "over %u days; median %llu, longest %llu of those moderated", status->target_days,
                  (unsigned long long)status->median_lag, (unsigned long long)status->longest_lag);
    write_details("Actions open", all->actions, out,
                  "overdue %llu; audits without an action %llu; re-audits due %llu",
                  (unsigned long long)all->overdue, (unsigned long long)all->no_action,
                  (unsigned long long)all->re_audits);
}

static size_t width_of(const char *heading)
{
    const size_t least = strlen(heading) + 2;
    return least > COUNT_WIDTH ? least : COUNT_WIDTH;
}

static void write_table(const status_table *table, const char *title, buffer *out)
{
    static const char *const headings[] = {"planned", "audits", "picked",  "done",
                                           "higher",  "lower",  "overdue", "no action"};

    buffer_string(out, "\n");
    terminal_padded(out, text_of(title), NAME_WIDTH);
    for (size_t h = 0; h < sizeof headings / sizeof *headings; h++) {
        terminal_repeat(out, ' ', width_of(headings[h]) - strlen(headings[h]));
        buffer_string(out, headings[h]);
    }
    buffer_byte(out, '\n');
    for (size_t r = 0; r < table->count; r++) {
        const status_row *row = &table->rows[r];
        const uint64_t    shown[] = {row->planned, row->audits, row->picked, row->moderated,
                                     row->higher,  row->lower,  row->overdue, row->no_action};
        terminal_padded(out, text_of(*row->name ? row->name : "not recorded"), NAME_WIDTH);
        for (size_t s = 0; s < sizeof shown / sizeof *shown; s++)
            terminal_count(out, shown[s], width_of(headings[s]));
        buffer_byte(out, '\n');
    }
}

void status_write(const moderation_status *status, const char *format, buffer *out)
{
    if (strcmp(format, "csv") == 0) {
        write_csv(status, out);
        return;
    }
    if (strcmp(format, "json") == 0) {
        write_json(status, out);
        return;
    }
    write_all(status, out);
    for (size_t by = 0; by < STATUS_BYS; by++) {
        buffer title = {0};
        buffer_string(&title, "By ");
        buffer_string(&title, titles[by]);
        if (buffer_end(&title))
            write_table(&status->by[by], title.bytes, out);
        out->failed |= title.failed;
        buffer_free(&title);
    }
}
