#include "moderation/re_audits.h"

#include <stdlib.h>
#include <string.h>

#include "moderation/folded.h"

/* The audit after which a child's file is to be looked at again. */
typedef struct {
    const char *child; /* folded; "": not known */
    const char *date;
    size_t      place; /* in the list */
    bool        done;
} concern;

typedef struct {
    re_audit_list *out;
    concern       *concerns; /* [out->count]; by child */
    size_t         count;
    char          *folded; /* the child under way */
    size_t         room;
    arena          memory;
    bool           out_of_memory;
} re_audit_work;

/* ---- What is asked for --------------------------------------------------------------- */

/* Actions are by audit; of those of one audit the first day counts. */
static bool list_asked(const action_list *actions, re_audit_list *out)
{
    out->items = calloc(actions->count + 1, sizeof *out->items);
    if (!out->items)
        return false;
    for (size_t a = 0; a < actions->count; a++) {
        const store_action *action = &actions->items[a];
        re_audit           *last = out->count > 0 ? &out->items[out->count - 1] : NULL;
        if (!*action->re_audit_due)
            continue;
        if (!last || strcmp(last->audit_id, action->audit_id) != 0)
            out->items[out->count++] = (re_audit){action->audit_id, action->re_audit_due};
        else if (strcmp(action->re_audit_due, last->due) < 0)
            last->due = action->re_audit_due;
    }
    return true;
}

/* ---- What has been done ----------------------------------------------------------------- */

static bool take_concerned(void *user, const store_stamp *stamp, const store_audit *given)
{
    re_audit_work *work = user;
    (void)stamp;

    concern *made = &work->concerns[work->count];
    made->child = name_folded(&work->memory, given->child_ref);
    made->date = arena_text(&work->memory, given->audit_date, strlen(given->audit_date));
    work->out_of_memory = !made->child || !made->date;
    return !work->out_of_memory;
}

static int by_child(const void *a, const void *b)
{
    return strcmp(((const concern *)a)->child, ((const concern *)b)->child);
}

static bool find_concerned(re_audit_work *work, store *from, error_list *errors)
{
    bool fine = true;

    work->concerns = calloc(work->out->count, sizeof *work->concerns);
    if (!work->concerns)
        return error_memory(errors);
    for (size_t i = 0; fine && i < work->out->count; i++) {
        const store_filter filter = {.audit_id = work->out->items[i].audit_id};
        work->concerns[work->count] = (concern){.child = "", .date = "", .place = i};
        fine = store_each_audit(from, &filter, take_concerned, work, errors) &&
               (!work->out_of_memory || error_memory(errors));
        work->count++;
    }
    if (fine)
        qsort(work->concerns, work->count, sizeof *work->concerns, by_child);
    return fine;
}

static size_t first_of(const re_audit_work *work, const char *child)
{
    size_t low = 0, high = work->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(work->concerns[middle].child, child) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Dates written so compare as text. */
static bool take_child(void *user, const char *child_ref, const char *audit_date)
{
    re_audit_work *work = user;
    const char    *child = name_folded_again(&work->folded, &work->room, child_ref);

    work->out_of_memory = !child;
    if (!child)
        return false;
    for (size_t c = first_of(work, child);
         c < work->count && strcmp(work->concerns[c].child, child) == 0; c++)
        if (strcmp(audit_date, work->concerns[c].date) > 0)
            work->concerns[c].done = true;
    return true;
}

static void drop_done(re_audit_work *work)
{
    re_audit_list *out = work->out;
    size_t         count = 0;

    for (size_t c = 0; c < work->count; c++)
        if (work->concerns[c].done)
            out->items[work->concerns[c].place].due = "";
    for (size_t i = 0; i < out->count; i++)
        if (*out->items[i].due)
            out->items[count++] = out->items[i];
    out->count = count;
}

bool re_audits_read(store *from, const action_list *actions, re_audit_list *out,
                    error_list *errors)
{
    re_audit_work work = {.out = out};

    *out = (re_audit_list){0};
    if (!list_asked(actions, out))
        return error_memory(errors);
    if (out->count == 0)
        return true;
    bool fine = find_concerned(&work, from, errors) &&
                store_each_child(from, take_child, &work, errors) &&
                (!work.out_of_memory || error_memory(errors));
    if (fine)
        drop_done(&work);
    free(work.concerns);
    free(work.folded);
    arena_free(&work.memory);
    return fine;
}

void re_audits_free(re_audit_list *list)
{
    free(list->items);
    *list = (re_audit_list){0};
}
