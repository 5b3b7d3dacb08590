#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/session.h"
#include "base/date.h"
#include "moderation/actions.h"
#include "moderation/agreement.h"
#include "moderation/compare.h"
#include "moderation/draw.h"
#include "moderation/estimate_report.h"
#include "moderation/forecast_report.h"
#include "moderation/import.h"
#include "moderation/pack.h"
#include "moderation/sample_plan.h"
#include "moderation/severity_report.h"
#include "moderation/status.h"

/* What every call opens, and closes again. */
typedef struct {
    assay                          *session;
    const assay_moderation_options *asked;
    moderation_policy              *policy;
    store                          *kept;
    int32_t                         today;
    buffer                          out;
} moderation_call;

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

static bool call_open(moderation_call *call, assay *session,
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

/* Hands out what was written, where all went well, and closes. */
static int call_end(moderation_call *call, bool fine, assay_write write, void *user)
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

static bool is_form(assay *session, const char *format)
{
    static const char *const known[] = {"csv", "html"};
    return is_format(session, format, known, 2, "csv or html");
}

static bool is_report(assay *session, const char *format)
{
    static const char *const known[] = {"table", "csv", "json"};
    return is_format(session, format, known, 3, "table, csv or json");
}

int assay_moderation_pack(assay *session, const assay_moderation_options *options,
                          const char *format, assay_write write, void *user, uint64_t *audits)
{
    moderation_call call;
    pack_made       made = {0};

    if (!session_is_open(session) || !is_form(session, format))
        return ASSAY_REFUSED;
    if (!options || !options->moderator) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "a pack is for somebody; name the moderator with --moderator");
        return ASSAY_REFUSED;
    }
    bool fine = call_open(&call, session, options, true);
    if (fine)
        fine = pack_make(call.kept,
                         &(pack_request){.moderator = options->moderator,
                                         .pack = options->pack,
                                         .most = options->most,
                                         .format = format,
                                         .policy = call.policy,
                                         .library = session->library},
                         &call.out, &made, &session->errors);
    if (fine && made.audits > 0)
        error_add(&session->errors, FAULT_NOTICE, NULL, 0, 0,
                  "%s has %zu %s; %zu more wait, and %zu that %s may not take", made.pack,
                  made.audits, made.audits == 1 ? "audit" : "audits", made.left, made.not_theirs,
                  options->moderator);
    else if (fine)
        error_add(
            &session->errors, FAULT_NOTICE, NULL, 0, 0,
            "no audit waits that %s may take (%zu wait for somebody else); draw a sample first",
            options->moderator, made.not_theirs);
    if (audits)
        *audits = made.audits;
    return call_end(&call, fine, write, user);
}

/* ---- What comes back -------------------------------------------------------------- */

typedef bool (*import_kind)(store *kept, const record_source *source, const import_request *request,
                            buffer *rejected, import_made *made, error_list *errors);

/* A column that only one kind of file has. */
static const struct {
    const char *field;
    import_kind take;
} kinds[] = {
    {"question_id", import_pack},
    {"reason_code", import_decisions},
    {"owner_role", import_actions},
};

/* NULL and a message where it is none of them. */
static import_kind kind_of(assay *session, const record_source *source)
{
    records    *opened = records_open(source, NULL, &session->errors);
    import_kind found = NULL;

    for (size_t k = 0; opened && !found && k < sizeof kinds / sizeof *kinds; k++)
        if (records_find(opened, text_of(kinds[k].field)) != COLUMN_NONE)
            found = kinds[k].take;
    if (opened && !found)
        error_add(&session->errors, FAULT_USAGE, records_name(opened), 1, 0,
                  "the file is no pack, comparison or sheet of actions; none of the columns "
                  "question_id, reason_code, owner_role is there");
    records_close(opened);
    return found;
}

int assay_moderation_import(assay *session, const assay_input *input,
                            const assay_moderation_options *options, assay_write rejected,
                            void *user, assay_import_totals *totals)
{
    const record_source source = {input->bytes ? NULL : input->path, input->bytes, input->size,
                                  input->name};
    moderation_call     call;
    import_made         made = {0};

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    const import_kind take = kind_of(session, &source);
    if (!take)
        return session_status(session);
    bool fine = call_open(&call, session, options, true);
    if (fine)
        fine =
            take(call.kept, &source, &(import_request){call.policy, session->library, call.today},
                 &call.out, &made, &session->errors);
    if (totals)
        *totals = (assay_import_totals){made.audits, made.recorded, made.same,  made.handed_back,
                                        made.open,   made.agreed,   made.differ};
    const int status = call_end(&call, fine, rejected, user);
    return status == ASSAY_FINE && made.handed_back > 0 ? ASSAY_FOUND : status;
}

