/* What moderation says: agreement, severity, the corrected figure, the forecast. */
#include <stdlib.h>
#include <string.h>

#include "api/moderation_call.h"
#include "moderation/agreement.h"
#include "moderation/estimate_report.h"
#include "moderation/forecast_report.h"
#include "moderation/severity_report.h"

int assay_moderation_agreement(assay *session, const assay_moderation_options *options,
                               const char *format, assay_write write, void *user)
{
    moderation_call      call;
    moderation_agreement compared = {0};
    filter_days          days;
    agreement_request    request = {0};

    if (!moderation_is_report(session, format))
        return ASSAY_REFUSED;
    bool fine = moderation_call_open(&call, session, options, false) &&
                moderation_read_filter(&call, &days, &request.filter);
    if (fine) {
        request.policy = call.policy;
        request.seed = call.asked->seed;
        request.more = (call.asked->flags & ASSAY_MORE_COEFFICIENTS) != 0;
        fine = agreement_read(call.kept, &request, &compared, &session->errors);
    }
    if (fine)
        agreement_write(&compared, format, &call.out);
    agreement_free(&compared);
    return moderation_call_end(&call, fine, write, user);
}

int assay_moderation_estimate(assay *session, const assay_moderation_options *options,
                              const char *format, assay_write write, void *user)
{
    moderation_call     call;
    moderation_estimate reckoned = {0};
    filter_days         days;
    store_filter        filter = {0};

    if (!moderation_is_report(session, format))
        return ASSAY_REFUSED;
    bool fine =
        moderation_call_open(&call, session, options, false) &&
        moderation_read_filter(&call, &days, &filter) &&
        moderation_estimate_read(call.kept, &filter, LEVEL_NONE, &reckoned, &session->errors);
    if (fine)
        moderation_estimate_write(&reckoned, format, &call.out);
    moderation_estimate_free(&reckoned);
    return moderation_call_end(&call, fine, write, user);
}

int assay_moderation_severity(assay *session, const assay_moderation_options *options,
                              const char *format, assay_write write, void *user)
{
    moderation_call     call;
    moderation_severity fitted = {0};
    filter_days         days;
    store_filter        filter = {0};

    if (!session_is_open(session) || !moderation_is_report(session, format))
        return ASSAY_REFUSED;
    bool fine =
        moderation_call_open(&call, session, options, false) &&
        moderation_read_filter(&call, &days, &filter) &&
        moderation_severity_read(call.kept, session->library, &filter, &fitted, &session->errors);
    if (fine)
        moderation_severity_write(&fitted, format, &call.out);
    moderation_severity_free(&fitted);
    return moderation_call_end(&call, fine, write, user);
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

    if (!moderation_is_report(session, format))
        return ASSAY_REFUSED;
    if (!target) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "no target is given; name one: --target \"good or better >= 70%%\"");
        return ASSAY_REFUSED;
    }
    bool fine = moderation_call_open(&call, session, options, false) &&
                moderation_read_filter(&call, &days, &request.filter);
    if (fine) {
        request.date_count = read_boards(session, dates, call.today, boards);
        fine = request.date_count > 0 &&
               moderation_forecast_read(call.kept, &request, &told, &session->errors);
    }
    if (fine)
        moderation_forecast_write(&told, format, &call.out);
    moderation_forecast_free(&told);
    return moderation_call_end(&call, fine, write, user);
}
