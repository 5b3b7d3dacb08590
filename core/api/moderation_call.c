#include "api/moderation_call.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "moderation/draw.h"

/* A date of the options; `otherwise` where it is not given. */
static bool read_day(assay *session, const char *written, int32_t otherwise, int32_t *day)
{
    *day = otherwise;
    if (!written || date_read(written, strlen(written), day))
        return true;
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" is not a date; write dates as dd/mm/yyyy", written);
    return false;
}

bool moderation_call_open(moderation_call *call, assay *session,
                          const assay_moderation_options *options, bool to_write)
{
    static const assay_moderation_options none = {.struct_size = sizeof none};

    *call = (moderation_call){.session = session, .asked = options ? options : &none};
    if (!read_day(session, call->asked->today, (int32_t)(time(NULL) / 86400), &call->today))
        return false;
    call->policy = session_policy(session, call->asked->policy);
    call->kept = call->policy ? session_store(session, to_write) : NULL;
    return call->kept != NULL;
}

int moderation_call_end(moderation_call *call, bool fine, assay_write write, void *user)
{
    fine = fine && (!call->out.failed || error_memory(&call->session->errors));
    int status = fine ? ASSAY_FINE : session_status(call->session);

    if (fine && call->out.size > 0 && write && write(user, call->out.bytes, call->out.size) != 0)
        status = ASSAY_FAILED;
    moderation_policy_free(call->policy);
    buffer_free(&call->out);
    return status;
}

/* Whether the format is one of two or three; said where it is not. */
static bool is_format(assay *session, const char *format, const char *const *known, size_t count,
                      const char *all)
{
    for (size_t f = 0; f < count; f++)
        if (strcmp(format, known[f]) == 0)
            return true;
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0, "\"%s\" is not a format here; take %s",
              format, all);
    return false;
}

bool moderation_is_form(assay *session, const char *format)
{
    static const char *const known[] = {"csv", "html"};
    return is_format(session, format, known, 2, "csv or html");
}

bool moderation_is_report(assay *session, const char *format)
{
    static const char *const known[] = {"table", "csv", "json"};
    return is_format(session, format, known, 3, "table, csv or json");
}

bool moderation_read_days(moderation_call *call, int32_t *from, int32_t *to)
{
    const assay_moderation_options *asked = call->asked;
    char                            first[DATE_TEXT_SIZE];

    if (!read_day(call->session, asked->from, DRAW_ANY_DAY, from) ||
        !read_day(call->session, asked->to, DRAW_ANY_DAY, to))
        return false;
    if (asked->from && asked->to && *to < *from) {
        error_add(&call->session->errors, FAULT_USAGE, NULL, 0, 0, "%s is after %s; exchange them",
                  asked->from, asked->to);
        return false;
    }
    if (!asked->month)
        return true;
    if (asked->from || asked->to) {
        error_add(&call->session->errors, FAULT_USAGE, NULL, 0, 0,
                  "a month was named, and days as well; name either");
        return false;
    }
    const int size = snprintf(first, sizeof first, "%s-01", asked->month);
    if (strlen(asked->month) != strlen("2026-06") || size < 0 ||
        !date_read(first, (size_t)size, from)) {
        error_add(&call->session->errors, FAULT_USAGE, NULL, 0, 0,
                  "\"%s\" is not a month; write it like 2026-06", asked->month);
        return false;
    }
    *to = assay_add_months(*from, 1) - 1;
    return true;
}

static void add_audits(void *user, const store_counted *counted)
{
    *(uint64_t *)user += counted->audits;
}

/* Says so where the store knows no audit under a name: a slip of the keyboard looks like a team without
 * audits. */
static bool look_for(moderation_call *call, const char *what, const char *name,
                     const store_filter *filter)
{
    uint64_t audits = 0;

    if (!name || !*name)
        return true;
    if (!store_count_audits(call->kept, filter, add_audits, &audits, &call->session->errors))
        return false;
    if (audits == 0)
        error_add(&call->session->errors, FAULT_NOTICE, NULL, 0, 0,
                  "the store has no audit of the %s \"%s\"; see that it is written as there", what,
                  name);
    return true;
}

bool moderation_read_filter(moderation_call *call, filter_days *days, store_filter *filter)
{
    const assay_moderation_options *asked = call->asked;
    int32_t                         from, to;

    if (!moderation_read_days(call, &from, &to))
        return false;
    if (from != DRAW_ANY_DAY)
        date_write(from, days->from);
    if (to != DRAW_ANY_DAY)
        date_write(to, days->to);
    *filter = (store_filter){.from = from != DRAW_ANY_DAY ? days->from : NULL,
                             .to = to != DRAW_ANY_DAY ? days->to : NULL,
                             .team = asked->team,
                             .auditor = asked->auditor,
                             .practice_area = asked->area};
    return look_for(call, "team", asked->team, &(store_filter){.team = asked->team}) &&
           look_for(call, "auditor", asked->auditor, &(store_filter){.auditor = asked->auditor}) &&
           look_for(call, "practice area", asked->area,
                    &(store_filter){.practice_area = asked->area});
}
