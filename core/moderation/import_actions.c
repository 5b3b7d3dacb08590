#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/actions.h"
#include "moderation/import_row.h"

typedef struct {
    store                *kept;
    const import_request *asked;
    moderation_cases      cases;
    action_list           actions;
    records_sheet         sheet;
    buffer               *rejected;
    import_made          *made;
    error_list           *errors;
} action_import;

typedef struct {
    import_row   in;
    store_action given;
    char         due[DATE_TEXT_SIZE];
    char         closed[DATE_TEXT_SIZE];
    char         re_audit_due[DATE_TEXT_SIZE];
} action_row;

static void read_day(action_row *at, int field, char out[DATE_TEXT_SIZE])
{
    const char *written = row_said(&at->in, field);
    int32_t     day;

    *out = '\0';
    if (!*written)
        return;
    if (date_read(written, strlen(written), &day))
        date_write(day, out);
    else
        row_refuse(&at->in, field, "\"%s\" is not a date; write dates as dd/mm/yyyy", written);
}

/* The action of that number, or of the same words, that the audit has; NULL: it is new. */
static const store_action *known_action(const action_import *work, const action_row *at)
{
    for (size_t a = 0; a < work->actions.count; a++) {
        const store_action *one = &work->actions.items[a];
        if (strcmp(one->audit_id, at->given.audit_id) != 0)
            continue;
        if (at->given.number > 0 ? one->number == at->given.number
                                 : text_same(text_of(one->what), text_of(at->given.what)))
            return one;
    }
    return NULL;
}

static void read_number(action_import *work, action_row *at)
{
    const char *written = row_said(&at->in, ACTION_NUMBER);
    char       *end = NULL;

    if (!*written)
        return;
    errno = 0;
    const long number = strtol(written, &end, 10);
    if (errno || *end || number < 1 || number > 1000000) {
        row_refuse(&at->in, ACTION_NUMBER,
                   "\"%s\" is not the number of an action; leave it empty for a new one", written);
        return;
    }
    at->given.number = number;
    if (!known_action(work, at))
        row_refuse(&at->in, ACTION_NUMBER,
                   "the audit has no action %ld; leave the number empty for a new one", number);
}

static void read_row(action_import *work, action_row *at)
{
    if (at->in.row->fault) {
        row_refuse(&at->in, ACTION_AUDIT_ID, "the record %s", at->in.row->fault);
        return;
    }
    at->given = (store_action){
        .audit_id = row_said(&at->in, ACTION_AUDIT_ID),
        .what = row_said(&at->in, ACTION_WHAT),
        .owner_role = row_said(&at->in, ACTION_OWNER_ROLE),
        .due = at->due,
        .closed = at->closed,
        .evidence = row_said(&at->in, ACTION_EVIDENCE),
        .re_audit_due = at->re_audit_due,
    };
    if (!moderation_case_of(&work->cases, at->given.audit_id)) {
        row_refuse(&at->in, ACTION_AUDIT_ID,
                   "the store has no such audit; check the column audit_id");
        return;
    }
    read_number(work, at);
    read_day(at, ACTION_DUE, at->due);
    read_day(at, ACTION_CLOSED, at->closed);
    read_day(at, ACTION_RE_AUDIT_DUE, at->re_audit_due);
    if (!*at->given.owner_role)
        row_refuse(&at->in, ACTION_OWNER_ROLE, "nobody owns the action; write a role, not a name");
    if (!*row_said(&at->in, ACTION_DUE))
        row_refuse(&at->in, ACTION_DUE, "the action has no due day; write it as dd/mm/yyyy");
    if (*at->closed && !*at->given.evidence)
        row_refuse(&at->in, ACTION_EVIDENCE,
                   "it is closed without evidence; write what shows that it was done");
    if (!*at->closed)
        return;
    char today[DATE_TEXT_SIZE];
    date_write(work->asked->today, today);
    if (strcmp(at->closed, today) > 0)
        row_refuse(&at->in, ACTION_CLOSED,
                   "\"%s\" is still to come; write the day on which it was done",
                   row_said(&at->in, ACTION_CLOSED));
}

static bool record(action_import *work, action_row *at)
{
    const store_action *known = known_action(work, at);
    store_outcome       outcome;

    if (known)
        at->given.number = known->number;
    else if (!store_next_action(work->kept, at->given.audit_id, &at->given.number, work->errors))
        return false;
    if (!store_put_action(work->kept, &at->given, &outcome, work->errors))
        return false;
    if (outcome == STORE_SAME)
        work->made->same++;
    else
        work->made->recorded++;
    return true;
}

/* A row that says neither what is to be done nor by whom is the empty form. */
static bool says_nothing(const records_row *row)
{
    return !row->fault && !*row->cells[ACTION_WHAT];
}

static void hand_back(action_import *work, const action_row *at)
{
    row_hand_back(&at->in, work->rejected);
    work->made->handed_back++;
}

static bool take_rows(action_import *work)
{
    bool fine = true;

    for (size_t r = 0; fine && r < work->sheet.count; r++) {
        action_row at = {
            .in = {.sheet = &work->sheet, .row = &work->sheet.rows[r], .errors = work->errors}};
        work->made->audits++;
        if (says_nothing(at.in.row)) {
            work->made->open++;
            continue;
        }
        read_row(work, &at);
        if (at.in.wrong)
            hand_back(work, &at);
        else
            fine = record(work, &at);
        fine = row_end(&at.in) && fine;
    }
    return fine;
}

bool import_actions(store *kept, const record_source *source, const import_request *request,
                    buffer *rejected, import_made *made, error_list *errors)
{
    action_import work = {
        .kept = kept, .asked = request, .rejected = rejected, .made = made, .errors = errors};

    *made = (import_made){0};
    bool fine =
        records_sheet_read(&work.sheet, source, action_columns, 1, ACTION_COLUMNS, errors) &&
        moderation_cases_read(kept, NULL, &work.cases, errors) &&
        actions_read(kept, NULL, &work.actions, errors) && store_begin(kept, errors);
    if (fine) {
        fine = take_rows(&work);
        if (fine)
            fine = store_commit(kept, errors);
        else
            store_rollback(kept);
    }
    moderation_cases_free(&work.cases);
    actions_free(&work.actions);
    records_sheet_free(&work.sheet);
    return fine && (!rejected->failed || error_memory(errors));
}