/* ---- What goes out ---------------------------------------------------------------- */

int assay_moderation_compare(assay *session, const assay_moderation_options *options,
                             const char *format, assay_write write, void *user)
{
    moderation_call call;
    size_t          count = 0;

    if (!is_form(session, format))
        return ASSAY_REFUSED;
    bool fine = call_open(&call, session, options, true);
    if (fine)
        fine =
            compare_write(call.kept, &(compare_request){call.asked->moderator, format, call.policy},
                          &call.out, &count, &session->errors);
    if (fine)
        error_add(&session->errors, FAULT_NOTICE, NULL, 0, 0, "%zu moderated %s for somebody",
                  count, count == 1 ? "audit waits" : "audits wait");
    return call_end(&call, fine, write, user);
}

int assay_moderation_actions(assay *session, const assay_moderation_options *options,
                             assay_write write, void *user)
{
    moderation_call call;
    size_t          count = 0;
    bool            fine = call_open(&call, session, options, false);

    if (fine)
        fine = actions_write(call.kept, call.policy, &call.out, &count, &session->errors);
    return call_end(&call, fine, write, user);
}

/* The days that were asked for: a month, or from and to; DRAW_ANY_DAY where not. */
static bool read_days(moderation_call *call, int32_t *from, int32_t *to)
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

/* The days of a filter, as the store has dates. */
typedef struct {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
} filter_days;

static bool read_filter(moderation_call *call, filter_days *days, store_filter *filter)
{
    const assay_moderation_options *asked = call->asked;
    int32_t                         from, to;

    if (!read_days(call, &from, &to))
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
    return true;
}

int assay_moderation_agreement(assay *session, const assay_moderation_options *options,
                               const char *format, assay_write write, void *user)
{
    moderation_call      call;
    moderation_agreement compared = {0};
    filter_days          days;
    agreement_request    request = {0};

    if (!is_report(session, format))
        return ASSAY_REFUSED;
    bool fine =
        call_open(&call, session, options, false) && read_filter(&call, &days, &request.filter);
    if (fine) {
        request.policy = call.policy;
        request.seed = call.asked->seed;
        request.more = (call.asked->flags & ASSAY_MORE_COEFFICIENTS) != 0;
        fine = agreement_read(call.kept, &request, &compared, &session->errors);
    }
    if (fine)
        agreement_write(&compared, format, &call.out);
    agreement_free(&compared);
    return call_end(&call, fine, write, user);
}

int assay_moderation_status(assay *session, const assay_moderation_options *options,
                            const char *format, assay_write write, void *user)
{
    moderation_call   call;
    moderation_status status = {0};
    filter_days       days;
    status_request    request = {0};

    if (!is_report(session, format))
        return ASSAY_REFUSED;
    bool fine =
        call_open(&call, session, options, false) && read_filter(&call, &days, &request.filter);
    if (fine) {
        request.today = call.today;
        request.policy = call.policy;
        fine = status_read(call.kept, &request, &status, &session->errors);
    }
    if (fine)
        status_write(&status, format, &call.out);
    status_free(&status);
    return call_end(&call, fine, write, user);
}

/* ---- The sample --------------------------------------------------------------------- */

int assay_moderation_sample(assay *session, const assay_moderation_options *options,
                            const uint64_t *seed, unsigned flags, const char *format,
                            assay_write write, void *user)
{
    const bool      rehearsal = flags & ASSAY_SAMPLE_REHEARSE;
    moderation_call call;
    draw_made       made = {0};
    draw_request    request = {.rehearsal = rehearsal};

    if (!is_report(session, format))
        return ASSAY_REFUSED;
    bool fine = call_open(&call, session, options, !rehearsal) &&
                read_days(&call, &request.from, &request.to);
    if (fine) {
        request.policy = call.policy;
        request.seed = seed ? *seed : draw_any_seed();
        fine = draw_make(call.kept, &request, &made, &session->errors);
    }
    if (fine)
        draw_write(&made, &request, format, &call.out);
    const bool lacking = made.unmoderated > 0;
    draw_free(&made);
    const int status = call_end(&call, fine, write, user);
    return status == ASSAY_FINE && lacking ? ASSAY_FOUND : status;
}

