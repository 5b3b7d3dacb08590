/* draw.h - a draw from the store: which audits are to be moderated, kept with the chance of each. */
#pragma once

#include "moderation/frame.h"
#include "writing/buffer.h"

typedef struct {
    const moderation_policy *policy;
    uint64_t                 seed;
    int32_t                  from; /* days; or DRAW_ANY_DAY */
    int32_t                  to;
    bool                     rehearsal; /* nothing is kept */
} draw_request;

/* One audit that is to be moderated from now on. */
typedef struct {
    const moderation_case *audit;
    const char            *stratum;
    double                 probability; /* of being picked at random */
    bool                   at_random;
    uint32_t               triggers;    /* sampling_trigger_id() */
    bool                   unmoderated; /* no moderator of the policy may take it */
    bool                   left_before; /* an earlier draw had it and did not pick it */
} draw_pick;

typedef struct {
    int64_t          number; /* of the draw; 0: there was nothing new, and nothing was kept */
    draw_pick       *picks;  /* by audit_id */
    size_t           pick_count;
    size_t           at_random;
    size_t           also_triggered; /* of those at random */
    size_t           triggered_only; /* the other picks */
    size_t           unmoderated;
    size_t           picked_before; /* by earlier draws, of any day */
    moderation_cases cases;
    draw_frame       frame;
    sampling         drawn; /* of frame.sampled */
} draw_made;

/* A seed that nobody chose: of ten digits at most, to be read out and typed. */
uint64_t draw_any_seed(void);

/* Draws from the audits of these days that no draw has had yet, looks for reasons among those that
 * earlier draws left, and keeps what came of it: all or nothing. Start with {0}. False and `errors`
 * filled where the store cannot be read or written. Free with draw_free() in either case. */
bool draw_make(store *store, const draw_request *request, draw_made *out, error_list *errors);
void draw_free(draw_made *made);

/* Writes the seed and the picks: `format` table, csv or json. Names auditors: it is for whoever runs
 * the moderation. No child is named. Where memory is out, `out` has failed. */
void draw_write(const draw_made *made, const draw_request *request, const char *format,
                buffer *out);
