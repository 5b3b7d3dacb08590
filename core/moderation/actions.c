#include "moderation/actions.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/re_audits.h"
#include "writing/csv_text.h"

const char *const action_columns[ACTION_COLUMNS] = {
    "audit_id",   "number", "final_grade", "team",     "what",
    "owner_role", "due",    "closed",      "evidence", "re_audit_due",
};

/* ---- Reading ---------------------------------------------------------------------- */

typedef struct {
    action_list *out;
    bool         out_of_memory;
} action_reading;

static const char *keep(action_reading *reading, const char *given)
{
    const char *copy = *given ? arena_text(&reading->out->memory, given, strlen(given)) : "";
    reading->out_of_memory |= !copy;
    return copy ? copy : "";
}

static bool grow(action_list *list)
{
    if (list->count < list->capacity)
        return true;
    const size_t  capacity = list->capacity ? 2 * list->capacity : 64;
    store_action *items = reallocarray(list->items, capacity, sizeof *items);
    if (!items)
        return false;
    list->items = items;
    list->capacity = capacity;
    return true;
}

static bool take_action(void *user, const store_stamp *stamp, const store_action *given)
{
    action_reading *reading = user;
    (void)stamp;

    if (!grow(reading->out)) {
        reading->out_of_memory = true;
        return false;
    }
    reading->out->items[reading->out->count++] = (store_action){
        .audit_id = keep(reading, given->audit_id),
        .number = given->number,
        .what = keep(reading, given->what),
        .owner_role = keep(reading, given->owner_role),
        .due = keep(reading, given->due),
        .closed = keep(reading, given->closed),
        .evidence = keep(reading, given->evidence),
        .re_audit_due = keep(reading, given->re_audit_due),
    };
    return !reading->out_of_memory;
}

bool actions_read(store *from, const store_filter *filter, action_list *out, error_list *errors)
{
    action_reading reading = {.out = out};

    *out = (action_list){0};
    return store_each_action(from, filter, take_action, &reading, errors) &&
           (!reading.out_of_memory || error_memory(errors));
}

void actions_free(action_list *actions)
{
    free(actions->items);
    arena_free(&actions->memory);
    *actions = (action_list){0};
}

static int by_audit(const void *a, const void *b)
{
    return strcmp(((const store_action *)a)->audit_id, ((const store_action *)b)->audit_id);
}

bool action_is_missing(const action_list *actions, const moderation_policy *policy,
                       const moderation_case *one)
{
    const store_action wanted = {.audit_id = one->audit_id};

    return *one->final_grade && moderation_action_for(policy, one->final_grade) &&
           (actions->count == 0 ||
            !bsearch(&wanted, actions->items, actions->count, sizeof wanted, by_audit));
}

/* Dates written so compare as text. */
bool action_is_overdue(const store_action *action, const char *today)
{
    return !*action->closed && *action->due && strcmp(action->due, today) < 0;
}

/* ---- The sheet --------------------------------------------------------------------- */

static void write_row(buffer *out, const moderation_case *one, const store_action *action)
{
    buffer number = {0};

    if (action->number > 0)
        buffer_unsigned(&number, (uint64_t)action->number);
    const char *const cells[ACTION_COLUMNS] = {
        action->audit_id,
        buffer_end(&number) ? number.bytes : "",
        one ? one->final_grade : "",
        one ? one->team : "",
        action->what,
        action->owner_role,
        action->due,
        action->closed,
        action->evidence,
        action->re_audit_due,
    };
    for (size_t c = 0; c < ACTION_COLUMNS; c++) {
        csv_string(out, cells[c]);
        buffer_string(out, c + 1 < ACTION_COLUMNS ? "," : "\r\n");
    }
    out->failed |= number.failed;
    buffer_free(&number);
}

/* So many days after the day on which the grade was decided; "" for none. */
static void day_after(const moderation_case *one, unsigned days, char out[DATE_TEXT_SIZE])
{
    int32_t day;

    *out = '\0';
    if (days > 0 && strlen(one->decided_at) >= 10 && date_read(one->decided_at, 10, &day))
        date_write(day + (int32_t)days, out);
}

static size_t write_new(const moderation_cases *cases, const action_list *actions,
                        const moderation_policy *policy, buffer *out)
{
    size_t written = 0;

    for (size_t c = 0; c < cases->count; c++) {
        const moderation_case *one = &cases->items[c];
        char                   due[DATE_TEXT_SIZE], re_audit_due[DATE_TEXT_SIZE];

        if (!action_is_missing(actions, policy, one))
            continue;
        const moderation_action_rule *rule = moderation_action_for(policy, one->final_grade);
        day_after(one, rule->due_days, due);
        day_after(one, rule->re_audit_days, re_audit_due);
        write_row(out, one,
                  &(store_action){.audit_id = one->audit_id,
                                  .what = "",
                                  .owner_role = "",
                                  .due = due,
                                  .closed = "",
                                  .evidence = "",
                                  .re_audit_due = re_audit_due});
        written++;
    }
    return written;
}

static bool re_audit_waits(const re_audit_list *waiting, size_t *next, const char *audit_id)
{
    while (*next < waiting->count && strcmp(waiting->items[*next].audit_id, audit_id) < 0)
        (*next)++;
    return *next < waiting->count && strcmp(waiting->items[*next].audit_id, audit_id) == 0;
}

/* Of one audit's actions, `count` of them: the open ones; where none is, and the file waits to be
 * audited again, the first that names a day for that. */
static size_t write_audit(const moderation_cases *cases, const store_action *actions, size_t count,
                          bool waits, buffer *out)
{
    const moderation_case *one = moderation_case_of(cases, actions->audit_id);
    const store_action    *again = NULL;
    size_t                 written = 0;

    for (size_t a = 0; a < count; a++) {
        if (!*actions[a].closed) {
            write_row(out, one, &actions[a]);
            written++;
        } else if (!again && *actions[a].re_audit_due) {
            again = &actions[a];
        }
    }
    if (written > 0 || !waits || !again)
        return written;
    write_row(out, one, again);
    return 1;
}

static size_t write_known(const moderation_cases *cases, const action_list *actions,
                          const re_audit_list *waiting, buffer *out)
{
    size_t written = 0, next = 0;

    for (size_t first = 0, end; first < actions->count; first = end) {
        const store_action *of = &actions->items[first];
        for (end = first + 1;
             end < actions->count && strcmp(actions->items[end].audit_id, of->audit_id) == 0;)
            end++;
        written += write_audit(cases, of, end - first,
                               re_audit_waits(waiting, &next, of->audit_id), out);
    }
    return written;
}

bool actions_write(store *kept, const moderation_policy *policy, buffer *out, size_t *count,
                   error_list *errors)
{
    moderation_cases cases = {0};
    action_list      actions = {0};
    re_audit_list    waiting = {0};

    const bool fine = moderation_cases_read(kept, NULL, &cases, errors) &&
                      actions_read(kept, NULL, &actions, errors) &&
                      re_audits_read(kept, &actions, &waiting, errors);
    *count = 0;
    if (fine) {
        buffer_string(out, "\xEF\xBB\xBF");
        for (size_t c = 0; c < ACTION_COLUMNS; c++) {
            buffer_string(out, action_columns[c]);
            buffer_string(out, c + 1 < ACTION_COLUMNS ? "," : "\r\n");
        }
        *count = write_known(&cases, &actions, &waiting, out) +
                 write_new(&cases, &actions, policy, out);
    }
    moderation_cases_free(&cases);
    re_audits_free(&waiting);
    actions_free(&actions);
    return fine && (!out->failed || error_memory(errors));
}
