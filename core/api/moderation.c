/* The month: the sample, packs, what comes back, comparisons, actions, and where it all stands. */
#include <string.h>

#include "api/moderation_call.h"
#include "moderation/actions.h"
#include "moderation/compare.h"
#include "moderation/draw.h"
#include "moderation/import.h"
#include "moderation/pack.h"
#include "moderation/sample_plan.h"
#include "moderation/status.h"

/* ---- The sample --------------------------------------------------------------------- */

int assay_moderation_sample(assay *session, const assay_moderation_options *options,
                            const uint64_t *seed, unsigned flags, const char *format,
                            assay_write write, void *user)
{
    const bool      rehearsal = flags & ASSAY_SAMPLE_REHEARSE;
    moderation_call call;
    draw_made       made = {0};
    draw_request    request = {.rehearsal = rehearsal};

    if (!moderation_is_report(session, format))
        return ASSAY_REFUSED;
    bool fine = moderation_call_open(&call, session, options, !rehearsal) &&
                moderation_read_days(&call, &request.from, &request.to);
    if (fine) {
        request.policy = call.policy;
        request.seed = seed ? *seed : draw_any_seed();
        fine = draw_make(call.kept, &request, &made, &session->errors);
    }
    if (fine)
        draw_write(&made, &request, format, &call.out);
    const bool lacking = made.unmoderated > 0;
    draw_free(&made);
    const int status = moderation_call_end(&call, fine, write, user);
    return status == ASSAY_FINE && lacking ? ASSAY_FOUND : status;
}

int assay_moderation_plan(assay *session, const assay_moderation_options *options,
                          const char *format, assay_write write, void *user)
{
    moderation_call call;
    moderation_plan plan = {0};
    plan_request    request = {0};

    if (!moderation_is_report(session, format))
        return ASSAY_REFUSED;
    bool fine = moderation_call_open(&call, session, options, false) &&
                moderation_read_days(&call, &request.from, &request.to);
    if (fine) {
        request.policy = call.policy;
        fine = sample_plan_make(call.kept, &request, &plan, &session->errors);
    }
    if (fine)
        sample_plan_write(&plan, &request, format, &call.out);
    sample_plan_free(&plan);
    return moderation_call_end(&call, fine, write, user);
}

/* ---- Packs ------------------------------------------------------------------------ */

static void tell_pack(assay *session, const pack_request *asked, const pack_made *made)
{
    error_list *errors = &session->errors;

    if (made->audits > 0)
        error_add(errors, FAULT_NOTICE, NULL, 0, 0,
                  "%s has %zu %s; %zu more wait, and %zu that %s may not take", made->pack,
                  made->audits, made->audits == 1 ? "audit" : "audits", made->left,
                  made->not_theirs, asked->moderator);
    else if (asked->take_over)
        error_add(errors, FAULT_NOTICE, NULL, 0, 0,
                  "%s has no audit left that %s may take (%zu are of their own or their team's)",
                  asked->take_over, asked->moderator, made->not_theirs);
    else
        error_add(
            errors, FAULT_NOTICE, NULL, 0, 0,
            "no audit waits that %s may take (%zu wait for somebody else); draw a sample first",
            asked->moderator, made->not_theirs);
}

int assay_moderation_pack(assay *session, const assay_moderation_options *options,
                          const char *format, assay_write write, void *user, uint64_t *audits)
{
    return assay_moderation_take_over(session, options, NULL, format, write, user, audits);
}

int assay_moderation_take_over(assay *session, const assay_moderation_options *options,
                               const char *from, const char *format, assay_write write, void *user,
                               uint64_t *audits)
{
    moderation_call call;
    pack_made       made = {0};

    if (!session_is_open(session) || !moderation_is_form(session, format))
        return ASSAY_REFUSED;
    if (!options || !options->moderator || !text_names_somebody(text_of(options->moderator))) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "a pack is for somebody; name the moderator with --moderator");
        return ASSAY_REFUSED;
    }
    bool               fine = moderation_call_open(&call, session, options, true);
    const pack_request request = {.moderator = options->moderator,
                                  .take_over = from,
                                  .pack = options->pack,
                                  .most = options->most,
                                  .format = format,
                                  .policy = call.policy,
                                  .library = session->library};
    fine = fine && pack_make(call.kept, &request, &call.out, &made, &session->errors);
    if (fine)
        tell_pack(session, &request, &made);
    if (audits)
        *audits = made.audits;
    return moderation_call_end(&call, fine, write, user);
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
    bool fine = moderation_call_open(&call, session, options, true);
    if (fine)
        fine =
            take(call.kept, &source, &(import_request){call.policy, session->library, call.today},
                 &call.out, &made, &session->errors);
    if (totals)
        *totals = (assay_import_totals){made.audits, made.recorded, made.same,  made.handed_back,
                                        made.open,   made.agreed,   made.differ};
    const int status = moderation_call_end(&call, fine, rejected, user);
    return status == ASSAY_FINE && made.handed_back > 0 ? ASSAY_FOUND : status;
}

/* ---- What goes out ---------------------------------------------------------------- */

int assay_moderation_compare(assay *session, const assay_moderation_options *options,
                             const char *format, assay_write write, void *user)
{
    moderation_call call;
    size_t          count = 0;

    if (!moderation_is_form(session, format))
        return ASSAY_REFUSED;
    bool fine = moderation_call_open(&call, session, options, true);
    if (fine)
        fine =
            compare_write(call.kept, &(compare_request){call.asked->moderator, format, call.policy},
                          &call.out, &count, &session->errors);
    if (fine)
        error_add(&session->errors, FAULT_NOTICE, NULL, 0, 0, "%zu moderated %s for somebody",
                  count, count == 1 ? "audit waits" : "audits wait");
    return moderation_call_end(&call, fine, write, user);
}

int assay_moderation_actions(assay *session, const assay_moderation_options *options,
                             assay_write write, void *user)
{
    moderation_call call;
    size_t          count = 0;
    bool            fine = moderation_call_open(&call, session, options, false);

    if (fine)
        fine = actions_write(call.kept, call.policy, &call.out, &count, &session->errors);
    return moderation_call_end(&call, fine, write, user);
}

int assay_moderation_status(assay *session, const assay_moderation_options *options,
                            const char *format, assay_write write, void *user)
{
    moderation_call   call;
    moderation_status status = {0};
    filter_days       days;
    status_request    request = {0};

    if (!moderation_is_report(session, format))
        return ASSAY_REFUSED;
    bool fine = moderation_call_open(&call, session, options, false) &&
                moderation_read_filter(&call, &days, &request.filter);
    if (fine) {
        request.today = call.today;
        request.policy = call.policy;
        fine = status_read(call.kept, &request, &status, &session->errors);
    }
    if (fine)
        status_write(&status, format, &call.out);
    status_free(&status);
    return moderation_call_end(&call, fine, write, user);
}
