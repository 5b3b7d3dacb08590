#include "severity/design.h"

#include <stdlib.h>
#include <string.h>

#include "severity/joining.h"

/* Linked auditors are solved for together: time goes with the cube of their number. */
static const double group_work_most = 1e9;
/* The information of a unit has the square of its auditors and criteria. */
static const double unit_work_most = 2e8;

static int compare_rated(const void *left, const void *right)
{
    const rated *a = left;
    const rated *b = right;
    if (a->audit != b->audit)
        return a->audit < b->audit ? -1 : 1;
    if (a->auditor != b->auditor)
        return a->auditor < b->auditor ? -1 : 1;
    if (a->criterion != b->criterion)
        return a->criterion < b->criterion ? -1 : 1;
    return (a->rating > b->rating) - (a->rating < b->rating);
}

/* Numbers those of `count` that are marked, in order. */
static size_t number_marked(uint32_t *number, size_t count, uint32_t *of)
{
    size_t next = 0;
    for (size_t k = 0; k < count; k++) {
        if (number[k] == 0)
            continue;
        of[next] = (uint32_t)k;
        number[k] = (uint32_t)next++;
    }
    return next;
}

/* Takes the ratings over; auditors and criteria without any get no number. */
static bool take_ratings(rating_design *made, const severity_data *data)
{
    uint32_t *auditor = calloc(data->auditor_count, sizeof *auditor);
    uint32_t *criterion = calloc(data->criterion_count, sizeof *criterion);
    made->auditor_of = calloc(data->auditor_count, sizeof *made->auditor_of);
    made->criterion_of = calloc(data->criterion_count, sizeof *made->criterion_of);
    made->ratings = calloc(data->count, sizeof *made->ratings);
    bool taken = auditor && criterion && made->auditor_of && made->criterion_of && made->ratings;
    if (taken) {
        for (size_t k = 0; k < data->count; k++) {
            auditor[data->auditor[k]] = 1;
            criterion[data->criterion[k]] = 1;
        }
        made->auditors = number_marked(auditor, data->auditor_count, made->auditor_of);
        made->criteria = number_marked(criterion, data->criterion_count, made->criterion_of);
        made->count = data->count;
        for (size_t k = 0; k < data->count; k++)
            made->ratings[k] = (rated){data->audit[k], auditor[data->auditor[k]],
                                       criterion[data->criterion[k]], data->rating[k]};
    }
    free(auditor);
    free(criterion);
    return taken;
}

static void take_levels(rating_design *made)
{
    for (size_t k = 0; k < made->count; k++)
        made->used[made->ratings[k].rating] = true;
    made->lowest = SEVERITY_LEVELS_MAX;
    for (unsigned k = 0; k < SEVERITY_LEVELS_MAX; k++) {
        made->inner[k] = THRESHOLD_FIXED;
        if (!made->used[k])
            continue;
        made->lowest = k < made->lowest ? k : made->lowest;
        made->highest = k;
    }
    for (unsigned k = made->lowest + 1; k < made->highest; k++)
        if (made->used[k])
            made->inner[k] = (uint8_t)made->inner_count++;
}

static bool starts_audit(const rating_design *made, size_t k)
{
    return k == 0 || made->ratings[k].audit != made->ratings[k - 1].audit;
}

static bool starts_share(const rating_design *made, size_t k)
{
    return starts_audit(made, k) || made->ratings[k].auditor != made->ratings[k - 1].auditor;
}

static void cut_units(rating_design *made)
{
    made->unit_count = made->largest_unit = 0;
    for (size_t k = 0; k < made->count; k++)
        if (made->links_unused ? starts_share(made, k) : starts_audit(made, k))
            made->units[made->unit_count++] = k;
    made->units[made->unit_count] = made->count;
    for (size_t u = 0; u < made->unit_count; u++) {
        size_t size = made->units[u + 1] - made->units[u];
        made->largest_unit = size > made->largest_unit ? size : made->largest_unit;
        made->spread_known = made->spread_known || (size > 1 && made->unit_count > 1);
    }
}

static void count_audits(rating_design *made)
{
    bool counted = false;
    for (size_t k = 0; k < made->count; k++) {
        if (starts_audit(made, k)) {
            made->audits++;
            counted = false;
        } else if (starts_share(made, k) && !counted) {
            made->audits_linking++;
            counted = true;
        }
    }
}

/* Which auditors share audits, which share criteria, and what hangs together at all. The ratings are
 * sorted by audit. */
