#include "regression/lists.h"

#include <stdlib.h>
#include <string.h>

#include "regression/compare.h"

/* For a list that is whole. False where memory is out. */
static bool order(ordered_list *out, const verdict_list *list)
{
    *out = (ordered_list){.list = list};
    if (list->disordered)
        out->sorted = verdicts_order(list);
    return !list->disordered || out->sorted;
}

/* NULL behind the last. */
static const verdict *take(ordered_list *from)
{
    if (from->next == from->list->count)
        return NULL;
    const size_t at = from->next++;
    return from->sorted ? from->sorted[at] : verdict_at(from->list, at, &from->hint);
}

static uint64_t count_repeated(const ordered_list *of)
{
    uint64_t repeated = 0;

    for (size_t i = 1; of->sorted && i < of->list->count; i++)
        repeated += strcmp(of->sorted[i - 1]->audit_id, of->sorted[i]->audit_id) == 0;
    return of->sorted ? repeated : of->list->repeated;
}

void pairing_begin(list_pairing *out, diff *into, const char *a_name, const verdict_list *before,
                   const char *b_name, const verdict_list *after, const diff_options *options)
{
    *out = (list_pairing){.out = into, .options = *options, .after = {.list = after}};
    *into = (diff){.a = a_name, .b = b_name};
    out->failed = !diff_begin(into, options) || !order(&out->before, before);
}

/* Pairs one of a side, or one of each where both have the id. */
static void pair_next(list_pairing *at)
{
    const int which = !at->a ? 1 : !at->b ? -1 : strcmp(at->a->audit_id, at->b->audit_id);
    bool      keep;

    at->failed = !diff_pair(at->out, which <= 0 ? at->a : NULL, which >= 0 ? at->b : NULL, &keep);
    if (which <= 0)
        at->a = NULL;
    if (which >= 0)
        at->b = NULL;
}

static void take_next(list_pairing *at)
{
    at->a = at->a ? at->a : take(&at->before);
    at->b = at->b ? at->b : take(&at->after);
}

void pairing_go_on(list_pairing *at)
{
    /* what does not come in order is sorted once all of it is there */
    if (at->failed || at->after.list->disordered)
        return;
    for (take_next(at); at->b && !at->failed; take_next(at))
        pair_next(at);
}

/* From the beginning, where the list that grew is not in order. */
static void begin_anew(list_pairing *at)
{
    const char *a_name = at->out->a, *b_name = at->out->b;

    diff_free(at->out);
    *at->out = (diff){.a = a_name, .b = b_name};
    at->before.next = at->before.hint = 0;
    at->a = at->b = NULL;
    at->failed = !diff_begin(at->out, &at->options) || !order(&at->after, at->after.list);
}

bool pairing_end(list_pairing *at)
{
    if (!at->failed && at->after.list->disordered)
        begin_anew(at);
    if (!at->failed)
        at->out->repeated = count_repeated(&at->before) + count_repeated(&at->after);
    while (!at->failed && (take_next(at), at->a || at->b))
        pair_next(at);
    free(at->before.sorted);
    free(at->after.sorted);
    return !at->failed && diff_end(at->out);
}

bool diff_lists(diff *out, const char *a_name, const verdict_list *a, const char *b_name,
                const verdict_list *b, const diff_options *options, error_list *errors)
{
    list_pairing at;

    pairing_begin(&at, out, a_name, a, b_name, b, options);
    return pairing_end(&at) || error_memory(errors);
}
