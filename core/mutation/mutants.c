/* Every small wrong edit of a rubric. */
#include "mutation/mutation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TENTH = 100 }; /* thousandths */

/* A list being made. */
typedef struct {
    mutant_list  *out;
    const rubric *held;
    bool          failed;
} making;

/* ---- Adding an edit ------------------------------------------------------------------- */

static const char *keep(making *at, buffer *words)
{
    const char *kept =
        buffer_end(words) ? arena_text(&at->out->memory, words->bytes, words->size) : NULL;

    buffer_free(words);
    at->failed |= kept == NULL;
    return kept;
}

static bool room_for_one(mutant_list *list)
{
    if (list->count < list->capacity)
        return true;
    const size_t capacity = list->capacity * 2 + 64;
    mutant      *more = realloc(list->items, capacity * sizeof *more);
    if (!more)
        return false;
    list->items = more;
    list->capacity = capacity;
    return true;
}

/* A new mutant, as yet the rubric itself; NULL where memory is out. */
static mutant *add(making *at, mutant_touches touches, const char *key, buffer *before,
                   buffer *after)
{
    const char *was = keep(at, before), *is = keep(at, after);

    if (at->failed || !room_for_one(at->out)) {
        at->failed = true;
        return NULL;
    }
    mutant *one = &at->out->items[at->out->count++];
    *one = (mutant){.touches = touches,
                    .criterion = SIZE_MAX,
                    .section = "judgement",
                    .key = key,
                    .before = was,
                    .after = is,
                    .edited = *at->held};
    return one;
}

static const char *section_of(making *at, const char *family, const char *member)
{
    buffer words = {0};
    buffer_format(&words, "%s.%s", family, member);
    return keep(at, &words);
}

/* Likewise of criterion c, whose copy may then be edited; NULL where memory is out. */
static criterion *add_criterion(making *at, mutant_touches touches, size_t c, const char *key,
                                buffer *before, buffer *after)
{
    const rubric *held = at->held;
    mutant       *one = add(at, touches, key, before, after);
    criterion    *copies =
        one ? arena_array(&at->out->memory, held->criterion_count, sizeof *copies) : NULL;

    if (!copies) {
        at->failed = true;
        return NULL;
    }
    memcpy(copies, held->criteria, held->criterion_count * sizeof *copies);
    one->edited.criteria = copies;
    one->criterion = c;
    one->line = held->criteria[c].line;
    one->section = section_of(at, "criterion", held->criteria[c].id);
    return &copies[c];
}

/* ---- Judgement ------------------------------------------------------------------------- */

static bool rises(const rubric *held)
{
    for (size_t l = 1; l < held->scale.count; l++)
        if (held->thousandths[l] < 1000 || held->thousandths[l] > held->scale.count * 1000 ||
            (l > 1 && held->thousandths[l] <= held->thousandths[l - 1]))
            return false;
    return true;
}

static void move_threshold(making *at, size_t l, int by)
{
    buffer before = {0}, after = {0};
    rubric moved = *at->held;

    moved.thousandths[l] = (unsigned)((int)moved.thousandths[l] + by);
    if (!rises(&moved))
        return;
    buffer_thousandths(&before, at->held->thousandths[l]);
    buffer_thousandths(&after, moved.thousandths[l]);
    mutant *one = add(at, TOUCHES_SCORE, at->held->scale.ids[l], &before, &after);
    if (one)
        one->edited = moved;
}

static void move_coverage(making *at, int by)
{
    const int moved = (int)at->held->min_coverage + by;
    buffer    before = {0}, after = {0};

    if (moved < 0 || moved > 100)
        return;
    buffer_unsigned(&before, at->held->min_coverage);
    buffer_unsigned(&after, (unsigned)moved);
    mutant *one = add(at, TOUCHES_SCORE, "min_coverage", &before, &after);
    if (one)
        one->edited.min_coverage = (unsigned)moved;
}

static requirement *copy_requirements(making *at, mutant *one)
{
    const rubric *held = at->held;
    requirement  *copies = arena_array(&at->out->memory, held->requirement_count, sizeof *copies);

    if (!copies) {
        at->failed = true;
        return NULL;
    }
    memcpy(copies, held->requirements, held->requirement_count * sizeof *copies);
    one->edited.requirements = copies;
    return copies;
}

