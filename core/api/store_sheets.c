/* What is added to a store from small tables: planned audits, figures of the workforce, actions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/met_keys.h"
#include "api/store_add.h"
#include "base/date.h"
#include "writing/buffer.h"

enum { FIELDS_MAX = 8, PLANNED_MAX = 100000 };

/* One row under way. */
typedef struct {
    assay               *session;
    store               *kept;
    const records_sheet *sheet;
    const records_row   *row;
    met_keys            *met; /* of the file's rows */
    arena                memory;
} sheet_row;

struct sheet_kind {
    const char *name;
    const char *fields[FIELDS_MAX];
    size_t      required; /* the first ones; a file of this kind has them */
    size_t      count;
    bool (*put)(sheet_row *at, store_outcome *outcome);
};

/* ---- Cells ------------------------------------------------------------------------------- */

/* Says what is wrong with a said. Always false. */
static bool refuse(sheet_row *at, size_t field, const char *what)
{
    error_add(&at->session->errors, FAULT_USAGE, at->sheet->name, at->row->line,
              at->sheet->columns[field], "%s \"%.60s\" %s", at->sheet->fields[field],
              at->row->cells[field], what);
    return false;
}

static bool needs(sheet_row *at, size_t field)
{
    return *at->row->cells[field] || refuse(at, field, "is empty; say what it is");
}

static const char *kept_date(sheet_row *at, int32_t day, size_t size)
{
    char written[DATE_TEXT_SIZE];

    date_write(day, written);
    return arena_text(&at->memory, written, size);
}

/* "2026-06", a day of the month, or what a spreadsheet makes of it: "Jun-26", "June 2026". */
static bool read_month(sheet_row *at, size_t field, const char **out)
{
    static const char *const before[] = {"", "", "01-", "1 ", "01/"};
    static const char *const after[] = {"", "-01", "", "", ""};
    const char              *said = at->row->cells[field];
    int32_t                  day;

    for (size_t form = 0; form < sizeof before / sizeof before[0]; form++) {
        char      whole[64];
        const int size = snprintf(whole, sizeof whole, "%s%s%s", before[form], said, after[form]);
        if (size < (int)sizeof whole && date_read(whole, (size_t)size, &day))
            return (*out = kept_date(at, day, sizeof "2026-06" - 1)) != NULL ||
                   error_memory(&at->session->errors);
    }
    return refuse(at, field, "is not a month; write it as 2026-06");
}

static bool read_day(sheet_row *at, size_t field, const char **out)
{
    const char *said = at->row->cells[field];
    int32_t     day;

    *out = "";
    if (!*said)
        return true;
    if (!date_read(said, strlen(said), &day))
        return refuse(at, field, "is not a date; write it as dd/mm/yyyy");
    return (*out = kept_date(at, day, DATE_TEXT_SIZE - 1)) != NULL ||
           error_memory(&at->session->errors);
}

static bool read_number(sheet_row *at, size_t field, double *out)
{
    return value_read(VALUE_NUMBER, text_of(at->row->cells[field]), NULL, out) == COLUMN_VALUE ||
           refuse(at, field, "is not a number; write a number such as 12 or 12.5");
}

static bool read_count(sheet_row *at, size_t field, int64_t most, int64_t *out)
{
    const char *said = at->row->cells[field];
    char       *end;

    *out = 0;
    if (*said && strlen(said) <= 9 && strspn(said, "0123456789") == strlen(said))
        *out = strtoll(said, &end, 10);
    else
        return refuse(at, field, "is not a whole number; write it in digits, as 12");
    return *out <= most || refuse(at, field, "is too large to be meant");
}

/* False where a row before has the same key, which is told, and another figure: one of them is wrong, and
 * nobody here knows which. The key is the cells `fields` and the month as it was read. */
static bool is_first(sheet_row *at, const char *month, const size_t *fields, size_t count,
                     size_t figure, const char *said)
{
    buffer   key = {0};
    char     what[120];
    uint64_t other = 0;

    buffer_string(&key, month);
    for (size_t f = 0; f < count; f++) {
        buffer_byte(&key, '\n'); /* is in no cell of that kind that anybody means */
        buffer_string(&key, at->row->cells[fields[f]]);
    }
    const bool noted = buffer_end(&key) ? met_keys_note(at->met, key.bytes, said, at->row->line,
                                                        &other, &at->session->errors)
                                        : error_memory(&at->session->errors);
    buffer_free(&key);
    if (!noted || other == 0)
        return noted;
    snprintf(what, sizeof what,
             "is another figure than that of line %llu; keep the one that is right",
             (unsigned long long)other);
    return refuse(at, figure, what);
}

