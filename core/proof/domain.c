#include "proof/domain.h"

#include <stdlib.h>
#include <string.h>

uint8_t outcome_rating(size_t outcome)
{
    return outcome == OUTCOME_LEFT_OUT  ? (uint8_t)RATING_NOT_APPLICABLE
           : outcome == OUTCOME_MISSING ? (uint8_t)RATING_MISSING
                                        : (uint8_t)outcome;
}

static uint16_t mask_of(uint8_t rating)
{
    switch (rating) {
    case RATING_INVALID:
        return 0;
    case RATING_MISSING:
        return 1u << OUTCOME_MISSING;
    case RATING_NOT_APPLICABLE:
    case RATING_NOT_DUE:
        return 1u << OUTCOME_LEFT_OUT;
    default:
        return (uint16_t)(1u << rating);
    }
}

static bool within(const uint16_t *inner, const uint16_t *outer, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((inner[i] & ~outer[i]) != 0)
            return false;
    return true;
}

/* Whether a world adds nothing: some criterion has no outcome in it, so that its record is rejected;
 * or it allows nothing that another does not allow. Of two that are alike the first stays. */
static bool adds_nothing(const domain_part *part, size_t world)
{
    const size_t    count = part->criterion_count;
    const uint16_t *tried = &part->masks[world * count];

    for (size_t i = 0; i < count; i++)
        if (tried[i] == 0)
            return true;
    for (size_t other = 0; other < part->worlds; other++) {
        const uint16_t *beside = &part->masks[other * count];
        if (other != world && within(tried, beside, count) &&
            (other < world || !within(beside, tried, count)))
            return true;
    }
    return false;
}

static bool keep_worlds(domain_part *part)
{
    const size_t size = part->criterion_count * sizeof *part->masks;
    bool        *dropped = calloc(part->worlds, sizeof *dropped);
    size_t       kept = 0;

    if (dropped == NULL)
        return false;
    for (size_t w = 0; w < part->worlds; w++)
        dropped[w] = adds_nothing(part, w);
    for (size_t w = 0; w < part->worlds; w++)
        if (!dropped[w])
            memmove(&part->masks[kept++ * part->criterion_count],
                    &part->masks[w * part->criterion_count], size);
    part->worlds = kept;
    free(dropped);
    return true;
}

/* ---- Parts ----------------------------------------------------------------------------------------- */

/* What the rows of the trial say of one part. */
static bool fill_part(domain *out, size_t p)
{
    const trial_part *from = &out->tried.parts[p];
    domain_part      *part = &out->parts[p];
    const size_t      count = from->criterion_count;

    *part = (domain_part){
        .criteria = from->criteria,
        .criterion_count = count,
        .worlds = from->worlds,
        .masks = arena_array(&out->tried.memory, from->worlds * count, sizeof *part->masks),
    };
    if (part->masks == NULL)
        return false;
    for (size_t w = 0; w < from->worlds; w++)
        for (size_t i = 0; i < count; i++) {
            const size_t c = from->criteria[i];
            for (size_t row = 0; row < out->tried.own_rows[c]; row++)
                part->masks[w * count + i] |=
                    mask_of(out->tried.ratings[c][trial_row(from, w, row)]);
        }
    if (!keep_worlds(part))
        return false;
    for (size_t w = 0; w < part->worlds; w++)
        for (size_t i = 0; i < count; i++)
            out->any[from->criteria[i]] |= part->masks[w * count + i];
    if (!from->whole && out->exact) {
        out->exact = false;
        out->inexact = from->criteria[0];
    }
    return true;
}

static unsigned heaviest(const domain *held, const domain_part *part)
{
    unsigned most = 0;
    for (size_t i = 0; i < part->criterion_count; i++)
        if (held->rubric->criteria[part->criteria[i]].weight > most)
            most = held->rubric->criteria[part->criteria[i]].weight;
    return most;
}

/* The heavy ones first: what is left to choose is then small, and a search ends early. */
static void sort_parts(domain *held)
{
    for (size_t i = 1; i < held->part_count; i++) {
        const domain_part moved = held->parts[i];
        size_t            at = i;
        for (; at > 0 && heaviest(held, &held->parts[at - 1]) < heaviest(held, &moved); at--)
            held->parts[at] = held->parts[at - 1];
        held->parts[at] = moved;
    }
}

/* Whether evidence that does not apply can stand for what is missing, in each world. */
static bool missing_may_be_left_out(const domain_part *part)
{
    const uint16_t missing = 1u << OUTCOME_MISSING, left_out = 1u << OUTCOME_LEFT_OUT;

    for (size_t w = 0; w < part->worlds; w++) {
        bool found = false;
        for (size_t other = 0; other < part->worlds && !found; other++) {
            found = true;
            for (size_t i = 0; i < part->criterion_count; i++) {
                uint16_t wanted = part->masks[w * part->criterion_count + i];
                if ((wanted & missing) != 0)
                    wanted = (uint16_t)((wanted & ~missing) | left_out);
                found &= (wanted & ~part->masks[other * part->criterion_count + i]) == 0;
            }
        }
        if (!found)
            return false;
    }
    return true;
}

/* ---- Criteria that are alike ----------------------------------------------------------------------- */

/* Each by itself, with the same ways to be rated, weight and limits: a record with the ratings of the
 * two exchanged is judged the same. */
