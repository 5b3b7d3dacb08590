/* frame.c - sorts audits by how they came to be moderated, or not. */
#include "estimate/frame.h"

enum { ROUNDS_MAX = 100 };

/* How it was decided whether an audit is moderated. */
typedef enum { BY_CHANCE, BY_RULE, ALWAYS, NEVER, WAYS } way;

typedef struct {
    size_t count;
    size_t moderated;
} tally;

static bool is_moderated(const estimate_audit *audit)
{
    return audit->moderator != LEVEL_NONE;
}

/* An audit that was moderated although it could not be picked was picked by hand: it stands for
 * itself, as those do that a rule picked. */
static way way_of(const estimate_audit *audit)
{
    if (audit->triggered)
        return BY_RULE;
    if (audit->inclusion >= 1)
        return ALWAYS;
    if (audit->inclusion > 0)
        return BY_CHANCE;
    return is_moderated(audit) ? BY_RULE : NEVER;
}

static bool is_certain(way of)
{
    return of == BY_RULE || of == ALWAYS;
}

/* The factor with which the probabilities of the audits that chance decided on, each held to 1, add
 * up to the number moderated. It is 1 where a fixed number was picked and all of them are
 * moderated; where some still wait, each that is done stands for more. */
static double inclusion_factor(const estimate_audit *audits, size_t count, size_t moderated)
{
    double factor = 0;

    /* Every round but the last holds at least one more audit to 1. */
    for (unsigned round = 0; round < ROUNDS_MAX; round++) {
        double sum = 0;
        size_t full = 0;
        for (size_t i = 0; i < count; i++) {
            if (way_of(&audits[i]) != BY_CHANCE)
                continue;
            if (factor * audits[i].inclusion >= 1)
                full++;
            else
                sum += audits[i].inclusion;
        }
        if (sum <= 0 || full >= moderated)
            return factor;
        const double next = (double)(moderated - full) / sum;
        if (next <= factor)
            return factor;
        factor = next;
    }
    return factor;
}

/* Of audits that were certain to be picked and wait, those of their kind that are done are taken as
 * a sample by chance: which is moderated first should not hang on its level. */
static double inclusion_of(const estimate_audit *audit, way of, const tally *alike, double factor)
{
    if (alike->moderated == alike->count)
        return 1;
    if (is_certain(of))
        return (double)alike->moderated / (double)alike->count;
    const double inclusion = factor * audit->inclusion;
    return inclusion < 1 ? inclusion : 1;
}

/* Whether what chance picked can stand for what it passed over. */
static estimate_reason reason_of(const frame *made, const tally ways[WAYS], size_t audits,
                                 size_t undrawn)
{
    const size_t drawn = ways[BY_CHANCE].moderated +
                         (ways[ALWAYS].moderated < ways[ALWAYS].count ? ways[ALWAYS].moderated : 0);
    const bool chance_unseen =
        ways[BY_CHANCE].moderated < ways[BY_CHANCE].count ||
        (ways[ALWAYS].moderated > 0 && ways[ALWAYS].moderated < ways[ALWAYS].count);
    const size_t stand = chance_unseen ? drawn : made->pick_count;
    const bool   any =
        ways[BY_CHANCE].moderated + ways[BY_RULE].moderated + ways[ALWAYS].moderated > 0;

    if (audits == 0)
        return ESTIMATE_NO_AUDITS;
    if (undrawn == audits)
        return ESTIMATE_NOT_DRAWN;
    if (!any)
        return ways[NEVER].count == audits ? ESTIMATE_NOT_COVERED : ESTIMATE_NONE_MODERATED;
    if (made->unseen_count == 0)
        return ESTIMATE_GIVEN;
    if (stand == 0)
        return ESTIMATE_NONE_BY_CHANCE;
    return stand < ESTIMATE_FEWEST ? ESTIMATE_TOO_FEW : ESTIMATE_GIVEN;
}

static void place(frame *made, const estimate_audit *audit, const tally ways[WAYS], double factor)
{
    const way    of = way_of(audit);
    const tally *alike = &ways[of];

    if (of == NEVER || (is_certain(of) && alike->moderated == 0))
        return;
    if (audit->auditor != LEVEL_NONE)
        made->auditors[audit->auditor]++;
    if (is_certain(of) && alike->moderated == alike->count) {
        made->settled[audit->moderator]++;
        made->settled_count++;
    } else if (is_moderated(audit)) {
        made->picks[made->pick_count++] =
            (pick){.audit = audit, .inclusion = inclusion_of(audit, of, alike, factor)};
    } else {
        made->unseen[made->unseen_count++] = audit;
    }
}

/* An audit that was moderated by hand stands for itself, drawn or not. */
static size_t count_undrawn(const estimate_audit *audits, size_t count)
{
    size_t undrawn = 0;
    for (size_t i = 0; i < count; i++)
        undrawn += audits[i].undrawn && way_of(&audits[i]) == NEVER;
    return undrawn;
}

static size_t count_silent_strata(const estimate_audit *audits, size_t count)
{
    size_t silent = 0;
    for (size_t i = 0, end; i < count; i = end) {
        bool covered = false;
        bool moderated = false;
        for (end = i; end < count && audits[end].stratum == audits[i].stratum; end++) {
            covered |= way_of(&audits[end]) != NEVER;
            moderated |= is_moderated(&audits[end]);
        }
        silent += covered && !moderated;
    }
    return silent;
}

bool frame_make(frame *out, const estimate_audit *audits, size_t count,
                const estimate_question *question, estimate_result *result, arena *memory)
{
    tally ways[WAYS] = {{0, 0}};
    for (size_t i = 0; i < count; i++) {
        tally *of = &ways[way_of(&audits[i])];
        of->count++;
        of->moderated += is_moderated(&audits[i]);
    }
    const double factor = inclusion_factor(audits, count, ways[BY_CHANCE].moderated);

    *out = (frame){.levels = question->levels, .good = question->good};
    out->picks = arena_array(memory, count + 1, sizeof *out->picks);
    out->unseen = arena_array(memory, count + 1, sizeof *out->unseen);
    if (out->picks == NULL || out->unseen == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        place(out, &audits[i], ways, factor);
    result->undrawn = count_undrawn(audits, count);
    out->reason = reason_of(out, ways, count, result->undrawn);

    result->audits = count;
    result->settled = out->settled_count;
    result->picked = out->pick_count;
    result->covered = out->settled_count + frame_decided(out);
    result->not_covered = count - result->covered;
    result->excluded = ways[NEVER].count - result->undrawn;
    result->waiting =
        ways[BY_RULE].count - ways[BY_RULE].moderated + ways[ALWAYS].count - ways[ALWAYS].moderated;
    result->silent_strata = count_silent_strata(audits, count);
    return true;
}

size_t frame_decided(const frame *of)
{
    return of->pick_count + of->unseen_count;
}