/* ---- Kinds -------------------------------------------------------------------------------- */

static bool is_only_plan(sheet_row *at, const store_planned *entry)
{
    static const size_t key[] = {2, 3, 4};
    char                said[24];

    snprintf(said, sizeof said, "%lld", (long long)entry->count);
    return is_first(at, entry->month, key, sizeof key / sizeof key[0], 1, said);
}

static bool put_planned(sheet_row *at, store_outcome *outcome)
{
    const char *const *cells = at->row->cells;
    store_planned      entry = {.team = cells[2], .auditor = cells[3], .practice_area = cells[4]};

    const bool month = read_month(at, 0, &entry.month);
    const bool count = read_count(at, 1, PLANNED_MAX, &entry.count);
    return month && count && is_only_plan(at, &entry) &&
           store_put_planned(at->kept, &entry, outcome, &at->session->errors);
}

static bool is_only_figure(sheet_row *at, const store_indicator *entry)
{
    static const size_t key[] = {1, 3};
    char                said[40];

    snprintf(said, sizeof said, "%a", entry->value);
    return is_first(at, entry->month, key, sizeof key / sizeof key[0], 2, said);
}

static bool put_indicator(sheet_row *at, store_outcome *outcome)
{
    const char *const *cells = at->row->cells;
    store_indicator    entry = {.name = cells[1], .team = cells[3]};

    const bool month = read_month(at, 0, &entry.month);
    const bool name = needs(at, 1);
    const bool value = read_number(at, 2, &entry.value);
    return month && name && value && is_only_figure(at, &entry) &&
           store_put_indicator(at->kept, &entry, outcome, &at->session->errors);
}

typedef struct {
    text    what;
    int64_t number; /* 0: not found */
} action_search;

static bool see_action(void *user, const store_stamp *stamp, const store_action *entry)
{
    action_search *wanted = user;

    (void)stamp;
    if (text_same(text_of(entry->what), wanted->what))
        wanted->number = entry->number;
    return wanted->number == 0;
}

/* An action without a number is the one of that audit in the same words, or a new one: so that the same
 * file adds nothing. */
static bool number_action(sheet_row *at, store_action *entry)
{
    error_list   *errors = &at->session->errors;
    action_search wanted = {.what = text_of(entry->what)};

    if (!store_each_action(at->kept, &(store_filter){.audit_id = entry->audit_id}, see_action,
                           &wanted, errors))
        return false;
    entry->number = wanted.number;
    return entry->number > 0 ||
           store_next_action(at->kept, entry->audit_id, &entry->number, errors);
}

static bool put_action(sheet_row *at, store_outcome *outcome)
{
    const char *const *cells = at->row->cells;
    store_action       entry = {
              .audit_id = cells[0], .what = cells[1], .owner_role = cells[2], .evidence = cells[5]};
    bool found = false;

    bool fine = needs(at, 0);
    fine &= needs(at, 1);
    fine &= read_day(at, 3, &entry.due);
    fine &= read_day(at, 4, &entry.closed);
    fine &= read_day(at, 6, &entry.re_audit_due);
    fine &= !*cells[7] || read_count(at, 7, PLANNED_MAX, &entry.number);
    if (!fine || !store_has_audit(at->kept, entry.audit_id, &found, &at->session->errors))
        return false;
    if (!found)
        return refuse(at, 0, "is no audit of the store; add its record first");
    return (entry.number > 0 || number_action(at, &entry)) &&
           store_put_action(at->kept, &entry, outcome, &at->session->errors);
}

