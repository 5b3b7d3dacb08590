/* margins.c - as many columns as the moderated audits can carry, and no more. */
#include "estimate/margins.h"

#include <string.h>

/* Each from the simulations (docs/estimate.md).
 *
 * With fewer picks than SCORED_UNDER a level is one number: groups of levels would have to be
 * joined by how many picks they happen to hold, which biases the share by up to 2 points at 20
 * picks and widens the interval. With more, groups follow the auditors more closely.
 * A group needs GROUP_FEWEST picks, or the share within it is mostly chance; the tool, coming
 * second, gets another group for every PICKS_PER_TOOL_GROUP picks. */
enum { SCORED_UNDER = 50, GROUP_FEWEST = 5, PICKS_PER_TOOL_GROUP = 12 };

static level level_of(const margin *by, const estimate_audit *audit)
{
    return by->of_tool ? audit->tool : audit->auditor;
}

static size_t code_of(const margin *by, const estimate_audit *audit)
{
    const level given = level_of(by, audit);
    return given == LEVEL_NONE ? CODES - 1 : given;
}

static void count_picks(const margin *by, const frame *of, size_t counts[CODES])
{
    memset(counts, 0, CODES * sizeof counts[0]);
    for (size_t i = 0; i < of->pick_count; i++)
        counts[by->group[code_of(by, of->picks[i].audit)]]++;
}

/* Group `lower` + 1 becomes part of `lower`; those over it move down. */
static void join(margin *by, size_t lower)
{
    for (size_t code = 0; code < CODES; code++)
        if (by->group[code] > lower)
            by->group[code]--;
    by->groups--;
}

/* Whether "good" begins with the group after `lower`. */
static bool good_begins_after(const margin *by, const frame *of, size_t lower)
{
    return by->group[of->good] > lower && by->group[of->good - 1] == lower;
}

/* Joins group `smallest` with a neighbour: on the same side of "good" where one is, then the
 * smaller. */
static void join_smallest(margin *by, const frame *of, const size_t counts[CODES], size_t smallest)
{
    if (smallest == 0 || smallest + 1 == by->groups) {
        join(by, smallest == 0 ? 0 : smallest - 1);
        return;
    }
    const bool below_differs = good_begins_after(by, of, smallest - 1);
    const bool above_differs = good_begins_after(by, of, smallest);
    const bool below = below_differs != above_differs
                           ? above_differs
                           : counts[smallest - 1] <= counts[smallest + 1];
    join(by, below ? smallest - 1 : smallest);
}

/* A group a level, and one of audits without a level after them; joined until each holds enough
 * picks and there are at most `most`. */
static void group_levels(margin *by, const frame *of, size_t most)
{
    by->groups = of->levels + 1;
    for (size_t code = 0; code < CODES; code++)
        by->group[code] = (uint8_t)(code < of->levels ? code : of->levels);

    for (;;) {
        size_t counts[CODES];
        size_t smallest = 0;
        count_picks(by, of, counts);
        for (size_t group = 1; group < by->groups; group++)
            if (counts[group] < counts[smallest])
                smallest = group;
        if (by->groups == 1 || (counts[smallest] >= GROUP_FEWEST && by->groups <= most))
            return;
        join_smallest(by, of, counts, smallest);
    }
}

/* The mean level of the audits that chance decided on; `varies` where the picks have two. */
static double mean_level(const margin *by, const frame *of, bool *varies)
{
    uint64_t sum = 0;
    uint64_t count = 0;
    level    first = LEVEL_NONE;

    *varies = false;
    for (size_t i = 0; i < frame_decided(of); i++) {
        const bool  seen = i < of->pick_count;
        const level has = level_of(by, seen ? of->picks[i].audit : of->unseen[i - of->pick_count]);
        if (has == LEVEL_NONE)
            continue;
        sum += has;
        count++;
        if (seen && first == LEVEL_NONE)
            first = has;
        *varies |= seen && has != first;
    }
    return count == 0 ? 0 : (double)sum / (double)count;
}

static margin choose_one(const frame *of, bool of_tool)
{
    margin by = {.of_tool = of_tool, .scored = of->pick_count < SCORED_UNDER};

    by.middle = mean_level(&by, of, &by.used);
    if (by.scored || !by.used)
        return by;
    group_levels(&by, of, of_tool ? 1 + of->pick_count / PICKS_PER_TOOL_GROUP : CODES);
    by.used = by.groups > 1;
    return by;
}

static size_t columns_of(const margin *by)
{
    return !by->used ? 0 : by->scored ? 1 : by->groups - 1;
}

margins margins_choose(const frame *of, margins_wanted wanted)
{
    margins by = {0};
    if (wanted != MARGINS_NONE)
        by.auditor = choose_one(of, false);
    if (wanted == MARGINS_BOTH)
        by.tool = choose_one(of, true);
    by.columns = 1 + columns_of(&by.auditor) + columns_of(&by.tool);
    return by;
}

static double *write_columns(const margin *by, const estimate_audit *audit, double *at)
{
    if (!by->used)
        return at;
    if (by->scored) {
        const level has = level_of(by, audit);
        *at++ = has == LEVEL_NONE ? 0 : (double)has - by->middle;
        return at;
    }
    const size_t group = by->group[code_of(by, audit)];
    for (size_t g = 1; g < by->groups; g++)
        *at++ = g == group ? 1 : 0;
    return at;
}

void margins_row(const margins *by, const estimate_audit *audit, double row[COLUMNS_MAX])
{
    row[0] = 1;
    write_columns(&by->tool, audit, write_columns(&by->auditor, audit, row + 1));
}
