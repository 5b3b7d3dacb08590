/* Combinations of cells: all, or some of very many. */
#include "proof/trial.h"

static uint64_t next_chance(uint64_t *state)
{
    /* Knuth's MMIX generator; the upper half is good enough to pick cells */
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* How many there are; `most` + 1 where they are more. */
static size_t product_of(const trial *held, const size_t *fields, size_t count, size_t most)
{
    size_t product = 1;
    for (size_t i = 0; i < count; i++) {
        product *= held->fields[fields[i]].cell_count;
        if (product > most)
            return most + 1;
    }
    return product;
}

static void fill_all(const trial *held, const size_t *fields, size_t count, size_t made,
                     uint16_t *out)
{
    for (size_t m = 0; m < made; m++) {
        size_t left = m;
        for (size_t i = 0; i < count; i++) {
            out[m * count + i] = (uint16_t)(left % held->fields[fields[i]].cell_count);
            left /= held->fields[fields[i]].cell_count;
        }
    }
}

/* One cell after the other, the rest being the first of each; then any. */
static void fill_some(const trial *held, const size_t *fields, size_t count, size_t made,
                      uint16_t *out)
{
    uint64_t chance = count;
    size_t   m = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < held->fields[fields[i]].cell_count && m < made; k++)
            out[m++ * count + i] = (uint16_t)k;
    for (; m < made; m++)
        for (size_t i = 0; i < count; i++)
            out[m * count + i] =
                (uint16_t)(next_chance(&chance) % held->fields[fields[i]].cell_count);
}

uint16_t *combine(trial *held, const size_t *fields, size_t count, size_t most, size_t *made,
                  bool *all)
{
    *made = product_of(held, fields, count, most);
    *all = *made <= most;
    if (!*all)
        *made = most;
    uint16_t *out = arena_array(&held->memory, *made * count + 1, sizeof *out);
    if (out == NULL)
        return NULL;
    if (*all)
        fill_all(held, fields, count, *made, out);
    else
        fill_some(held, fields, count, *made, out);
    return out;
}