static const sheet_kind kinds[] = {
    {"planned", {"month", "planned", "team", "auditor", "practice_area"}, 2, 5, put_planned},
    {"indicators", {"month", "indicator", "value", "team"}, 3, 4, put_indicator},
    {"actions",
     {"audit_id", "what", "owner_role", "due", "closed", "evidence", "re_audit_due", "number"},
     4,
     8,
     put_action},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

const sheet_kind *sheet_kind_named(const char *name)
{
    for (size_t k = 0; k < KINDS; k++)
        if (strcmp(kinds[k].name, name) == 0)
            return &kinds[k];
    return NULL;
}

const sheet_kind *sheet_kind_of(assay *session, const assay_input *input)
{
    records          *opened = session_records(session, input);
    const sheet_kind *found = NULL;

    for (size_t k = 0; opened && !found && k < KINDS; k++) {
        size_t there = 0;
        while (there < kinds[k].required &&
               records_find(opened, text_of(kinds[k].fields[there])) != COLUMN_NONE)
            there++;
        if (there == kinds[k].required)
            found = &kinds[k];
    }
    records_close(opened);
    return found;
}

/* ---- A file ---------------------------------------------------------------------------------- */

static void count_outcome(assay_add_totals *counted, store_outcome outcome)
{
    counted->added += outcome == STORE_ADDED;
    counted->revised += outcome == STORE_REVISED;
    counted->same += outcome == STORE_SAME;
}

/* Every row is tried, so that all that is wrong is said at once. */
static void put_rows(assay *session, const sheet_kind *kind, store *kept,
                     const records_sheet *sheet, assay_add_totals *counted)
{
    met_keys met = {0};

    for (size_t r = 0; r < sheet->count; r++) {
        sheet_row     at = {session, kept, sheet, &sheet->rows[r], &met, {0}};
        store_outcome outcome = STORE_SAME;
        bool          put = false;
        if (at.row->fault)
            error_add(&session->errors, FAULT_USAGE, sheet->name, at.row->line, 0, "the record %s",
                      at.row->fault);
        else
            put = kind->put(&at, &outcome);
        counted->rows++;
        if (put)
            count_outcome(counted, outcome);
        else
            counted->rejected++;
        arena_free(&at.memory);
    }
    met_keys_free(&met);
}

/* What the faults since the first `before` come to: a row that is wrong is found, not refused. */
static int status_since(const error_list *errors, size_t before, uint64_t rejected)
{
    const error_list since = {.items = errors->items + before, .count = errors->count - before};
    const int        status = error_exit_status(&since);

    return rejected > 0 && status <= ASSAY_REFUSED ? ASSAY_FOUND : status;
}

static int keep_sheet(assay *session, const sheet_kind *kind, const records_sheet *sheet,
                      assay_add_totals *counted)
{
    const size_t before = session->errors.count;
    store       *kept = session_store(session, true);

    if (!kept || !store_begin(kept, &session->errors))
        return session_status(session);
    put_rows(session, kind, kept, sheet, counted);
    if (counted->rejected == 0)
        store_commit(kept, &session->errors);
    else
        store_rollback(kept);
    const int status = status_since(&session->errors, before, counted->rejected);
    if (status == ASSAY_FOUND)
        error_add(
            &session->errors, FAULT_NOTICE, sheet->name, 0, 0,
            "nothing of it was kept: rows that are wrong %llu of %llu; correct them, and add it "
            "again",
            (unsigned long long)counted->rejected, (unsigned long long)counted->rows);
    return status;
}

/* A table is kept whole or not at all: whoever corrects it adds it again, and what was right the first
 * time is the same then; with half of it kept, nobody would know which half. */
int store_add_sheet(assay *session, const sheet_kind *kind, const assay_input *input, page *out,
                    assay_add_totals *totals)
{
    const record_source source = {.path = input->bytes ? NULL : input->path,
                                  .bytes = input->bytes,
                                  .size = input->size,
                                  .name = input->name};
    records_sheet       sheet = {0};
    assay_add_totals    counted = {0};
    int                 status = ASSAY_FAILED;

    if (records_sheet_read(&sheet, &source, kind->fields, kind->required, kind->count,
                           &session->errors))
        status = keep_sheet(session, kind, &sheet, &counted);
    else
        status = session_status(session);
    if (status == ASSAY_FINE)
        say_totals(out, sheet.name, &counted);
    if (status == ASSAY_FINE)
        add_totals(totals, &counted);
    records_sheet_free(&sheet);
    return out->failed ? ASSAY_FAILED : status;
}