static mutant *add_requirement(making *at, size_t r, buffer *after)
{
    const rubric      *held = at->held;
    const requirement *asked = &held->requirements[r];
    buffer             key = {0}, before = {0};

    buffer_format(&key, "max_%s", held->scale.ids[asked->counted]);
    buffer_unsigned(&before, asked->most);
    mutant *one = add(at, TOUCHES_SCORE, keep(at, &key), &before, after);
    if (one)
        one->section = section_of(at, "judgement", held->scale.ids[asked->of]);
    return one;
}

static void move_requirement(making *at, size_t r, int by)
{
    const unsigned most = at->held->requirements[r].most;
    buffer         after = {0};

    if (by < 0 && most == 0)
        return;
    buffer_unsigned(&after, by < 0 ? most - 1 : most + 1);
    mutant      *one = add_requirement(at, r, &after);
    requirement *copies = one ? copy_requirements(at, one) : NULL;
    if (copies)
        copies[r].most = by < 0 ? most - 1 : most + 1;
}

static void drop_requirement(making *at, size_t r)
{
    buffer       after = {0};
    mutant      *one = add_requirement(at, r, &after);
    requirement *copies = one ? copy_requirements(at, one) : NULL;

    if (!copies)
        return;
    one->edited.requirement_count--;
    memmove(&copies[r], &copies[r + 1], (one->edited.requirement_count - r) * sizeof *copies);
}

static void mutate_judgement(making *at)
{
    const rubric *held = at->held;

    for (size_t l = 1; held->overall && l < held->scale.count; l++) {
        move_threshold(at, l, -1);
        move_threshold(at, l, 1);
        move_threshold(at, l, -TENTH);
        move_threshold(at, l, TENTH);
    }
    move_coverage(at, -1);
    move_coverage(at, 1);
    for (size_t r = 0; held->overall && r < held->requirement_count; r++) {
        move_requirement(at, r, -1);
        move_requirement(at, r, 1);
        drop_requirement(at, r);
    }
}

/* ---- Weight and limits -------------------------------------------------------------------- */

static void set_weight(making *at, size_t c, unsigned weight)
{
    buffer before = {0}, after = {0};

    buffer_unsigned(&before, at->held->criteria[c].weight);
    buffer_unsigned(&after, weight);
    criterion *edited = add_criterion(at, TOUCHES_SCORE, c, "weight", &before, &after);
    if (edited)
        edited->weight = weight;
}

static void mutate_weight(making *at, size_t c)
{
    const unsigned weight = at->held->criteria[c].weight;

    if (weight > 0)
        set_weight(at, c, weight - 1);
    if (weight < 1000)
        set_weight(at, c, weight + 1);
    if (weight > 1)
        set_weight(at, c, 0);
}

static void write_limit(const making *at, limit written, buffer *out)
{
    buffer_format(out, "%s -> %s", at->held->scale.ids[written.at],
                  at->held->scale.ids[written.most]);
}

/* Limit l of criterion c as `becomes`; dropped where that is NULL. */
static void edit_limit(making *at, size_t c, size_t l, const limit *becomes)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0};

    write_limit(at, held->limits[l], &before);
    if (becomes)
        write_limit(at, *becomes, &after);
    criterion *edited = add_criterion(at, TOUCHES_LIMITS, c, "limit", &before, &after);
    limit     *copies =
        edited ? arena_array(&at->out->memory, held->limit_count, sizeof *copies) : NULL;
    if (!copies) {
        at->failed = true;
        return;
    }
    memcpy(copies, held->limits, held->limit_count * sizeof *copies);
    if (becomes)
        copies[l] = *becomes;
    else
        memmove(&copies[l], &copies[l + 1], (--edited->limit_count - l) * sizeof *copies);
    edited->limits = copies;
    criterion_set_caps(&at->held->scale, edited);
}

