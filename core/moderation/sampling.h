/* sampling.h - the draw itself: a frame of audits in, what becomes of each out. Knows no store. Private
 * to this room.
 *
 * Two phases. First, of the audits that a child has in the frame one is kept. Then the kept audits of
 * each stratum (an auditor's thin margins, their other audits, those of the time when they were new)
 * are drawn without replacement, as many as the stratum's share says. A share that is no whole number
 * of audits is rounded up or down by chance, along all strata at once (systematic rounding), so
 * that shares are kept exactly and the whole draw is never an audit more or less than they add up to.
 * Both phases take their numbers from a keyed hash of the seed and the audit's id: the same seed
 * gives the same sample on any machine, in whatever order the audits come.
 *
 * The probability of an audit is that of being picked at random given what the first phase made of
 * other children: 1 / (audits of its child) x (expected picks of its stratum) / (audits kept there,
 * itself one of them). Weighting what was picked by its inverse gives sums without bias: the double
 * expansion estimator, Sarndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), 9.3. */
#pragma once

#include "moderation/moderation.h"

/* ---- In -------------------------------------------------------------------------- */

typedef struct {
    const char      *audit_id;
    const char      *child; /* a pseudonym, in any letter case; "": not known, and nobody else's */
    const char      *auditor;
    const char      *team;
    const char      *practice_area;
    const char      *auditor_grade; /* a level's id, or ""; so tool_grade */
    const char      *tool_grade;
    int              auditor_place; /* of the grade on its scale, 0 the lowest; -1: none */
    int              tool_place;
    bool             not_graded; /* the tool had too little evidence */
    int32_t          margin;     /* thousandths; -1: none */
    moderation_names limited_by;
    int32_t          day;           /* of the audit */
    int32_t          auditor_since; /* the day of the first audit that is known of its auditor */
} sampling_audit;

/* What an earlier draw picked. */
typedef struct {
    const char *child;
    const char *auditor;
    int32_t     day;
    bool        at_random;
} sampling_earlier;

/* Every audit once. */
typedef struct {
    const sampling_audit   *audits;
    size_t                  count;
    const sampling_earlier *earlier;
    size_t                  earlier_count;
    int32_t                 last_day;    /* that audits of this frame may have */
    int32_t                 known_since; /* the day of the first audit that is known at all */
} sampling_frame;

/* ---- Out --------------------------------------------------------------------------- */

/* Why an audit cannot be picked at random. */
typedef enum {
    SAMPLING_MAY_BE_PICKED,
    SAMPLING_CHILD_PICKED_BEFORE, /* the child's file was picked by an earlier draw */
    SAMPLING_CHILD_TRIGGERED,     /* another audit of the child is moderated for a reason */
    SAMPLING_NO_SHARE             /* the policy's share is 0% */
} sampling_bar;

enum { SAMPLING_NO_STRATUM = -1 };

/* What becomes of the audit of the same place in the frame. */
typedef struct {
    ptrdiff_t    stratum;     /* its place in the sample's strata, or SAMPLING_NO_STRATUM: barred */
    double       probability; /* of being picked at random: above 0 unless barred */
    sampling_bar bar;
    uint32_t     triggers; /* bits; sampling_trigger_id() */
    bool         at_random;
    bool         unmoderated; /* none of the moderators that the policy lists may take it */
} sampling_member;

/* Picked, by chance or for a reason. */
static inline bool sampling_picked(const sampling_member *member)
{
    return member->at_random || member->triggers != 0;
}

typedef struct {
    const char *name;     /* "A. Patel / thin margin": different from every other */
    const char *auditor;  /* as the frame first writes it */
    size_t      size;     /* audits kept by the first phase */
    double      expected; /* picks at random */
    size_t      picked;   /* at random */
} sampling_stratum;

/* Start with {0}; sampling_free(). */
typedef struct {
    sampling_member  *members; /* [frame.count] */
    sampling_stratum *strata;
    size_t            stratum_count;
    arena             memory;
} sampling;

/* Draws. False where memory is out or the hash library does not start. Thread-safe. */
bool sampling_draw(sampling *out, const moderation_policy *policy, uint64_t seed,
                   const sampling_frame *frame, error_list *errors);
void sampling_free(sampling *drawn);

/* ---- Its parts ----------------------------------------------------------------------- */

/* sampling_triggers.c: why the policy has this audit moderated whatever chance says; 0: no reason. */
uint32_t sampling_triggers(const moderation_policy *policy, const sampling_audit *audit);

enum { SAMPLING_BUILT_IN_TRIGGERS = 4 };
/* How many triggers a policy has, and what the bit `1 << index` stands for. */
size_t      sampling_trigger_count(const moderation_policy *policy);
const char *sampling_trigger_id(const moderation_policy *policy, size_t index);
const char *sampling_trigger_words(const moderation_policy *policy, size_t index);

/* What a bar means, for people; "" for none. */
const char *sampling_bar_words(sampling_bar bar);

/* Whether the policy counts the auditor as new on the day of this audit. */
bool sampling_is_new(const moderation_policy *policy, const sampling_audit *audit,
                     int32_t known_since);

/* True where the policy lists moderators and none of them may take the audit. */
bool sampling_lacks_moderator(const moderation_policy *policy, const sampling_audit *audit);

/* sampling_chance.c: 64 even bits that hang on seed, purpose and id alone. */
uint64_t sampling_chance(uint64_t seed, const char *purpose, const char *id);

/* sampling_share.c: expected picks, in parts of an audit, so that shares in hundredths of a percent are
 * whole numbers and sums are exact. */
#define SAMPLING_UNIT ((uint64_t)MODERATION_SHARE_WHOLE << 16)

enum { SAMPLING_CELLS = 4 }; /* strata that one auditor may have */

/* `size` audits of each stratum, `share` of them expected (hundredths of a percent), at least `least`
 * of the auditor's together: the expected picks of each, in SAMPLING_UNIT. Where shares give fewer
 * than the least, each audit that they would leave out gets the same further chance. */
void sampling_expect(const size_t size[SAMPLING_CELLS], const unsigned share[SAMPLING_CELLS],
                     size_t least, uint64_t expected[SAMPLING_CELLS]);
