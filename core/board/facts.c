#include "board/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/re_audits.h"
#include "writing/words.h"

/* ---- The scale ------------------------------------------------------------------- */

const char *facts_label(board_facts *facts, const char *id)
{
    buffer name = {0};

    name_of_id(&name, id);
    const char *label = name.failed ? NULL : arena_text(&facts->memory, name.bytes, name.size);
    buffer_free(&name);
    return label;
}

/* "inadequate|requires_improvement|...": one id after the other. */
static bool split_levels(board_facts *facts)
{
    const char *at = facts->estimated.levels;

    for (size_t l = 0; l < facts->estimated.level_count; l++) {
        const size_t size = strcspn(at, "|");
        facts->ids[l] = arena_text(&facts->memory, at, size);
        if (!facts->ids[l])
            return false;
        at += size + (at[size] == '|');
    }
    return true;
}

/* The scale that most audits of the period are on; the policy's where there are none. */
static bool name_levels(board_facts *facts)
{
    const moderation_policy *policy = facts->asked->policy;
    size_t                   count = facts->estimated.level_count;

    if (count < 2 || count > LEVELS_MAX) {
        count = policy->level_count;
        memcpy(facts->ids, policy->levels, sizeof facts->ids);
    } else if (!split_levels(facts)) {
        return false;
    }
    for (size_t l = 0; l < count; l++)
        if (!(facts->labels[l] = facts_label(facts, facts->ids[l])))
            return false;
    facts->scale = (chart_scale){count, facts->labels};
    /* Without audits the estimate knows no scale, and so no level that is good. */
    const board_target *target = &facts->asked->target;
    const level         good = target->given ? target->good : moderation_estimate_usual_good(count);
    facts->good = good < count ? good : (level)(count - 1);
    return true;
}

level facts_grade(const board_facts *facts, const moderation_case *one)
{
    const char *grade = *one->final_grade ? one->final_grade : one->auditor_grade;

    if (*one->levels && strcmp(one->levels, facts->estimated.levels) != 0)
        return LEVEL_NONE;
    for (size_t l = 0; l < facts->scale.count; l++)
        if (*grade && strcmp(facts->ids[l], grade) == 0)
            return (level)l;
    return LEVEL_NONE;
}

/* ---- Counting --------------------------------------------------------------------- */

/* Dates written so compare as text. */
bool facts_in_period(const board_facts *facts, const moderation_case *one)
{
    return strcmp(one->audit_date, facts->from) >= 0 && strcmp(one->audit_date, facts->to) <= 0;
}

bool facts_is_new(const board_facts *facts, const moderation_case *one)
{
    return strcmp(one->audit_date, facts->since) > 0;
}

void facts_count(const board_facts *facts, board_grades *grades, level grade)
{
    if (grade == LEVEL_NONE)
        return;
    grades->levels[grade]++;
    grades->graded++;
    grades->good += grade >= facts->good;
}

board_row *facts_add_row(board_facts *facts, board_rows *rows, const char *name)
{
    if (rows->count == rows->capacity) {
        const size_t capacity = rows->capacity ? 2 * rows->capacity : 16;
        board_row   *more = reallocarray(rows->rows, capacity, sizeof *more);
        if (!more)
            return NULL;
        rows->rows = more;
        rows->capacity = capacity;
    }
    const char *copy = arena_text(&facts->memory, name, strlen(name));
    if (!copy)
        return NULL;
    rows->rows[rows->count] = (board_row){.name = copy};
    return &rows->rows[rows->count++];
}

static board_row *row_of(board_facts *facts, board_rows *rows, const char *name)
{
    for (size_t r = 0; r < rows->count; r++)
        if (strcmp(rows->rows[r].name, name) == 0)
            return &rows->rows[r];
    return facts_add_row(facts, rows, name);
}

static bool count_under(board_facts *facts, board_rows *rows, const char *name, level grade)
{
    board_row *row = row_of(facts, rows, name);

    if (row) {
        row->audits++;
        facts_count(facts, &row->grades, grade);
    }
    return row != NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const board_row *)a)->name, ((const board_row *)b)->name);
}

static void sort_rows(board_rows *rows)
{
    if (rows->count > 1)
        qsort(rows->rows, rows->count, sizeof *rows->rows, by_name);
}

static void count_pick(board_picks *picks, const moderation_case *one)
{
    if (!one->picked)
        return;
    picks->random += one->picked_at_random;
    picks->random_and_triggered += one->picked_at_random && *one->triggers;
    picks->triggered_alone += !one->picked_at_random;
}

static bool count_grades(board_facts *facts, error_list *errors)
{
    for (size_t c = 0; c < facts->cases.count; c++) {
        const moderation_case *one = &facts->cases.items[c];
        const level            grade = facts_grade(facts, one);
        char                   month[8] = "";
        if (!facts_in_period(facts, one))
            continue;
        facts->audits++;
        count_pick(&facts->picks, one);
        facts->ungraded += grade == LEVEL_NONE;
        facts_count(facts, &facts->all, grade);
        facts_count(facts, facts_is_new(facts, one) ? &facts->after : &facts->before, grade);
        memcpy(month, one->audit_date, 7); /* it is a date: it is of the period */
        if (!count_under(facts, &facts->months, month, grade) ||
            !count_under(facts, &facts->teams, one->team, grade))
            return error_memory(errors);
    }
    sort_rows(&facts->months);
    sort_rows(&facts->teams);
    return true;
}

