/* judge.c - from ratings to judgements (grading.md 6), column by column.
 *
 * Records are judged a tile at a time: few enough that their sums stay in the nearest cache, and
 * each step is one loop over them that the compiler turns into vector code. */
#include "grading/grading.h"

#include <string.h>

enum { TILE = 1024 };

/* Inlined wherever it stands, so that each of the callers below gets it for its processor. */
#define LOOP static inline __attribute__((always_inline))

/* What is known of a tile's records before they are judged. Sums are made in 16 bits, which are what
 * every processor can multiply side by side, and added to those of 32 before they could overflow. */
typedef struct {
    uint16_t  points_part[TILE];
    uint16_t  weight_part[TILE];
    uint16_t  missing_part[TILE];
    uint8_t   counts_part[LEVELS_MAX][TILE];
    unsigned  most_points; /* that points_part may have come to */
    unsigned  criteria;    /* in the parts */
    uint32_t *points;      /* of the tile's first record, and on; so the next two */
    uint32_t *weight;
    uint8_t  *cap;                      /* the most that limits allow */
    uint64_t  all_points;               /* that `points` may come to */
    uint32_t  missing[TILE];            /* weight missing under `missing = ignore` */
    uint16_t  counts[LEVELS_MAX][TILE]; /* weighted criteria rated so: of levels that are counted */
    bool      counted[LEVELS_MAX];      /* a requirement names the level */
    uint8_t   enough[TILE];             /* 1: coverage is enough for a judgement */
    uint32_t  wide[TILE];               /* what is made bytes of next */
} tile;

/* ---- Sums, counts and limits ------------------------------------------------------- */

LOOP void clear_parts(tile *at, size_t count)
{
    memset(at->points_part, 0, count * sizeof *at->points_part);
    memset(at->weight_part, 0, count * sizeof *at->weight_part);
    memset(at->missing_part, 0, count * sizeof *at->missing_part);
    for (size_t l = 0; l < LEVELS_MAX; l++)
        if (at->counted[l])
            memset(at->counts_part[l], 0, count);
    at->most_points = at->criteria = 0;
}

/* Begins the tile of `count` records whose first is record `from` of `out`. */
LOOP void begin(tile *at, const rubric *held, const judge_space *out, size_t from, size_t count)
{
    at->points = out->points + from;
    at->weight = out->weight + from;
    at->cap = out->cap + from;
    memset(at->counted, 0, sizeof at->counted);
    for (size_t r = 0; r < held->requirement_count; r++)
        at->counted[held->requirements[r].counted] = true;
    clear_parts(at, count);
    at->all_points = 0;
    memset(at->points, 0, count * sizeof *at->points);
    memset(at->weight, 0, count * sizeof *at->weight);
    memset(at->missing, 0, count * sizeof *at->missing);
    for (size_t l = 0; l < LEVELS_MAX; l++)
        if (at->counted[l])
            memset(at->counts[l], 0, count * sizeof *at->counts[l]);
    memset(at->cap, (int)held->scale.count - 1, count);
}

LOOP void add_part(uint32_t *restrict sums, const uint16_t *restrict part, size_t count)
{
    for (size_t k = 0; k < count; k++)
        sums[k] += part[k];
}

LOOP void add_counts(uint16_t *restrict counts, const uint8_t *restrict part, size_t count)
{
    for (size_t k = 0; k < count; k++)
        counts[k] = (uint16_t)(counts[k] + part[k]);
}

LOOP void add_parts(tile *at, size_t count)
{
    add_part(at->points, at->points_part, count);
    add_part(at->weight, at->weight_part, count);
    add_part(at->missing, at->missing_part, count);
    for (size_t l = 0; l < LEVELS_MAX; l++)
        if (at->counted[l])
            add_counts(at->counts[l], at->counts_part[l], count);
}

/* 6.1 and 6.2: sums over the criteria that are rated and have weight. */
LOOP void add_points(const uint8_t *restrict ratings, uint16_t weight, size_t count,
                     uint16_t *restrict points, uint16_t *restrict rated,
                     uint16_t *restrict missing)
{
    for (size_t k = 0; k < count; k++) {
        const uint16_t one = ratings[k] < LEVELS_MAX ? weight : 0;
        const uint16_t lacking = ratings[k] == RATING_MISSING ? weight : 0;
        rated[k] = (uint16_t)(rated[k] + one);
        points[k] = (uint16_t)(points[k] + one * (ratings[k] + 1));
        missing[k] = (uint16_t)(missing[k] + lacking);
    }
}

