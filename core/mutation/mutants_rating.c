/* Every small wrong edit of how a criterion is rated: bands, yes and no, missing, applies_if. */
#include "mutation/mutants.h"

#include <math.h>
#include <string.h>

/* ---- Yes and no, missing --------------------------------------------------------------------- */

static const char *level_word(const mutants_making *at, level l)
{
    return l == LEVEL_NONE ? "ignore" : at->held->scale.ids[l];
}

static criterion *add_levels(mutants_making *at, size_t c, const char *key, level before,
                             level after)
{
    buffer was = {0}, is = {0};

    buffer_string(&was, level_word(at, before));
    buffer_string(&is, level_word(at, after));
    return mutants_add_criterion(at, TOUCHES_RATING, c, key, &was, &is);
}

void mutants_of_flag(mutants_making *at, size_t c)
{
    const criterion *held = &at->held->criteria[c];

    for (int by = -1; held->gives_flag && by <= 1; by += 2) {
        const level yes = (level)(held->yes + by), no = (level)(held->no + by);
        if (yes < at->held->scale.count) {
            criterion *edited = add_levels(at, c, "yes", held->yes, yes);
            if (edited)
                edited->yes = yes;
        }
        if (no < at->held->scale.count) {
            criterion *edited = add_levels(at, c, "no", held->no, no);
            if (edited)
                edited->no = no;
        }
    }
}

void mutants_of_missing(mutants_making *at, size_t c)
{
    const level was = at->held->criteria[c].if_missing;

    for (size_t l = 0; l <= at->held->scale.count; l++) {
        const level becomes = l < at->held->scale.count ? (level)l : (level)LEVEL_NONE;
        criterion  *edited = becomes == was ? NULL : add_levels(at, c, "missing", was, becomes);
        if (edited)
            edited->if_missing = becomes;
    }
}

static void write_band(const mutants_making *at, const band *written, buffer *out)
{
    static const char *const signs[] = {"<=", "<", ">=", ">"};

    buffer_format(out, "%s %s ", at->held->scale.ids[written->gives], signs[written->condition]);
    buffer_number(out, written->bound);
}

static void edit_band(mutants_making *at, size_t c, size_t b, band becomes)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0};

    write_band(at, &held->bands[b], &before);
    write_band(at, &becomes, &after);
    criterion *edited = mutants_add_criterion(at, TOUCHES_RATING, c, "bands", &before, &after);
    band *copies = edited ? arena_array(&at->out->memory, held->band_count, sizeof *copies) : NULL;
    if (!copies) {
        at->failed = true;
        return;
    }
    memcpy(copies, held->bands, held->band_count * sizeof *copies);
    copies[b] = becomes;
    edited->bands = copies;
}

/* One of the last place that the bound is written with: 1 for 45, 0.1 for 12.5. */
static double unit_of(double bound)
{
    double unit = 1;

    for (int places = 0; places < 9; places++, unit /= 10)
        if (fabs(bound / unit - nearbyint(bound / unit)) < 1e-6)
            break;
    return unit;
}

/* The same number of places after the sum: 12.5 + 0.1 is 12.6. */
static double moved_bound(double bound, double unit, int by)
{
    return nearbyint(bound / unit + by) / nearbyint(1 / unit);
}

static band_condition strict_or_not(band_condition condition)
{
    switch (condition) {
    case BAND_AT_MOST:
        return BAND_UNDER;
    case BAND_UNDER:
        return BAND_AT_MOST;
    case BAND_AT_LEAST:
        return BAND_OVER;
    default:
        return BAND_AT_LEAST;
    }
}

void mutants_of_bands(mutants_making *at, size_t c)
{
    const criterion *held = &at->held->criteria[c];

    for (size_t b = 0; b < held->band_count; b++) {
        const band one = held->bands[b];
        if (one.condition == BAND_ALWAYS)
            continue;
        const double unit = unit_of(one.bound);
        for (int by = -1; by <= 1; by += 2) {
            band moved = one;
            moved.bound = moved_bound(one.bound, unit, by);
            edit_band(at, c, b, moved);
        }
        band other = one;
        other.condition = strict_or_not(one.condition);
        edit_band(at, c, b, other);
    }
}

/* ---- applies_if --------------------------------------------------------------------------------- */

static void write_applies(const criterion *held, bool is_not, buffer *out)
{
    buffer_format(out, "%s is %s%s", held->applies_field, is_not ? "not " : "", held->applies_text);
}

void mutants_of_applies(mutants_making *at, size_t c)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0}, again = {0}, dropped = {0};

    if (!held->applies_field)
        return;
    write_applies(held, held->applies_not, &before);
    write_applies(held, held->applies_not, &again);
    write_applies(held, !held->applies_not, &after);
    criterion *edited =
        mutants_add_criterion(at, TOUCHES_APPLIES, c, "applies_if", &before, &after);
    if (edited)
        edited->applies_not = !held->applies_not;
    edited = mutants_add_criterion(at, TOUCHES_APPLIES, c, "applies_if", &again, &dropped);
    if (edited)
        edited->applies_field = NULL;
}
