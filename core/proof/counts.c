#include "proof/counts.h"

#include <string.h>

enum { STATES_MAX = 1 << 16 };

static unsigned weighted(const domain *held, size_t l)
{
    unsigned count = 0;
    for (size_t c = 0; c < held->rubric->criterion_count; c++)
        count += held->rubric->criteria[c].weight > 0 && (held->any[c] >> l & 1);
    return count;
}

static size_t value_of(const counts *held, size_t state, size_t l)
{
    return state / held->strides[l] % held->sizes[l];
}

void counts_of(const counts *held, size_t state, unsigned counted[LEVELS_MAX])
{
    for (size_t l = 0; l < LEVELS_MAX; l++)
        counted[l] = held->sizes[l] > 1 ? (unsigned)value_of(held, state, l) : 0;
}

/* From the sizes; false where the states are too many. */
static bool lay_out(counts *out)
{
    out->states = 1;
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        out->strides[l] = out->states;
        out->states *= out->sizes[l] > 1 ? out->sizes[l] : 1;
        if (out->states > STATES_MAX)
            return false;
    }
    return true;
}

/* ---- Of a rubric ------------------------------------------------------------------------------------- */

/* A count matters up to one over the greatest that a requirement allows. */
bool counts_make(counts *out, const domain *held, arena *memory, bool *too_many)
{
    const rubric *asked = held->rubric;

    *out = (counts){.states = 1};
    for (size_t r = 0; r < asked->requirement_count; r++) {
        const level    of = asked->requirements[r].counted;
        const unsigned all = weighted(held, of);
        const unsigned most = asked->requirements[r].most < all ? asked->requirements[r].most : all;
        if (most + 2u > out->sizes[of])
            out->sizes[of] = most + 2u;
    }
    *too_many = !lay_out(out);
    if (*too_many)
        return false;
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        if (out->sizes[l] <= 1)
            continue;
        out->after[l] = arena_array(memory, out->states, sizeof *out->after[l]);
        if (out->after[l] == NULL)
            return false;
        for (size_t state = 0; state < out->states; state++)
            out->after[l][state] =
                (uint32_t)(value_of(out, state, l) + 1 < out->sizes[l] ? state + out->strides[l]
                                                                       : state);
    }
    return true;
}

/* ---- Of a question ----------------------------------------------------------------------------------- */

/* Whether states that differ in nothing but that one has `value` of level l, the other one less, are
 * accepted alike. */
static bool is_alike(const counts *whole, const uint8_t *accept, size_t l, size_t value)
{
    const size_t stride = whole->strides[l];

    for (size_t first = value * stride; first < whole->states; first += whole->sizes[l] * stride)
        if (memcmp(accept + first, accept + first - stride, stride) != 0)
            return false;
    return true;
}

static bool is_accepted(const counts *whole, const uint8_t *accept, size_t l, size_t value)
{
    const size_t stride = whole->strides[l];

    for (size_t first = value * stride; first < whole->states; first += whole->sizes[l] * stride)
        if (memchr(accept + first, 1, stride) != NULL)
            return true;
    return false;
}

bool counts_narrow(counts *out, const counts *whole, const uint8_t *accept, uint8_t *accepted,
                   arena *memory)
{
    bool ends[LEVELS_MAX] = {false}; /* one more than its last value is never accepted */

    *out = (counts){.states = 1};
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        size_t last = whole->sizes[l] > 1 ? whole->sizes[l] - 1 : 0;
        while (last > 0 && is_alike(whole, accept, l, last))
            last--;
        ends[l] = last > 0 && !is_accepted(whole, accept, l, last);
        out->sizes[l] = last + !ends[l];
    }
    lay_out(out);
    /* the last state is that in which a count is over what is accepted */
    const size_t over = out->states++;
    accepted[over] = 0;
    for (size_t state = 0; state < over; state++) {
        size_t same = 0;
        for (size_t l = 0; l < LEVELS_MAX; l++)
            if (out->sizes[l] > 1)
                same += value_of(out, state, l) * whole->strides[l];
        accepted[state] = accept[same];
    }
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        if (out->sizes[l] <= 1 && !ends[l])
            continue;
        out->after[l] = arena_array(memory, out->states, sizeof *out->after[l]);
        if (out->after[l] == NULL)
            return false;
        for (size_t state = 0; state < over; state++) {
            const bool more = out->sizes[l] > 1 && value_of(out, state, l) + 1 < out->sizes[l];
            out->after[l][state] = (uint32_t)(more      ? state + out->strides[l]
                                              : ends[l] ? over
                                                        : state);
        }
        out->after[l][over] = (uint32_t)over;
    }
    return true;
}