static bool find_groups(rating_design *made)
{
    size_t    both = made->auditors + made->criteria;
    uint32_t *parent = calloc(both + made->audits, sizeof *parent);
    uint32_t *number = calloc(both + made->audits, sizeof *number);
    made->link_group = calloc(made->auditors, sizeof *made->link_group);
    made->criteria_group = calloc(both, sizeof *made->criteria_group);
    bool found = parent && number && made->link_group && made->criteria_group;
    if (found) {
        joining_start(parent, made->auditors);
        for (size_t k = 1; k < made->count; k++)
            if (!starts_audit(made, k))
                joining_join(parent, made->ratings[k - 1].auditor, made->ratings[k].auditor);
        made->link_groups = joining_number(parent, made->auditors, made->link_group);

        joining_start(parent, both);
        for (size_t k = 0; k < made->count; k++)
            joining_join(parent, made->ratings[k].auditor,
                         (uint32_t)made->auditors + made->ratings[k].criterion);
        made->criteria_groups = joining_number(parent, both, made->criteria_group);

        joining_start(parent, both + made->audits);
        uint32_t audit = (uint32_t)both;
        for (size_t k = 0; k < made->count; k++) {
            audit += k > 0 && starts_audit(made, k);
            joining_join(parent, made->ratings[k].auditor,
                         (uint32_t)made->auditors + made->ratings[k].criterion);
            joining_join(parent, made->ratings[k].auditor, audit);
        }
        made->graph_groups = joining_number(parent, both + made->audits, number);
    }
    free(parent);
    free(number);
    return found;
}

/* Renumbers auditors so that each link group is one run, in the order of the caller's numbers. */
static bool order_by_group(rating_design *made)
{
    size_t    count = made->auditors;
    uint32_t *place = calloc(count, sizeof *place);
    uint32_t *moved = calloc(3 * count, sizeof *moved);
    made->blocks = calloc(made->link_groups + 1, sizeof *made->blocks);
    bool ordered = place && moved && made->blocks;
    if (ordered) {
        made->block_count = made->link_groups;
        for (size_t j = 0; j < count; j++)
            made->blocks[made->link_group[j] + 1]++;
        for (size_t g = 0; g < made->link_groups; g++)
            made->blocks[g + 1] += made->blocks[g];
        size_t *next = made->blocks;
        for (size_t j = 0; j < count; j++)
            place[j] = (uint32_t)next[made->link_group[j]]++;
        for (size_t g = made->link_groups; g > 0; g--)
            next[g] = next[g - 1];
        next[0] = 0;
        for (size_t j = 0; j < count; j++) {
            moved[place[j]] = made->auditor_of[j];
            moved[count + place[j]] = made->link_group[j];
            moved[2 * count + place[j]] = made->criteria_group[j];
        }
        memcpy(made->auditor_of, moved, count * sizeof *moved);
        memcpy(made->link_group, moved + count, count * sizeof *moved);
        memcpy(made->criteria_group, moved + 2 * count, count * sizeof *moved);
        for (size_t k = 0; k < made->count; k++)
            made->ratings[k].auditor = place[made->ratings[k].auditor];
    }
    free(place);
    free(moved);
    return ordered;
}

/* How much there is to do for a step of the fit. */
static bool links_too_heavy(const rating_design *made)
{
    double groups = 0;
    for (size_t g = 0; g < made->block_count; g++) {
        double size = (double)(made->blocks[g + 1] - made->blocks[g]);
        groups += size * size * size;
    }
    double units = 0;
    size_t shares = 0;
    for (size_t k = 0; k < made->count; k++) {
        shares = starts_audit(made, k) ? 1 : shares + starts_share(made, k);
        if (k + 1 == made->count || starts_audit(made, k + 1))
            units += (double)shares * (double)shares;
    }
    return groups > group_work_most || units > unit_work_most;
}

/* Each auditor a block by itself. */
static bool unlink_auditors(rating_design *made)
{
    size_t *single = calloc(made->auditors + 1, sizeof *single);
    if (!single)
        return false;
    for (size_t j = 0; j <= made->auditors; j++)
        single[j] = j;
    free(made->blocks);
    made->blocks = single;
    made->block_count = made->auditors;
    made->links_unused = true;
    return true;
}

bool design_make(rating_design *made, const severity_data *data)
{
    *made = (rating_design){0};
    if (!take_ratings(made, data))
        return false;
    take_levels(made);
    qsort(made->ratings, made->count, sizeof *made->ratings, compare_rated);
    count_audits(made);
    if (!find_groups(made) || !order_by_group(made))
        return false;
    qsort(made->ratings, made->count, sizeof *made->ratings, compare_rated);
    if (links_too_heavy(made) && !unlink_auditors(made))
        return false;
    made->units = calloc(made->count + 1, sizeof *made->units);
    if (!made->units)
        return false;
    cut_units(made);
    return true;
}

void design_free(rating_design *made)
{
    free(made->ratings);
    free(made->units);
    free(made->auditor_of);
    free(made->link_group);
    free(made->criteria_group);
    free(made->blocks);
    free(made->criterion_of);
    *made = (rating_design){0};
}
