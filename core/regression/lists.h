/* lists.h - two lists of verdicts, paired by audit id while the second still grows. Private to this
 * room. */
#pragma once

#include "regression/regression.h"

/* A list on its way through, by audit id. */
typedef struct {
    const verdict_list *list;
    const verdict     **sorted; /* NULL: the list is in order as it stands */
    size_t              next;
    size_t              hint;
} ordered_list;

typedef struct {
    diff          *out;
    diff_options   options;
    ordered_list   before;
    ordered_list   after;
    const verdict *a; /* the next of each side; NULL: is to be taken */
    const verdict *b;
    bool           failed; /* memory is out */
} list_pairing;

/* Begins to fill `into`; `before` is whole, `after` may be empty as yet. The nth record of an id is paired
 * with the nth of it; those without an id count as one. */
void pairing_begin(list_pairing *out, diff *into, const char *a_name, const verdict_list *before,
                   const char *b_name, const verdict_list *after, const diff_options *options);

/* Pairs what there is of `after` by now. */
void pairing_go_on(list_pairing *at);

/* Pairs the rest of both, and frees what the pairing used. False where memory is, or was, out. */
bool pairing_end(list_pairing *at);
