/* Every small wrong edit of a rubric. */
#include "mutation/mutants.h"

#include <stdlib.h>
#include <string.h>

enum { TENTH = 100 }; /* thousandths */

/* ---- Adding an edit ------------------------------------------------------------------- */

static const char *keep(mutants_making *at, buffer *words)
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
static mutant *add(mutants_making *at, mutant_touches touches, const char *key, buffer *before,
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

static const char *section_of(mutants_making *at, const char *family, const char *member)
{
    buffer words = {0};
    buffer_format(&words, "%s.%s", family, member);
    return keep(at, &words);
}

criterion *mutants_add_criterion(mutants_making *at, mutant_touches touches, size_t c,
                                 const char *key, buffer *before, buffer *after)
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

static void move_threshold(mutants_making *at, size_t l, int by)
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

static void move_coverage(mutants_making *at, int by)
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

static requirement *copy_requirements(mutants_making *at, mutant *one)
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

static mutant *add_requirement(mutants_making *at, size_t r, buffer *after)
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

static void move_requirement(mutants_making *at, size_t r, int by)
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

static void drop_requirement(mutants_making *at, size_t r)
{
    buffer       after = {0};
    mutant      *one = add_requirement(at, r, &after);
    requirement *copies = one ? copy_requirements(at, one) : NULL;

    if (!copies)
        return;
    one->edited.requirement_count--;
    memmove(&copies[r], &copies[r + 1], (one->edited.requirement_count - r) * sizeof *copies);
}

static void mutate_judgement(mutants_making *at)
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

static void set_weight(mutants_making *at, size_t c, unsigned weight)
{
    buffer before = {0}, after = {0};

    buffer_unsigned(&before, at->held->criteria[c].weight);
    buffer_unsigned(&after, weight);
    criterion *edited = mutants_add_criterion(at, TOUCHES_SCORE, c, "weight", &before, &after);
    if (edited)
        edited->weight = weight;
}

static void mutate_weight(mutants_making *at, size_t c)
{
    const unsigned weight = at->held->criteria[c].weight;

    if (weight > 0)
        set_weight(at, c, weight - 1);
    if (weight < 1000)
        set_weight(at, c, weight + 1);
    if (weight > 1)
        set_weight(at, c, 0);
}

static void write_limit(const mutants_making *at, limit written, buffer *out)
{
    buffer_format(out, "%s -> %s", at->held->scale.ids[written.at],
                  at->held->scale.ids[written.most]);
}

/* Limit l of criterion c as `becomes`; dropped where that is NULL. */
static void edit_limit(mutants_making *at, size_t c, size_t l, const limit *becomes)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0};

    write_limit(at, held->limits[l], &before);
    if (becomes)
        write_limit(at, *becomes, &after);
    criterion *edited = mutants_add_criterion(at, TOUCHES_LIMITS, c, "limit", &before, &after);
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

static void flip_critical(mutants_making *at, size_t c)
{
    const criterion *held = &at->held->criteria[c];
    buffer           before = {0}, after = {0};

    buffer_string(&before, held->critical ? "yes" : "no");
    buffer_string(&after, held->critical ? "no" : "yes");
    criterion *edited = mutants_add_criterion(at, TOUCHES_LIMITS, c, "critical", &before, &after);
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

static void mutate_limits(mutants_making *at, size_t c)
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

/* ---- All of them ------------------------------------------------------------------------------------ */

bool mutants_make(mutant_list *out, const rubric *held)
{
    mutants_making at = {.out = out, .held = held};

    mutate_judgement(&at);
    for (size_t c = 0; !at.failed && c < held->criterion_count; c++) {
        mutate_weight(&at, c);
        mutants_of_bands(&at, c);
        mutants_of_flag(&at, c);
        mutants_of_missing(&at, c);
        if (held->overall)
            mutate_limits(&at, c);
        mutants_of_applies(&at, c);
    }
    return !at.failed;
}

void mutants_free(mutant_list *list)
{
    free(list->items);
    arena_free(&list->memory);
    *list = (mutant_list){0};
}
