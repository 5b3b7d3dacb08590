/* frame.h - the audits that a draw is made from: what the store knows, as sampling.h wants it.
 * Private to this room. */
#pragma once

#include "moderation/cases.h"
#include "moderation/sampling.h"

typedef struct {
    /* Audits that no draw has had in its frame, each once, by audit_id. */
    sampling_frame sampled;
    size_t        *places; /* [sampled.count]: the case of each */

    /* Audits that an earlier draw had and did not pick: a rule may name them now. */
    sampling_audit *left;
    size_t         *left_places;
    size_t          left_count;

    size_t  drawn_before; /* audits of these days that earlier draws had, picked or not */
    size_t  undated;      /* audits without a date: in no month, and so in no draw */
    int32_t from;         /* the days that are looked at: as asked, else of the audits */
    int32_t to;
    arena   memory;
} draw_frame;

/* The days to look at; DRAW_ANY_DAY: no such bound. */
enum { DRAW_ANY_DAY = INT32_MIN };

/* Makes the frame from all cases that the store has. Start with {0}; its strings are those of
 * the cases and the policy. False where memory is out. Free with draw_frame_free() in either case. */
bool draw_frame_make(draw_frame *out, const moderation_cases *cases,
                     const moderation_policy *policy, int32_t from, int32_t to, error_list *errors);
void draw_frame_free(draw_frame *frame);