/* ---- Actions -------------------------------------------------------------------------- */

static void count_action(board_facts *facts, const store_action *action)
{
    board_actions         *counted = &facts->actions;
    const moderation_case *one = moderation_case_of(&facts->cases, action->audit_id);
    int32_t                due;

    counted->all++;
    counted->open += !*action->closed;
    counted->closed_since += *action->closed && strcmp(action->closed, facts->since) > 0 &&
                             strcmp(action->closed, facts->today) <= 0;
    if (!action_is_overdue(action, facts->today))
        return;
    counted->overdue++;
    counted->overdue_lowest += one && facts_grade(facts, one) == 0;
    if (date_read(action->due, strlen(action->due), &due) && due < facts->asked->today) {
        const uint64_t days = (uint64_t)(facts->asked->today - due);
        counted->longest = days > counted->longest ? days : counted->longest;
    }
}

static bool count_actions(store *from, board_facts *facts, error_list *errors)
{
    action_list   actions;
    re_audit_list waiting = {0};
    const bool    fine = actions_read(from, NULL, &actions, errors) &&
                      re_audits_read(from, &actions, &waiting, errors);

    for (size_t a = 0; fine && a < actions.count; a++)
        count_action(facts, &actions.items[a]);
    for (size_t r = 0; fine && r < waiting.count; r++)
        facts->actions.re_audits += strcmp(waiting.items[r].due, facts->today) <= 0;
    re_audits_free(&waiting);
    actions_free(&actions);
    return fine;
}

/* ---- All of it --------------------------------------------------------------------------- */

enum {
    SEED = 1,             /* of the bootstrap: the same page every time */
    BETWEEN_MEETINGS = 42 /* days: improvement boards meet every six weeks */
};

/* All audits up to the last day say where the share is going, not those of the period alone. */
static bool read_forecast(store *from, board_facts *facts, error_list *errors)
{
    const forecast_request request = {.filter = {.to = facts->to},
                                      .target = facts->asked->target.written,
                                      .dates = &facts->next,
                                      .date_count = 1};

    error_list faults = {0};

    facts->next = facts->asked->today + BETWEEN_MEETINGS;
    if (!facts->asked->target.given || facts->estimated.level_count < 2)
        return true;
    const bool fine = moderation_forecast_read(from, &request, &facts->going, &faults);
    /* A target that earlier audits, on another scale, do not have is no fault of the page. */
    const bool no_forecast = !fine && error_exit_status(&faults) <= 2;
    facts->forecast = fine;
    if (!fine && !no_forecast)
        error_append(errors, &faults);
    error_clear(&faults);
    return fine || no_forecast;
}

static bool read_estimate(store *from, board_facts *facts, error_list *errors)
{
    const store_filter  filter = {.from = facts->from, .to = facts->to};
    const board_target *target = &facts->asked->target;

    return moderation_estimate_read(from, &filter, target->given ? target->good : LEVEL_NONE,
                                    &facts->estimated, errors) &&
           (name_levels(facts) || error_memory(errors));
}

static bool read_moderation(store *from, board_facts *facts, error_list *errors)
{
    const store_filter      filter = {.from = facts->from, .to = facts->to};
    const status_request    standing = {filter, facts->asked->today, facts->asked->policy};
    const agreement_request comparing = {
        .filter = filter, .policy = facts->asked->policy, .seed = SEED};

    return status_read(from, &standing, &facts->status, errors) &&
           agreement_read(from, &comparing, &facts->agreement, errors);
}

static bool read_all(store *from, board_facts *facts, error_list *errors)
{
    return moderation_cases_read(from, NULL, &facts->cases, errors) &&
           read_estimate(from, facts, errors) && count_grades(facts, errors) &&
           facts_count_areas(facts, errors) && facts_count_criteria(facts, errors) &&
           read_moderation(from, facts, errors) && count_actions(from, facts, errors) &&
           facts_read_staff(from, facts, errors) && read_forecast(from, facts, errors);
}

bool facts_read(store *from, const board_request *request, board_facts *out, error_list *errors)
{
    const unsigned least = request->policy->least_for_figures;

    *out = (board_facts){.asked = request, .least = least > BOARD_FEWEST ? least : BOARD_FEWEST};
    date_write(request->from, out->from);
    date_write(request->to, out->to);
    date_write(request->since, out->since);
    date_write(request->today, out->today);
    if (!store_snapshot(from, errors))
        return false;
    const bool fine = read_all(from, out, errors);
    store_release(from);
    return fine;
}

void facts_free(board_facts *facts)
{
    moderation_cases_free(&facts->cases);
    moderation_estimate_free(&facts->estimated);
    moderation_forecast_free(&facts->going);
    status_free(&facts->status);
    agreement_free(&facts->agreement);
    free(facts->areas.rows);
    free(facts->teams.rows);
    free(facts->months.rows);
    arena_free(&facts->memory);
    *facts = (board_facts){0};
}