static bool are_alike(const domain *held, const domain_part *one, const domain_part *other)
{
    const criterion *a = &held->rubric->criteria[one->criteria[0]];
    const criterion *b = &held->rubric->criteria[other->criteria[0]];

    return one->criterion_count == 1 && other->criterion_count == 1 &&
           one->worlds == other->worlds && a->weight == b->weight &&
           memcmp(one->masks, other->masks, one->worlds * sizeof *one->masks) == 0 &&
           memcmp(a->cap, b->cap, held->rubric->scale.count * sizeof *a->cap) == 0;
}

static void find_alike(domain *out)
{
    for (size_t c = 0; c < out->rubric->criterion_count; c++)
        out->alike[c] = c;
    for (size_t p = 0; p < out->part_count; p++)
        for (size_t other = 0; other < out->part_count; other++) {
            const size_t c = out->parts[p].criteria[0], before = out->parts[other].criteria[0];
            if (before < out->alike[c] && are_alike(out, &out->parts[p], &out->parts[other]))
                out->alike[c] = before;
        }
}

/* ---- All of it ------------------------------------------------------------------------------------- */

/* Of a trial that was run. */
static bool fill(domain *out, error_list *errors)
{
    const rubric *held = out->rubric;
    arena        *memory = &out->tried.memory;
    out->part_count = out->tried.part_count;
    out->parts = arena_array(memory, out->part_count, sizeof *out->parts);
    out->any = arena_array(memory, held->criterion_count, sizeof *out->any);
    out->alike = arena_array(memory, held->criterion_count, sizeof *out->alike);
    out->blanks = arena_array(memory, held->criterion_count, sizeof *out->blanks);
    if (out->parts == NULL || out->any == NULL || out->alike == NULL || out->blanks == NULL) {
        domain_free(out);
        return error_memory(errors);
    }
    for (size_t p = 0; p < out->part_count; p++) {
        if (!fill_part(out, p)) {
            domain_free(out);
            return error_memory(errors);
        }
        if (missing_may_be_left_out(&out->parts[p]))
            continue;
        out->any_blanks = true;
        for (size_t i = 0; i < out->parts[p].criterion_count; i++)
            out->blanks[out->parts[p].criteria[i]] = true;
    }
    sort_parts(out);
    find_alike(out);
    return true;
}

bool domain_make(domain *out, const rubric *held, error_list *errors)
{
    *out = (domain){.rubric = held, .exact = true};
    for (size_t c = 0; c < held->criterion_count; c++)
        out->assumed |= held->criteria[c].kind == MEASURE_PLUGIN;
    return trial_run(&out->tried, held, NULL, true, 1, errors) && fill(out, errors);
}

bool domain_make_real(domain *out, const rubric *held, plugin_set *plugins, error_list *errors)
{
    *out = (domain){.rubric = held, .exact = true};
    return trial_run(&out->tried, held, plugins, false, 1, errors) && fill(out, errors);
}

/* ---- Pairs of worlds ------------------------------------------------------------------------------- */

enum { PAIRS_MAX = 200000, WORLDS_MAX = 1000 };

/* The worlds of a part, more and more of them. */
typedef struct {
    domain_part *part;
    size_t       room;
    arena       *memory;
} world_list;

static bool add_world(world_list *list, const uint16_t *masks)
{
    domain_part *part = list->part;
    const size_t count = part->criterion_count;

    for (size_t w = 0; w < part->worlds; w++)
        if (within(masks, &part->masks[w * count], count))
            return true;
    if (part->worlds == list->room) {
        uint16_t *more = arena_array(list->memory, 2 * list->room * count, sizeof *more);
        if (more == NULL)
            return false;
        memcpy(more, part->masks, part->worlds * count * sizeof *more);
        part->masks = more;
        list->room *= 2;
    }
    memcpy(&part->masks[part->worlds++ * count], masks, count * sizeof *masks);
    return true;
}

/* What all criteria of a part but the one at `place` can be in both worlds, and that one in either; false
 * where the others cannot be alike. */
static bool pair_up(const domain_part *part, size_t one, size_t other, size_t place, uint16_t *out)
{
    const size_t count = part->criterion_count;

    for (size_t i = 0; i < count; i++) {
        const uint16_t a = part->masks[one * count + i], b = part->masks[other * count + i];
        out[i] = i == place ? a | b : a & b;
        if (out[i] == 0)
            return false;
    }
    return true;
}

static bool pair_part(domain_part *part, arena *memory, bool *paired)
{
    const size_t worlds = part->worlds, count = part->criterion_count;
    world_list   list = {part, worlds, memory};
    uint16_t    *masks = arena_array(memory, count, sizeof *masks);
    bool         few = worlds * worlds <= PAIRS_MAX / count;

    if (masks == NULL)
        return false;
    for (size_t one = 0; few && one < worlds; one++) {
        for (size_t other = one + 1; other < worlds; other++)
            for (size_t i = 0; i < count; i++)
                if (pair_up(part, one, other, i, masks) && !add_world(&list, masks))
                    return false;
        few = part->worlds <= WORLDS_MAX;
    }
    if (!few)
        part->worlds = worlds;
    *paired &= few;
    return true;
}

bool domain_pair(domain *out, domain *held, bool *paired)
{
    arena *memory = &held->tried.memory;

    *paired = true;
    *out = *held;
    out->parts = arena_array(memory, held->part_count, sizeof *out->parts);
    if (out->parts == NULL)
        return false;
    memcpy(out->parts, held->parts, held->part_count * sizeof *out->parts);
    for (size_t p = 0; p < out->part_count; p++)
        if (out->parts[p].worlds > 1 && !pair_part(&out->parts[p], memory, paired))
            return false;
    return true;
}

void domain_free(domain *held)
{
    trial_free(&held->tried);
    *held = (domain){0};
}