static void flip_critical(making *at, size_t c)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0};

    buffer_string(&before, held->critical ? "yes" : "no");
    buffer_string(&after, held->critical ? "no" : "yes");
    criterion *edited = add_criterion(at, TOUCHES_LIMITS, c, "critical", &before, &after);
    limit     *copies =
        edited ? arena_array(&at->out->memory, held->limit_count + 1, sizeof *copies) : NULL;
    if (!copies) {
        at->failed = true;
        return;
    }
    memcpy(copies, held->limits, held->limit_count * sizeof *copies);
    edited->critical = !held->critical;
    if (held->critical) /* the last of the limits (core/rubric/limits.c) */
        edited->limit_count--;
    else
        copies[edited->limit_count++] = (limit){.at = 0, .most = 0};
    edited->limits = copies;
    criterion_set_caps(&at->held->scale, edited);
}

static void mutate_limits(making *at, size_t c)
{
    const criterion *held = &at->held->criteria[c];
    const level      highest = (level)(at->held->scale.count - 1);

    for (size_t l = 0; l + held->critical < held->limit_count; l++) {
        edit_limit(at, c, l, NULL);
        for (int by = -1; by <= 1; by += 2) {
            limit moved = held->limits[l];
            moved.at = (level)(moved.at + by);
            if (moved.at <= highest)
                edit_limit(at, c, l, &moved);
            moved = held->limits[l];
            moved.most = (level)(moved.most + by);
            if (moved.most <= highest)
                edit_limit(at, c, l, &moved);
        }
    }
    flip_critical(at, c);
}

/* ---- Rating rules ---------------------------------------------------------------------------- */

static const char *level_word(const making *at, level l)
{
    return l == LEVEL_NONE ? "ignore" : at->held->scale.ids[l];
}

static criterion *add_levels(making *at, size_t c, const char *key, level before, level after)
{
    buffer was = {0}, is = {0};

    buffer_string(&was, level_word(at, before));
    buffer_string(&is, level_word(at, after));
    return add_criterion(at, TOUCHES_RATING, c, key, &was, &is);
}

static void mutate_flag(making *at, size_t c)
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

static void mutate_missing(making *at, size_t c)
{
    const level was = at->held->criteria[c].if_missing;

    for (size_t l = 0; l <= at->held->scale.count; l++) {
        const level becomes = l < at->held->scale.count ? (level)l : (level)LEVEL_NONE;
        criterion  *edited = becomes == was ? NULL : add_levels(at, c, "missing", was, becomes);
        if (edited)
            edited->if_missing = becomes;
    }
}

static void write_band(const making *at, const band *written, buffer *out)
{
    static const char *const signs[] = {"<=", "<", ">=", ">"};

    buffer_format(out, "%s %s ", at->held->scale.ids[written->gives], signs[written->condition]);
    buffer_number(out, written->bound);
}

static void edit_band(making *at, size_t c, size_t b, band becomes)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0};

    write_band(at, &held->bands[b], &before);
    write_band(at, &becomes, &after);
    criterion *edited = add_criterion(at, TOUCHES_RATING, c, "bands", &before, &after);
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

static void mutate_bands(making *at, size_t c)
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

static void mutate_applies(making *at, size_t c)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0}, again = {0}, dropped = {0};

    if (!held->applies_field)
        return;
    write_applies(held, held->applies_not, &before);
    write_applies(held, held->applies_not, &again);
    write_applies(held, !held->applies_not, &after);
    criterion *edited = add_criterion(at, TOUCHES_APPLIES, c, "applies_if", &before, &after);
    if (edited)
        edited->applies_not = !held->applies_not;
    edited = add_criterion(at, TOUCHES_APPLIES, c, "applies_if", &again, &dropped);
    if (edited)
        edited->applies_field = NULL;
}

/* ---- All of them ------------------------------------------------------------------------------------ */

bool mutants_make(mutant_list *out, const rubric *held)
{
    making at = {.out = out, .held = held};

    mutate_judgement(&at);
    for (size_t c = 0; !at.failed && c < held->criterion_count; c++) {
        mutate_weight(&at, c);
        mutate_bands(&at, c);
        mutate_flag(&at, c);
        mutate_missing(&at, c);
        if (held->overall)
            mutate_limits(&at, c);
        mutate_applies(&at, c);
    }
    return !at.failed;
}

void mutants_free(mutant_list *list)
{
    free(list->items);
    arena_free(&list->memory);
    *list = (mutant_list){0};
}
