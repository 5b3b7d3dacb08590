/* board.h - the page for an improvement board, and the one for councillors: what the audits of a
 * period say, how far they can be relied on, what was done about it, and the workforce beside it.
 *
 * Nobody is named on either page: no child, auditor or moderator. Audits are named by their ids on
 * the board's page alone, since committee papers of councillors are published. Shares stand with the
 * number they are of and their interval; under BOARD_FEWEST there are counts alone. A figure of the
 * workforce stands beside grades and is never part of one.
 *
 * The same store and request give the same bytes. One thread at a time for one store. */
#pragma once

#include "moderation/moderation.h"
#include "store/store.h"
#include "writing/buffer.h"

enum { BOARD_FEWEST = 5 };

/* ---- Workforce (docs/board.md) ------------------------------------------------- */

/* [indicator.ID]: what a figure of the workforce is called, and from where on it is a worry. */
typedef struct {
    const char *id;
    const char *title;
    const char *unit;       /* "%", "cases"; "" */
    const char *source;     /* where the bands come from; "" */
    bool        low_is_bad; /* worse = lower */
    bool        has_watch;
    bool        has_concern;
    double      watch; /* from here on: to be watched */
    double      concern;
} workforce_indicator;

typedef struct {
    const char          *title;
    workforce_indicator *indicators; /* in file order: that of the columns */
    size_t               count;
    arena                memory;
} workforce;

/* Reads and checks the file; or `size` bytes that messages call `name`. NULL and `errors` filled with
 * every fault found where it cannot be used. workforce_free() takes NULL. Thread-safe. */
workforce *workforce_read(const char *path, error_list *errors);
workforce *workforce_read_bytes(const char *name, const char *bytes, size_t size,
                                error_list *errors);
void       workforce_free(workforce *unwanted);

/* ---- The page ---------------------------------------------------------------- */

typedef struct {
    bool        given;
    const char *written; /* as it was given */
    level       good;    /* the lowest level that counts: 1 or higher */
    double      share;   /* over 0 and under 1 */
} board_target;

typedef struct {
    int32_t                  from; /* days, both ends in: the audits that the page is about */
    int32_t                  to;
    int32_t                  since; /* the day of the last meeting */
    int32_t                  today;
    bool                     plain; /* for councillors */
    board_target             target;
    const moderation_policy *policy;
    const workforce         *workforce;
    const rubric_library    *library; /* rubrics and framework editions */
    const char              *assay_version;
} board_request;

/* Writes the page, whatever the store holds: what it has no figures for is said. False and `errors`
 * filled where the store cannot be read. */
bool board_write(store *store, const board_request *request, buffer *out, error_list *errors);