/* 6.4 counts only the levels that a requirement names. */
LOOP void count_level(const uint8_t *restrict ratings, uint8_t wanted, size_t count,
                      uint8_t *restrict of_level)
{
    for (size_t k = 0; k < count; k++)
        of_level[k] = (uint8_t)(of_level[k] + (ratings[k] == wanted));
}

LOOP void add_weighted(tile *at, const criterion *asked, const uint8_t *ratings, size_t count)
{
    const unsigned most = asked->weight * LEVELS_MAX;

    if (at->most_points + most > UINT16_MAX || at->criteria == UINT8_MAX) {
        add_parts(at, count);
        clear_parts(at, count);
    }
    add_points(ratings, (uint16_t)asked->weight, count, at->points_part, at->weight_part,
               at->missing_part);
    for (level l = 0; l < LEVELS_MAX; l++)
        if (at->counted[l])
            count_level(ratings, l, count, at->counts_part[l]);
    at->most_points += most;
    at->all_points += most;
    at->criteria++;
}

/* 6.5: a criterion rated at a limit's level or lower holds the judgement down. */
LOOP void apply_limit(const uint8_t *restrict ratings, limit holds, size_t count,
                      uint8_t *restrict cap)
{
    for (size_t k = 0; k < count; k++)
        cap[k] = ratings[k] <= holds.at && holds.most < cap[k] ? holds.most : cap[k];
}

LOOP void add_criterion(tile *at, const criterion *asked, const uint8_t *ratings, size_t count)
{
    if (asked->weight > 0)
        add_weighted(at, asked, ratings, count);
    for (size_t l = 0; l < asked->limit_count; l++)
        apply_limit(ratings, asked->limits[l], count, at->cap);
}

/* ---- Judgements ---------------------------------------------------------------------- */

/* 6.1: coverage in percent, and whether it is enough. A rubric has so few criteria (its file is at
 * most 1 MiB) that 100 times their weight is under 2^32, and that a quotient of doubles is rounded
 * by less than it lacks of the next whole number: its whole part is exact. */
LOOP void measure_coverage(const uint32_t *restrict weight, const uint32_t *restrict missing,
                           size_t count, uint32_t *restrict coverage)
{
    for (size_t k = 0; k < count; k++) {
        const int32_t rated = (int32_t)weight[k], all = (int32_t)(weight[k] + missing[k]);
        coverage[k] = (uint32_t)(int32_t)(100.0 * rated / (all | (all == 0)));
    }
}

LOOP void find_enough(const uint32_t *restrict weight, const uint32_t *restrict missing,
                      unsigned least, size_t count, uint32_t *restrict enough)
{
    for (size_t k = 0; k < count; k++)
        enough[k] = (weight[k] != 0) & (100 * weight[k] >= least * (weight[k] + missing[k]));
}

LOOP void narrow(const uint32_t *restrict values, size_t count, uint8_t *restrict bytes)
{
    for (size_t k = 0; k < count; k++)
        bytes[k] = (uint8_t)values[k];
}

/* 6.3: one level up for each threshold, which rise, that is at or under points / weight. */
LOOP void pass_threshold(const uint32_t *restrict points, const uint32_t *restrict weight,
                         unsigned thousandths, size_t count, uint32_t *restrict passed)
{
    for (size_t k = 0; k < count; k++)
        passed[k] += 1000ull * points[k] >= (uint64_t)thousandths * weight[k];
}

/* Likewise where no product comes to 2^31: several times as fast. */
LOOP void pass_small_threshold(const uint32_t *restrict points, const uint32_t *restrict weight,
                               int32_t thousandths, size_t count, uint32_t *restrict passed)
{
    for (size_t k = 0; k < count; k++)
        passed[k] += 1000 * (int32_t)points[k] >= thousandths * (int32_t)weight[k];
}

LOOP void find_base(tile *at, const rubric *held, size_t count)
{
    memset(at->wide, 0, count * sizeof *at->wide);
    for (size_t l = 1; l < held->scale.count; l++)
        if (at->all_points <= INT32_MAX / 1000)
            pass_small_threshold(at->points, at->weight, (int32_t)held->thousandths[l], count,
                                 at->wide);
        else
            pass_threshold(at->points, at->weight, held->thousandths[l], count, at->wide);
}

