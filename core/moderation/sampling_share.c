/* sampling_share.c - how many picks each stratum of an auditor may expect. */
#include "moderation/sampling.h"

void sampling_expect(const size_t size[SAMPLING_CELLS], const unsigned share[SAMPLING_CELLS],
                     size_t least, uint64_t expected[SAMPLING_CELLS])
{
    uint64_t sum = 0, whole = 0;

    for (size_t c = 0; c < SAMPLING_CELLS; c++) {
        expected[c] = (uint64_t)size[c] * share[c] * (SAMPLING_UNIT / MODERATION_SHARE_WHOLE);
        sum += expected[c];
        whole += size[c] * SAMPLING_UNIT;
    }
    const uint64_t asked = least * SAMPLING_UNIT;
    const uint64_t needed = asked < whole ? asked : whole;
    if (sum >= needed)
        return;

    /* A further chance of shortfall / (what shares leave out), for each audit that they leave out. */
    const double further = (double)(needed - sum) / (double)(whole - sum);
    for (size_t c = 0; c < SAMPLING_CELLS; c++) {
        const uint64_t left_out = size[c] * SAMPLING_UNIT - expected[c];
        uint64_t       more = (uint64_t)(further * (double)left_out);
        more = more < left_out ? more : left_out;
        more = more < needed - sum ? more : needed - sum;
        expected[c] += more;
        sum += more;
    }
    /* What rounding down left, some billionths of an audit. */
    for (size_t c = 0; c < SAMPLING_CELLS && sum < needed; c++) {
        const uint64_t left_out = size[c] * SAMPLING_UNIT - expected[c];
        const uint64_t more = left_out < needed - sum ? left_out : needed - sum;
        expected[c] += more;
        sum += more;
    }
}
