#include "proof/paths.h"

enum {
    STATES_MAX = 16384,
    TABLE_MAX = 1 << 20 /* nodes x states */
};

/* ---- Counts ------------------------------------------------------------------------------------- */

static unsigned weighted(const domain *held, size_t l)
{
    unsigned count = 0;
    for (size_t c = 0; c < held->rubric->criterion_count; c++)
        count += held->rubric->criteria[c].weight > 0 && (held->any[c] >> l & 1);
    return count;
}

/* A count matters up to one over the greatest that a requirement allows. */
static bool lay_out_states(paths *out)
{
    const rubric *held = out->domain->rubric;
    bool          counted[LEVELS_MAX] = {false};

    for (size_t r = 0; r < held->requirement_count; r++) {
        const level    of = held->requirements[r].counted;
        const unsigned all = weighted(out->domain, of);
        const unsigned most = held->requirements[r].most < all ? held->requirements[r].most : all;
        if (!counted[of] || most > out->most[of])
            out->most[of] = most;
        counted[of] = true;
    }
    out->states = 1;
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        if (!counted[l])
            continue;
        out->stride[l] = out->states;
        out->states *= out->most[l] + 2;
        if (out->states > STATES_MAX)
            return false;
    }
    return true;
}

void paths_counts(const paths *held, size_t state, unsigned counts[LEVELS_MAX])
{
    for (size_t l = 0; l < LEVELS_MAX; l++)
        counts[l] =
            held->stride[l] > 0 ? (unsigned)(state / held->stride[l] % (held->most[l] + 2)) : 0;
}

static bool fill_after(paths *out)
{
    out->same = arena_array(&out->memory, out->states, sizeof *out->same);
    if (out->same == NULL)
        return false;
    for (size_t state = 0; state < out->states; state++)
        out->same[state] = (uint16_t)state;
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        if (out->stride[l] == 0)
            continue;
        out->after[l] = arena_array(&out->memory, out->states, sizeof *out->after[l]);
        if (out->after[l] == NULL)
            return false;
        for (size_t state = 0; state < out->states; state++) {
            const size_t count = state / out->stride[l] % (out->most[l] + 2);
            out->after[l][state] =
                (uint16_t)(count <= out->most[l] ? state + out->stride[l] : state);
        }
    }
    return true;
}

const uint16_t *paths_after(const paths *held, size_t c, size_t outcome)
{
    const bool counts = outcome < LEVELS_MAX && held->after[outcome] != NULL &&
                        held->domain->rubric->criteria[c].weight > 0;
    return counts ? held->after[outcome] : held->same;
}

/* ---- Nodes ---------------------------------------------------------------------------------------- */

static bool lay_out_nodes(paths *out)
{
    const domain *held = out->domain;
    size_t        count = 1;

    for (size_t p = 0; p < held->part_count; p++)
        count += 1 + held->parts[p].worlds * held->parts[p].criterion_count;
    out->nodes = arena_array(&out->memory, count, sizeof *out->nodes);
    out->entry = arena_array(&out->memory, held->part_count + 1, sizeof *out->entry);
    if (out->nodes == NULL || out->entry == NULL)
        return false;
    for (size_t p = 0; p < held->part_count; p++) {
        out->entry[p] = out->node_count;
        out->nodes[out->node_count++] = (node){p, SIZE_MAX, 0};
        for (size_t w = 0; w < held->parts[p].worlds; w++)
            for (size_t i = 0; i < held->parts[p].criterion_count; i++)
                out->nodes[out->node_count++] = (node){p, w, i};
    }
    out->entry[held->part_count] = out->node_count;
    out->nodes[out->node_count++] = (node){held->part_count, SIZE_MAX, 0};
    return true;
}

size_t paths_next(const paths *held, size_t from)
{
    const node *here = &held->nodes[from];
    return here->place + 1 < held->domain->parts[here->part].criterion_count
               ? from + 1
               : held->entry[here->part + 1];
}

size_t paths_into(const paths *held, size_t part, size_t world)
{
    return held->entry[part] + 1 + world * held->domain->parts[part].criterion_count;
}

size_t paths_criterion(const paths *held, size_t from)
{
    const node *here = &held->nodes[from];
    return held->domain->parts[here->part].criteria[here->place];
}

unsigned paths_mask(const paths *held, size_t from)
{
    const node        *here = &held->nodes[from];
    const domain_part *part = &held->domain->parts[here->part];
    return part->masks[here->world * part->criterion_count + here->place];
}

/* ---- Both ------------------------------------------------------------------------------------------ */

bool paths_make(paths *out, const domain *held, bool *too_many)
{
    *out = (paths){.domain = held};
    *too_many = !lay_out_states(out);
    if (*too_many || !fill_after(out) || !lay_out_nodes(out))
        return false;
    *too_many = out->node_count > TABLE_MAX / out->states;
    return !*too_many;
}

void paths_free(paths *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (paths){0};
}
