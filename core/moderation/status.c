#include "moderation/status.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/quality.h"
#include "moderation/re_audits.h"

typedef struct {
    moderation_status    *out;
    const status_request *asked;
    moderation_cases      cases;
    uint64_t             *lags; /* days, of those moderated */
    size_t                lag_count;
    char                  today[DATE_TEXT_SIZE];
    bool                  out_of_memory;
} status_work;

/* ---- Rows ------------------------------------------------------------------------ */

static status_row *add_row(status_work *work, status_table *table, const char *name)
{
    if (table->count == table->capacity) {
        const size_t capacity = table->capacity ? 2 * table->capacity : 16;
        status_row  *rows = reallocarray(table->rows, capacity, sizeof *rows);
        if (!rows)
            return NULL;
        table->rows = rows;
        table->capacity = capacity;
    }
    const char *copy = arena_text(&work->out->memory, name, strlen(name));
    if (!copy)
        return NULL;
    table->rows[table->count] = (status_row){.name = copy};
    return &table->rows[table->count++];
}

/* The row of that name, new where there is none; NULL where memory is out. */
static status_row *row_of(status_work *work, status_by by, const char *name)
{
    status_table *table = &work->out->by[by];

    for (size_t r = 0; r < table->count; r++)
        if (strcmp(table->rows[r].name, name) == 0)
            return &table->rows[r];
    status_row *made = add_row(work, table, name);
    work->out_of_memory |= !made;
    return made;
}

/* The names that an audit is counted under. */
typedef struct {
    const char *names[STATUS_BYS];
    char        month[8];
} row_names;

static row_names names_of(const char *auditor, const char *team, const char *date, const char *area)
{
    row_names made = {
        .names = {[STATUS_BY_AUDITOR] = auditor, [STATUS_BY_TEAM] = team, [STATUS_BY_AREA] = area}};

    if (strlen(date) >= 7)
        memcpy(made.month, date, 7);
    return made;
}

static void add_to(status_row *row, const status_row *one)
{
    row->planned += one->planned;
    row->audits += one->audits;
    row->picked += one->picked;
    row->at_random += one->at_random;
    row->also_triggered += one->also_triggered;
    row->triggered_only += one->triggered_only;
    row->moderated += one->moderated;
    row->higher += one->higher;
    row->lower += one->lower;
    row->missed += one->missed;
    row->to_assign += one->to_assign;
    row->assigned += one->assigned;
    row->differ += one->differ;
    row->to_answer += one->to_answer;
    row->disputed += one->disputed;
    row->decided += one->decided;
    row->quality += one->quality;
    row->changed += one->changed;
    row->late += one->late;
    row->actions += one->actions;
    row->overdue += one->overdue;
    row->no_action += one->no_action;
    row->re_audits += one->re_audits;
}

static void add(status_work *work, const row_names *names, const status_row *one)
{
    add_to(&work->out->all, one);
    for (status_by by = 0; by < STATUS_BYS; by++) {
        status_row *row = row_of(work, by, by == STATUS_BY_MONTH ? names->month : names->names[by]);
        if (row)
            add_to(row, one);
    }
}

/* ---- What is counted --------------------------------------------------------------- */

/* Whole days from one date to another; 0 where either is none or they are the other way round. */
static uint64_t days_between(const char *from, const char *to)
{
    int32_t first, last;

    if (!date_read(from, strlen(from), &first) || !date_read(to, strlen(to), &last) || last < first)
        return 0;
    return (uint64_t)(last - first);
}

static void count_lag(status_work *work, const moderation_case *one, status_row *counted)
{
    const bool     done = one->moderated_revision > 0;
    const uint64_t days = days_between(one->audit_date, done ? one->moderated_on : work->today);

    if (done)
        work->lags[work->lag_count++] = days;
    counted->late = (done || one->picked) && days > work->out->target_days;
}

static void count_grades(const moderation_case *one, status_row *counted)
{
    const int auditor = store_level(one->levels, one->auditor_grade);
    const int moderator = store_level(one->levels, one->practice_grade);

    counted->higher = auditor >= 0 && moderator >= 0 && auditor > moderator;
    counted->lower = auditor >= 0 && moderator >= 0 && auditor < moderator;
    counted->missed = moderator == 0 && auditor > 0;
}

static void count_case(status_work *work, const moderation_case *one)
{
    const moderation_stage stage = moderation_stage_of(one);
    const row_names names = names_of(one->auditor, one->team, one->audit_date, one->practice_area);
    status_row      counted = {
             .picked = one->picked,
             .at_random = one->picked && one->picked_at_random,
             .also_triggered = one->picked && moderation_also_triggered(one),
             .triggered_only = one->picked && !one->picked_at_random,
             .moderated = one->moderated_revision > 0,
             .to_assign = stage == CASE_TO_ASSIGN,
             .assigned = stage == CASE_ASSIGNED,
             .differ = stage == CASE_DIFFERS,
             .to_answer = stage == CASE_TO_ANSWER,
             .disputed = stage == CASE_DISPUTED,
             .decided = stage == CASE_DECIDED,
             .quality = moderation_wants_quality(work->asked->policy, one),
             .changed = one->changed,
    };

    if (one->moderated_revision > 0)
        count_grades(one, &counted);
    if (one->picked || one->moderated_revision > 0)
        count_lag(work, one, &counted);
    add(work, &names, &counted);
}

