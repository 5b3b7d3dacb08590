/* frame.h - which audits chance decided on, and which were certain. Private to the room. */
#pragma once

#include "base/arena.h"
#include "estimate/estimate.h"

/* One moderated audit that chance picked. */
typedef struct {
    const estimate_audit *audit;
    double                inclusion; /* the probability of being moderated, given how many were */
    double                weight;    /* how many audits it stands for, itself among them */
} pick;

typedef struct {
    size_t                 levels;
    level                  good;
    size_t                 settled[LEVELS_MAX]; /* certain and moderated, by moderator's level */
    size_t                 settled_count;
    size_t                 auditors[LEVELS_MAX]; /* the covered audits, by auditor's level */
    pick                  *picks;                /* those of one stratum together */
    size_t                 pick_count;
    const estimate_audit **unseen; /* that chance passed over */
    size_t                 unseen_count;
    estimate_reason        reason; /* ESTIMATE_GIVEN: the picks can stand for the unseen ones */
} frame;

/* Sorts the audits, which must outlive the frame and be in an order that does not hang on the
 * order of the input, those of a stratum together. Fills the counts of `result`. False where memory
 * is out. */
bool frame_make(frame *out, const estimate_audit *audits, size_t count,
                const estimate_question *question, estimate_result *result, arena *memory);

/* The audits that chance decided on. */
size_t frame_decided(const frame *of);
