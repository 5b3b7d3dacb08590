#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <assay/plugin.h>

#include "api/home.h"
#include "api/session.h"
#include "base/date.h"
#include "board/board.h"
#include "forecast/forecast.h"

enum { BETWEEN_MEETINGS = 42 }; /* days: improvement boards meet every six weeks */

static bool refuse(assay *session, const char *what, const char *value)
{
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0, what, value);
    return false;
}

/* A date of the options; `otherwise` where it is not given. */
static bool read_day(assay *session, const char *written, int32_t otherwise, int32_t *day)
{
    *day = otherwise;
    return !written || date_read(written, strlen(written), day) ||
           refuse(session, "\"%s\" is not a date; write dates as dd/mm/yyyy", written);
}

/* The first of the month, a year back: twelve months with the last one. */
static int32_t year_back(int32_t day)
{
    char    written[DATE_TEXT_SIZE];
    int32_t first = day;

    date_write(assay_add_months(day, -11), written);
    memcpy(written + strlen("2026-03"), "-01", sizeof "-01");
    date_read(written, strlen(written), &first);
    return first;
}

static bool read_days(assay *session, const assay_board_options *options, board_request *out)
{
    if (!read_day(session, options->today, (int32_t)(time(NULL) / 86400), &out->today) ||
        !read_day(session, options->to, out->today, &out->to) ||
        !read_day(session, options->from, year_back(out->to), &out->from) ||
        !read_day(session, options->since, out->to - BETWEEN_MEETINGS, &out->since))
        return false;
    if (out->to < out->from)
        return refuse(session, "%s is after the last day; name an earlier one with --from",
                      options->from ? options->from : "the first day");
    if (out->since > out->to)
        return refuse(
            session,
            "the last meeting, %s, is after the last day; name the one before with --since",
            options->since ? options->since : "six weeks ago");
    return true;
}

static bool read_audience(assay *session, const char *audience, bool *plain)
{
    *plain = audience && strcmp(audience, "scrutiny") == 0;
    return !audience || *plain || strcmp(audience, "board") == 0 ||
           refuse(session, "\"%s\" is not an audience; take board or scrutiny", audience);
}

static bool read_target(assay *session, const char *written, const moderation_policy *policy,
                        board_target *out)
{
    forecast_target target;

    if (!written)
        return true;
    if (!forecast_target_read(text_of(written), policy->levels, policy->level_count, &target,
                              &session->errors))
        return false;
    *out = (board_target){true, written, (level)target.level, target.share};
    return true;
}

static workforce *read_workforce(assay *session, const char *named)
{
    const char *path = named ? named : home_workforce(&session->memory);

    if (path)
        return workforce_read(path, &session->errors);
    error_memory(&session->errors);
    return NULL;
}

static int hand_out(assay *session, store *kept, const board_request *request, assay_write write,
                    void *user)
{
    buffer    out = {0};
    const int status =
        board_write(kept, request, &out, &session->errors) ? ASSAY_FINE : session_status(session);
    const bool handed = status != ASSAY_FINE || !write || write(user, out.bytes, out.size) == 0;

    buffer_free(&out);
    return handed ? status : ASSAY_FAILED;
}

int assay_report_board(assay *session, const assay_board_options *options, assay_write write,
                       void *user)
{
    static const assay_board_options none = {.struct_size = sizeof none};
    board_request                    request = {.assay_version = ASSAY_VERSION};
    int                              status = ASSAY_REFUSED;

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    options = options ? options : &none;
    if (!read_audience(session, options->audience, &request.plain) ||
        !read_days(session, options, &request))
        return ASSAY_REFUSED;
    moderation_policy *policy = session_policy(session, options->policy);
    workforce         *staff = policy ? read_workforce(session, options->workforce) : NULL;
    if (staff && read_target(session, options->target, policy, &request.target)) {
        store *kept = session_store(session, false);
        request.policy = policy;
        request.workforce = staff;
        request.library = session->library;
        status = kept ? hand_out(session, kept, &request, write, user) : session_status(session);
    } else {
        status = session_status(session);
    }
    workforce_free(staff);
    moderation_policy_free(policy);
    return status;
}