static void take_counted(void *user, const store_counted *given)
{
    status_work    *work = user;
    const row_names names =
        names_of(given->auditor, given->team, given->month, given->practice_area);

    add(work, &names, &(status_row){.audits = given->audits});
}

static bool take_planned(void *user, const store_stamp *stamp, const store_planned *given)
{
    status_work    *work = user;
    const row_names names =
        names_of(given->auditor, given->team, given->month, given->practice_area);
    (void)stamp;

    add(work, &names, &(status_row){.planned = given->count > 0 ? (uint64_t)given->count : 0});
    return !work->out_of_memory;
}

static void add_of(status_work *work, const moderation_case *one, const status_row *counted)
{
    const row_names names = names_of(one->auditor, one->team, one->audit_date, one->practice_area);
    add(work, &names, counted);
}

static void count_each_action(status_work *work, const action_list *actions)
{
    for (size_t a = 0; a < actions->count; a++) {
        const store_action    *action = &actions->items[a];
        const moderation_case *one = moderation_case_of(&work->cases, action->audit_id);
        if (one)
            add_of(work, one,
                   &(status_row){.actions = !*action->closed,
                                 .overdue = action_is_overdue(action, work->today)});
    }
    for (size_t c = 0; c < work->cases.count; c++)
        if (action_is_missing(actions, work->asked->policy, &work->cases.items[c]))
            add_of(work, &work->cases.items[c], &(status_row){.no_action = 1});
}

static void count_re_audits(status_work *work, const re_audit_list *waiting)
{
    for (size_t r = 0; r < waiting->count; r++) {
        const moderation_case *one = moderation_case_of(&work->cases, waiting->items[r].audit_id);
        if (one && strcmp(waiting->items[r].due, work->today) <= 0)
            add_of(work, one, &(status_row){.re_audits = 1});
    }
}

/* Those of every audit are read: the cases say which are asked about. */
static bool count_actions(status_work *work, store *from, error_list *errors)
{
    action_list   actions;
    re_audit_list waiting = {0};
    const bool    fine = actions_read(from, NULL, &actions, errors) &&
                      re_audits_read(from, &actions, &waiting, errors);

    if (fine) {
        count_each_action(work, &actions);
        count_re_audits(work, &waiting);
    }
    re_audits_free(&waiting);
    actions_free(&actions);
    return fine;
}

/* ---- All of it ------------------------------------------------------------------------ */

static int by_days(const void *a, const void *b)
{
    const uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const status_row *)a)->name, ((const status_row *)b)->name);
}

static void finish(status_work *work)
{
    moderation_status *out = work->out;

    if (work->lag_count > 0) {
        qsort(work->lags, work->lag_count, sizeof *work->lags, by_days);
        out->median_lag = work->lags[(work->lag_count - 1) / 2];
        out->longest_lag = work->lags[work->lag_count - 1];
    }
    for (status_by by = 0; by < STATUS_BYS; by++)
        if (out->by[by].count > 1)
            qsort(out->by[by].rows, out->by[by].count, sizeof *out->by[by].rows, by_name);
}

static bool read_all(status_work *work, store *from, error_list *errors)
{
    const store_filter *filter = &work->asked->filter;
    store_filter        moderated = *filter;

    moderated.in_moderation = true;
    if (!store_count_audits(from, filter, take_counted, work, errors) ||
        !moderation_cases_read_within(from, &moderated, &work->cases, errors))
        return false;
    work->lags = calloc(work->cases.count + 1, sizeof *work->lags);
    if (!work->lags)
        return error_memory(errors);
    for (size_t c = 0; c < work->cases.count; c++)
        count_case(work, &work->cases.items[c]);
    return store_each_planned(from, filter, take_planned, work, errors) &&
           count_actions(work, from, errors) && (!work->out_of_memory || error_memory(errors));
}

bool status_read(store *from, const status_request *request, moderation_status *out,
                 error_list *errors)
{
    status_work work = {.out = out, .asked = request};

    *out =
        (moderation_status){.today = request->today, .target_days = request->policy->target_days};
    date_write(request->today, work.today);
    if (!store_snapshot(from, errors))
        return false;
    const bool fine = read_all(&work, from, errors);
    store_release(from);
    if (fine)
        finish(&work);
    free(work.lags);
    moderation_cases_free(&work.cases);
    return fine;
}

void status_free(moderation_status *status)
{
    for (status_by by = 0; by < STATUS_BYS; by++)
        free(status->by[by].rows);
    arena_free(&status->memory);
    *status = (moderation_status){0};
}
