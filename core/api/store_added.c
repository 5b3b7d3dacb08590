/* Files into the store, of whatever kind. */
#include <stdlib.h>
#include <string.h>

#include "api/spool.h"
#include "api/store_add.h"

void add_totals(assay_add_totals *to, const assay_add_totals *more)
{
    to->rows += more->rows;
    to->added += more->added;
    to->revised += more->revised;
    to->same += more->same;
    to->rejected += more->rejected;
}

void say_totals(page *out, const char *of, const assay_add_totals *totals)
{
    page_say(out, "%s: rows %llu = added %llu + revised %llu + the same %llu + rejected %llu\n", of,
             (unsigned long long)totals->rows, (unsigned long long)totals->added,
             (unsigned long long)totals->revised, (unsigned long long)totals->same,
             (unsigned long long)totals->rejected);
}

/* Files that Assay wrote, by headings that no spreadsheet of audits has, and what to do with them. Taken for
 * audits they would put revisions without answers over the records that they are about. */
static const struct {
    const char *headings[2]; /* "": none */
    const char *what;
} written_here[] = {
    {{"question_id", ""},
     "is a moderator's pack, not audits; take it in with assay moderation import FILE"},
    {{"reason_code", ""},
     "is a comparison of grades, not audits; take it in with assay moderation import FILE"},
    {{"recorded_at", "row_hash"},
     "is a list that Assay wrote; add the spreadsheet that its audits came from"},
    {{"recorded_at", "recorded_by"},
     "is a list that Assay wrote; add the spreadsheet that it came from"},
    {{"judgement", "failed_requirements"},
     "is what assay grade wrote; add the spreadsheet that was graded"},
};

/* False, and said, where the file is one of them. */
static bool is_not_written_here(assay *session, const assay_input *input)
{
    records     *opened = session_records(session, input);
    const char  *what = NULL;
    const size_t count = sizeof written_here / sizeof written_here[0];

    for (size_t w = 0; opened && !what && w < count; w++) {
        const char *const *headings = written_here[w].headings;
        if (records_find(opened, text_of(headings[0])) != COLUMN_NONE &&
            (!*headings[1] || records_find(opened, text_of(headings[1])) != COLUMN_NONE))
            what = written_here[w].what;
    }
    if (what)
        error_add(&session->errors, FAULT_USAGE, records_name(opened), 0, 0, "%s", what);
    const bool fine = opened && !what;
    records_close(opened);
    return fine;
}

/* The kind that was asked for, else the one whose headings the file has. */
static int add_one(assay *session, const assay_input *input, const char *kind,
                   const kept_cells *keep, page *out, assay_add_totals *totals)
{
    const sheet_kind *sheet = kind ? sheet_kind_named(kind) : sheet_kind_of(session, input);

    if (sheet)
        return store_add_sheet(session, sheet, input, out, totals);
    if (session_status(session) == ASSAY_FAILED)
        return ASSAY_FAILED; /* it could not be opened */
    if (!kind && !is_not_written_here(session, input))
        return session_status(session);
    return session_is_open(session) ? store_add_audits(session, input, keep, out, totals)
                                    : ASSAY_REFUSED;
}

static bool kind_is_known(assay *session, const char *kind)
{
    if (!kind || strcmp(kind, "audits") == 0 || sheet_kind_named(kind))
        return true;
    error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" is no kind that is added; take audits, planned, indicators or actions", kind);
    return false;
}

int assay_keep_field(assay *session, const char *field)
{
    folders_add(session, &session->kept_fields, field);
    return session_status(session);
}

/* The child's pseudonym, where a file has it, and what the caller asked for. */
static wanted_field *wanted_fields(const assay *session, kept_cells *keep)
{
    const folder_list *asked = &session->kept_fields;
    wanted_field      *fields = calloc(asked->count + 1, sizeof *fields);

    if (!fields)
        return NULL;
    fields[0] = (wanted_field){"child_ref", false};
    for (size_t k = 0; k < asked->count; k++)
        fields[k + 1] = (wanted_field){asked->items[k], true};
    *keep = (kept_cells){fields, asked->count + 1};
    return fields;
}

static int add_all(assay *session, const assay_input *inputs, size_t count, const char *kind,
                   const kept_cells *keep, page *out, assay_add_totals *totals)
{
    int worst = ASSAY_FINE;

    for (size_t i = 0; i < count && worst <= ASSAY_FOUND; i++) {
        const int status = add_one(session, &inputs[i], kind, keep, out, totals);
        worst = status > worst ? status : worst;
    }
    if (count > 1 && worst <= ASSAY_FOUND)
        say_totals(out, "in all", totals);
    return out->failed ? ASSAY_FAILED : worst;
}

int assay_add_to_store(assay *session, const assay_input *inputs, size_t count, const char *kind,
                       assay_write write, void *user, assay_add_totals *totals)
{
    assay_add_totals counted = {0};
    kept_cells       keep;
    spool            spooled = {0};
    page             out = {.to = {write, user}};
    int              status = ASSAY_FAILED;

    if (!kind_is_known(session, kind))
        return ASSAY_REFUSED;
    wanted_field *wanted = wanted_fields(session, &keep);
    if (!wanted)
        error_memory(&session->errors);
    else if (spool_inputs(&spooled, &inputs, count, &session->errors))
        status = add_all(session, inputs, count, kind, &keep, &out, &counted);
    spool_free(&spooled);
    free(wanted);
    if (totals)
        *totals = counted;
    return status;
}
