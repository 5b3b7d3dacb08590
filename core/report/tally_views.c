#include <stdlib.h>
#include <string.h>

#include "report/tally_parts.h"
#include "report/tally_table.h"

level tally_good_level(const scale *of)
{
    return (level)(of->count > 2 ? of->count - 2 : 1);
}

uint64_t tally_judged(const id_list outcomes[OUTCOMES])
{
    uint64_t judged = 0;
    for (size_t i = 0; i < LEVELS_MAX; i++) {
        judged += outcomes[i].total;
    }
    return judged;
}

uint64_t tally_good(const id_list outcomes[OUTCOMES], const scale *of)
{
    uint64_t good = 0;
    for (size_t i = tally_good_level(of); i < of->count; i++) {
        good += outcomes[i].total;
    }
    return good;
}

uint64_t tally_all(const id_list outcomes[OUTCOMES])
{
    uint64_t all = 0;
    for (size_t i = 0; i < OUTCOMES; i++) {
        all += outcomes[i].total;
    }
    return all;
}

tally_agreement tally_agree(const tally_scale *of)
{
    tally_agreement found = {0};
    for (size_t theirs = 0; theirs < LEVELS_MAX; theirs++) {
        for (size_t ours = 0; ours < LEVELS_MAX; ours++) {
            uint64_t count = of->agreement[theirs][ours].total;
            size_t   apart = theirs > ours ? theirs - ours : ours - theirs;
            found.compared += count;
            found.same += apart == 0 ? count : 0;
            found.within_one += apart <= 1 ? count : 0;
            found.tool_lower += ours < theirs ? count : 0;
            found.tool_higher += ours > theirs ? count : 0;
            found.missed_inadequate += ours == 0 && theirs > 0 ? count : 0;
        }
    }
    return found;
}

uint64_t tally_rated(const tally_criterion *seen)
{
    uint64_t rated = 0;
    for (size_t i = 0; i < LEVELS_MAX; i++) {
        rated += seen->rated[i];
    }
    return rated;
}

/* ---- Order ------------------------------------------------------------------- */

/* Records that no rubric was found for: shown beside those of the scale with most records, so that
 * the rows of each table account for every record. */
static bool settle_unknown(tally *counted)
{
    size_t unknown = SIZE_MAX;
    size_t most = SIZE_MAX;
    for (size_t i = 0; i < counted->scale_count; i++) {
        if (counted->scales[i].like == NULL) {
            unknown = i;
        } else if (most == SIZE_MAX || tally_all(counted->scales[i].outcomes) >
                                           tally_all(counted->scales[most].outcomes)) {
            most = i;
        }
    }
    if (unknown == SIZE_MAX || most == SIZE_MAX) {
        return true;
    }
    if (!tally_add_scale(&counted->scales[most], &counted->scales[unknown])) {
        return false;
    }
    tally_drop_scale(counted, unknown);
    return true;
}

bool tally_sort(tally *counted)
{
    if (!settle_unknown(counted)) {
        return false;
    }
    for (size_t i = 0; i < counted->scale_count; i++) {
        for (size_t d = 0; d < DIMENSIONS; d++) {
            table_sort(&counted->scales[i].by[d]);
        }
    }
    return true;
}

static int greater_first(uint64_t a, uint64_t b)
{
    return (a < b) - (a > b);
}

/* By how often it held work down, then how often by its limit, then place in the rubric. */
static int rank_compare(const void *left, const void *right)
{
    const tally_criterion *a = *(const tally_criterion *const *)left;
    const tally_criterion *b = *(const tally_criterion *const *)right;
    int                    order = greater_first(a->held.total, b->held.total);
    if (order == 0) {
        order = greater_first(a->limited.total, b->limited.total);
    }
    if (order == 0 && a->of != b->of) {
        order = strcmp(a->of->id, b->of->id);
    }
    if (order == 0 && a->of != b->of) {
        order = strcmp(a->of->version, b->of->version);
    }
    return order != 0 ? order : (a->criterion > b->criterion) - (a->criterion < b->criterion);
}

const tally_criterion **tally_rank(const tally *counted, const tally_scale *of, size_t *count)
{
    size_t most = 0;
    *count = 0;
    for (size_t i = 0; i < counted->rubric_count; i++) {
        most += counted->rubrics[i].of->criterion_count;
    }
    if (most == 0 || of->like == NULL) {
        return NULL;
    }
    const tally_criterion **ranked = calloc(most, sizeof *ranked);
    if (ranked == NULL) {
        *count = most;
        return NULL;
    }
    for (size_t i = 0; i < counted->rubric_count; i++) {
        const tally_rubric *held = &counted->rubrics[i];
        if (!tally_same_scale(&held->of->scale, &of->like->scale)) {
            continue;
        }
        for (size_t c = 0; c < held->of->criterion_count; c++) {
            ranked[(*count)++] = &held->criteria[c];
        }
    }
    qsort(ranked, *count, sizeof *ranked, rank_compare);
    return ranked;
}