/* 6.4: where the candidate is the level that the requirement is of, and it fails, one level down. */
LOOP void apply_requirement(const uint16_t *restrict counts, const requirement *asked, size_t count,
                            uint8_t *restrict candidate)
{
    const uint16_t most = asked->most < UINT16_MAX ? (uint16_t)asked->most : UINT16_MAX;
    const uint8_t  of = asked->of;

    for (size_t k = 0; k < count; k++)
        candidate[k] = (uint8_t)(candidate[k] - ((candidate[k] == of) & (counts[k] > most)));
}

LOOP void lower_to_caps(const uint8_t *restrict stepped, const uint8_t *restrict cap, size_t count,
                        uint8_t *restrict judged)
{
    for (size_t k = 0; k < count; k++)
        judged[k] = stepped[k] < cap[k] ? stepped[k] : cap[k];
}

LOOP void leave_ungraded(const uint8_t *restrict enough, size_t count, uint8_t *restrict base,
                         uint8_t *restrict stepped, uint8_t *restrict judged)
{
    const uint8_t none = LEVEL_NONE, not_graded = JUDGEMENT_NOT_GRADED;

    for (size_t k = 0; k < count; k++) {
        base[k] = enough[k] ? base[k] : none;
        stepped[k] = enough[k] ? stepped[k] : none;
        judged[k] = enough[k] ? judged[k] : not_graded;
    }
}

/* The tile's judgements, to place `from` of `out`. */
LOOP void judge_tile(tile *at, const rubric *held, size_t count, const judge_space *out,
                     size_t from)
{
    uint8_t *base = out->base + from, *stepped = out->stepped + from;
    uint8_t *judged = out->judgement + from;

    add_parts(at, count);
    measure_coverage(at->weight, at->missing, count, at->wide);
    narrow(at->wide, count, out->coverage + from);
    find_enough(at->weight, at->missing, held->min_coverage, count, at->wide);
    narrow(at->wide, count, at->enough);
    if (!held->overall) {
        memset(base, LEVEL_NONE, count);
        memset(stepped, LEVEL_NONE, count);
        memset(judged, JUDGEMENT_NONE, count);
    } else {
        find_base(at, held, count);
        narrow(at->wide, count, base);
        memcpy(stepped, base, count);
        /* they are ordered from the highest level down, so each step down is tried again */
        for (size_t r = 0; r < held->requirement_count; r++)
            apply_requirement(at->counts[held->requirements[r].counted], &held->requirements[r],
                              count, stepped);
        lower_to_caps(stepped, at->cap, count, judged);
    }
    leave_ungraded(at->enough, count, base, stepped, judged);
}

LOOP void judge_tiles(const rubric *held, const uint8_t *const *ratings, size_t count,
                      const judge_space *space)
{
    tile at;

    for (size_t from = 0; from < count; from += TILE) {
        const size_t size = count - from < TILE ? count - from : TILE;

        begin(&at, held, space, from, size);
        for (size_t c = 0; c < held->criterion_count; c++)
            add_criterion(&at, &held->criteria[c], ratings[c] + from, size);
        judge_tile(&at, held, size, space, from);
    }
}

#if defined __x86_64__
/* Vectors of twice the length; the same whole numbers. */
__attribute__((target("avx2"))) static void judge_avx2(const rubric         *held,
                                                       const uint8_t *const *ratings, size_t count,
                                                       const judge_space *space)
{
    judge_tiles(held, ratings, count, space);
}
#endif

void judge_batch(const rubric *held, const uint8_t *const *ratings, size_t count,
                 const judge_space *space)
{
#if defined __x86_64__
    if (__builtin_cpu_supports("avx2")) {
        judge_avx2(held, ratings, count, space);
        return;
    }
#endif
    judge_tiles(held, ratings, count, space);
}

judgement judge_record(const rubric *held, const uint8_t *ratings)
{
    tile              at;
    judgement         out;
    const judge_space space = {&out.points,  &out.weight,   &out.cap,      &out.base,
                               &out.stepped, &out.coverage, &out.judgement};

    begin(&at, held, &space, 0, 1);
    for (size_t c = 0; c < held->criterion_count; c++)
        add_criterion(&at, &held->criteria[c], &ratings[c], 1);
    judge_tile(&at, held, 1, &space, 0);
    out.status = out.judgement == JUDGEMENT_NOT_GRADED ? STATUS_INSUFFICIENT : STATUS_GRADED;
    return out;
}