int assay_moderation_plan(assay *session, const assay_moderation_options *options,
                          const char *format, assay_write write, void *user)
{
    moderation_call call;
    moderation_plan plan = {0};
    plan_request    request = {0};

    if (!is_report(session, format))
        return ASSAY_REFUSED;
    bool fine =
        call_open(&call, session, options, false) && read_days(&call, &request.from, &request.to);
    if (fine) {
        request.policy = call.policy;
        fine = sample_plan_make(call.kept, &request, &plan, &session->errors);
    }
    if (fine)
        sample_plan_write(&plan, &request, format, &call.out);
    sample_plan_free(&plan);
    return call_end(&call, fine, write, user);
}

int assay_moderation_estimate(assay *session, const assay_moderation_options *options,
                              const char *format, assay_write write, void *user)
{
    moderation_call     call;
    moderation_estimate reckoned = {0};
    filter_days         days;
    store_filter        filter = {0};

    if (!is_report(session, format))
        return ASSAY_REFUSED;
    bool fine =
        call_open(&call, session, options, false) && read_filter(&call, &days, &filter) &&
        moderation_estimate_read(call.kept, &filter, LEVEL_NONE, &reckoned, &session->errors);
    if (fine)
        moderation_estimate_write(&reckoned, format, &call.out);
    moderation_estimate_free(&reckoned);
    return call_end(&call, fine, write, user);
}

int assay_moderation_severity(assay *session, const assay_moderation_options *options,
                              const char *format, assay_write write, void *user)
{
    moderation_call     call;
    moderation_severity fitted = {0};
    filter_days         days;
    store_filter        filter = {0};

    if (!session_is_open(session) || !is_report(session, format))
        return ASSAY_REFUSED;
    bool fine =
        call_open(&call, session, options, false) && read_filter(&call, &days, &filter) &&
        moderation_severity_read(call.kept, session->library, &filter, &fitted, &session->errors);
    if (fine)
        moderation_severity_write(&fitted, format, &call.out);
    moderation_severity_free(&fitted);
    return call_end(&call, fine, write, user);
}

/* ---- Where it is going ----------------------------------------------------------------- */

enum { BOARDS_MOST = 24, BOARDS_USUAL = 3, BOARD_EVERY = 42 }; /* days */

static int by_day(const void *a, const void *b)
{
    const int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;
    return (one > other) - (one < other);
}

/* "31/03/2027, 12/05/2027": how many days; 0, and said, where one is none. */
static size_t read_boards(assay *session, const char *written, int32_t today,
                          int32_t boards[BOARDS_MOST])
{
    size_t count = 0;

    for (; !written && count < BOARDS_USUAL; count++)
        boards[count] = today + (int32_t)(count + 1) * BOARD_EVERY;
    while (written && *written && count < BOARDS_MOST) {
        const size_t size = strcspn(written, ",;");
        const text   day = text_trim((text){written, size});
        if (!date_read(day.at, day.size, &boards[count])) {
            error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                      "\"%.*s\" is not a date; write dates as dd/mm/yyyy, several with a comma",
                      (int)(day.size < 60 ? day.size : 60), day.at);
            return 0;
        }
        count++;
        written += size + (written[size] != '\0');
    }
    if (count == 0)
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "no date is given; write dates as dd/mm/yyyy, several with a comma");
    qsort(boards, count, sizeof *boards, by_day);
    return count;
}

int assay_forecast(assay *session, const assay_moderation_options *options, const char *target,
                   const char *dates, const char *format, assay_write write, void *user)
{
    moderation_call     call;
    moderation_forecast told = {0};
    filter_days         days;
    int32_t             boards[BOARDS_MOST];
    forecast_request    request = {.target = target, .dates = boards};

    if (!is_report(session, format))
        return ASSAY_REFUSED;
    if (!target) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "no target is given; name one: --target \"good or better >= 70%%\"");
        return ASSAY_REFUSED;
    }
    bool fine =
        call_open(&call, session, options, false) && read_filter(&call, &days, &request.filter);
    if (fine) {
        request.date_count = read_boards(session, dates, call.today, boards);
        fine = request.date_count > 0 &&
               moderation_forecast_read(call.kept, &request, &told, &session->errors);
    }
    if (fine)
        moderation_forecast_write(&told, format, &call.out);
    moderation_forecast_free(&told);
    return call_end(&call, fine, write, user);
}
