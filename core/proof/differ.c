/* Whether ratings exist that one rubric judges otherwise than another.
 *
 * Where every limit lets a record be LEVEL, a rubric judges it LEVEL or above just where its score
 * reaches the threshold of the lowest level, from LEVEL up, whose requirements hold (ask.h). So "LEVEL or
 * above under the one, and under it under the other" is two sums. Missing evidence does nothing that
 * evidence that does not apply would not do, but for coverage (domain.c sees to it), and is asked of only
 * where the one grades and the other does not. A criterion's outcome is chosen beforehand where it is
 * counted by the one rubric and not by the other, or where its limits differ. */
#include <stdlib.h>
#include <string.h>

#include "proof/ask.h"

enum { NO_LEVEL = LEVELS_MAX, NONE_CHOSEN = 0xFFFFFF, ALL_OUTCOMES = (1 << OUTCOMES) - 1 };

/* What one rubric asks, as sums over outcomes. */
typedef struct {
    const rubric *rubric;
    int64_t *score[LEVELS_MAX]; /* 1 or more: weight is rated, and its score reaches the level's
                                        threshold */
    int64_t *below[LEVELS_MAX]; /* 1 or more: it does not reach it */
    int64_t *coverage;          /* 0 or more: it is enough */
    int64_t *too_little;        /* 1 or more: it is not */
    int64_t *rated;             /* 1 or more: some weight is */
} side;

struct differ {
    const rubric   *rubric;
    domain          real; /* as far as trials with plugins reached: of these, records can be made */
    uint16_t       *natural; /* of `real` (ask.h) */
    domain          assumed; /* and with plugins' measures taken to give anything */
    bool            has_plugins;
    struct timespec ends;
};

/* One question about two rubrics. */
typedef struct {
    search         *search;
    const uint16_t *natural; /* [criterion]: preferred outcomes */
    side            sides[2];
    size_t          chosen; /* the criterion whose outcome is chosen, or NONE_CHOSEN */
    uint8_t         outcome;
    uint16_t       *allowed;
    uint8_t        *accept;
    uint8_t        *found;
    uint8_t        *spare;
    bool            undecided;
    arena           memory;
} question;

/* ---- Sums -------------------------------------------------------------------------------------- */

static bool make_side(side *out, const rubric *held, arena *memory)
{
    const size_t size = held->criterion_count * OUTCOMES;
    int64_t      all = 1;

    *out = (side){.rubric = held};
    for (size_t l = 0; l < held->scale.count; l++) {
        out->score[l] = arena_array(memory, size, sizeof(int64_t));
        out->below[l] = arena_array(memory, size, sizeof(int64_t));
        if (out->score[l] == NULL || out->below[l] == NULL)
            return false;
    }
    out->coverage = arena_array(memory, size, sizeof(int64_t));
    out->too_little = arena_array(memory, size, sizeof(int64_t));
    out->rated = arena_array(memory, size, sizeof(int64_t));
    if (out->coverage == NULL || out->too_little == NULL || out->rated == NULL)
        return false;
    for (size_t c = 0; c < held->criterion_count; c++)
        all += held->criteria[c].weight;
    for (size_t i = 0; i < size; i++) {
        const size_t  o = i % OUTCOMES;
        const int64_t weight = held->criteria[i / OUTCOMES].weight;
        if (o == OUTCOME_LEFT_OUT)
            continue;
        out->coverage[i] = (o < LEVELS_MAX ? 100 * weight : 0) - held->min_coverage * weight;
        out->too_little[i] = -out->coverage[i];
        for (size_t l = 0; o < LEVELS_MAX && l < held->scale.count; l++) {
            const int64_t over = weight * (1000 * ((int64_t)o + 1) - (int64_t)held->thousandths[l]);
            /* so that a sum of 0 is enough where some weight is rated, and not where none is */
            out->score[l][i] = over * all + weight;
            out->below[l][i] = -over;
        }
        out->rated[i] = o < LEVELS_MAX ? weight : 0;
    }
    return true;
}

/* ---- Counts -------------------------------------------------------------------------------------- */

/* The lowest level from `from` up whose requirements hold in a state of counts; NO_LEVEL. */
static level lowest_held(const question *at, const side *of, size_t state, level from)
{
    const rubric *held = of->rubric;
    unsigned      counts[LEVELS_MAX], fails = 0;

    search_counts(at->search, state, counts);
    /* where its outcome is chosen, the search leaves it uncounted */
    if (at->chosen != NONE_CHOSEN && at->outcome < LEVELS_MAX &&
        held->criteria[at->chosen].weight > 0)
        counts[at->outcome]++;
    for (size_t r = 0; r < held->requirement_count; r++)
        if (counts[held->requirements[r].counted] > held->requirements[r].most)
            fails |= 1u << held->requirements[r].of;
    for (level l = from; l < held->scale.count; l++)
        if ((fails >> l & 1) == 0)
            return l;
    return NO_LEVEL;
}

/* ---- Asking ------------------------------------------------------------------------------------------ */

/* All outcomes but missing, at which no criterion's limit holds a record under `cap`. */
static void allow(question *at, level cap)
{
    const rubric *held = at->sides[0].rubric;

    for (size_t c = 0; c < held->criterion_count; c++) {
        at->allowed[c] = 1u << OUTCOME_LEFT_OUT;
        for (size_t l = 0; l < held->scale.count; l++)
            if (held->criteria[c].cap[l] >= cap)
                at->allowed[c] |= (uint16_t)(1u << l);
    }
    if (at->chosen != NONE_CHOSEN)
        at->allowed[at->chosen] &= (uint16_t)(1u << at->outcome);
}

static void allow_missing(question *at)
{
    allow(at, 0);
    for (size_t c = 0; c < at->sides[0].rubric->criterion_count; c++)
        if (c != at->chosen || at->outcome == OUTCOME_MISSING)
            at->allowed[c] |= 1u << OUTCOME_MISSING;
}

static bool ask(question *at, const search_line *lines, size_t count, uint8_t *ratings)
{
    search_question asked = {
        .allowed = at->allowed, .accept = at->accept, .moving = SIZE_MAX, .line_count = count};

    if (memchr(at->accept, 1, search_states(at->search)) == NULL)
        return false;
    memcpy(asked.lines, lines, count * sizeof *lines);
    const search_answer answer = search_ask(at->search, &asked, at->found);
    at->undecided |= answer == SEARCH_UNDECIDED || answer == SEARCH_NO_MEMORY;
    if (answer != SEARCH_YES)
        return false;
    /* and once more for a record in which every question is answered that can be */
    for (size_t c = 0; c < at->sides[0].rubric->criterion_count; c++)
        at->allowed[c] &= at->natural[c] & (uint16_t) ~(1u << OUTCOME_MISSING);
    const uint8_t *found =
        search_ask(at->search, &asked, at->spare) == SEARCH_YES ? at->spare : at->found;
    for (size_t c = 0; c < at->sides[0].rubric->criterion_count; c++)
        ratings[c] = outcome_rating(found[c]);
    return true;
}

/* Graded by one, and by the other not. */
static bool ask_graded(question *at, const side *one, const side *other, uint8_t *ratings)
{
    const search_line graded[] = {{one->coverage, 0}, {one->rated, 1}};
    search_line       lines[3] = {graded[0], graded[1], {other->too_little, 1}};

    memset(at->accept, 1, search_states(at->search));
    allow_missing(at);
    if (ask(at, lines, 3, ratings))
        return true;
    /* ... as nothing that it weighs is rated: each criterion that is rated weighs nothing there */
    allow_missing(at);
    for (size_t c = 0; c < one->rubric->criterion_count; c++)
        if (other->rubric->criteria[c].weight > 0)
            at->allowed[c] &= (uint16_t)~OUTCOME_LEVELS;
    return ask(at, lines, 2, ratings);
}

/* Judged `l` or above by one where limits allow `cap`, and under `l` by the other. Where they allow l - 1 and
 * no more the judgements are the same, and yet a limit is what holds down the one alone. */
static bool ask_level(question *at, const side *one, const side *other, level l, level cap,
                      uint8_t *ratings)
{
    const level highest = (level)one->rubric->scale.count;

    for (level by = l; by < highest; by++)
        for (level not = l; not <= highest; not ++) {
            const level under = not == highest ? (level)NO_LEVEL : not ;
            for (size_t state = 0; state < search_states(at->search); state++)
                at->accept[state] = lowest_held(at, one, state, l) == by &&
                                    lowest_held(at, other, state, l) == under;
            allow(at, cap);
            const search_line lines[] = {
                {one->score[by], 1},
                {under == NO_LEVEL ? other->rated : other->below[under], 1},
            };
            if (ask(at, lines, 2, ratings))
                return true;
        }
    return false;
}

static bool ask_scores(question *at, uint8_t *ratings)
{
    for (size_t s = 0; s < 2; s++) {
        const side *one = &at->sides[s], *other = &at->sides[1 - s];
        for (level l = 1; one->rubric->overall && l < one->rubric->scale.count; l++)
            if (ask_level(at, one, other, l, (level)(l - 1), ratings)) {
                ask_level(at, one, other, l, l, ratings); /* plainer, where there is one */
                return true;
            }
        if (ask_graded(at, one, other, ratings))
            return true;
    }
    return false;
}

/* The limits of the chosen criterion hold its outcome to `cap` by one rubric, and to more by the other:
 * judged over `cap` but for that, and no other limit under it. */
static bool ask_limit(question *at, level cap, uint8_t *ratings)
{
    const side *one = &at->sides[0];

    for (level by = (level)(cap + 1); by < one->rubric->scale.count; by++) {
        for (size_t state = 0; state < search_states(at->search); state++)
            at->accept[state] = lowest_held(at, one, state, (level)(cap + 1)) == by;
        allow(at, cap);
        at->allowed[at->chosen] = (uint16_t)(1u << at->outcome);
        const search_line line = {one->score[by], 1};
        if (ask(at, &line, 1, ratings))
            return true;
    }
    return false;
}

/* ---- Two rubrics ---------------------------------------------------------------------------------------- */

/* The criterion of which only one rubric's weight counts, or NONE_CHOSEN. */
static size_t counted_by_one(const rubric *a, const rubric *b)
{
    for (size_t c = 0; c < a->criterion_count; c++)
        if ((a->criteria[c].weight > 0) != (b->criteria[c].weight > 0))
            return c;
    return NONE_CHOSEN;
}

static size_t limited_otherwise(const rubric *a, const rubric *b)
{
    for (size_t c = 0; c < a->criterion_count; c++)
        if (memcmp(a->criteria[c].cap, b->criteria[c].cap, a->scale.count) != 0)
            return c;
    return NONE_CHOSEN;
}

/* A rubric by which a search lays out its counts: what either asks, and without the chosen criterion. */
static bool lay_out(const question *at, const rubric *a, const rubric *b, rubric *out,
                    arena *memory)
{
    const size_t count = a->requirement_count + b->requirement_count;
    requirement *both = arena_array(memory, count, sizeof *both);
    criterion   *criteria = arena_array(memory, a->criterion_count, sizeof *criteria);

    if (both == NULL || criteria == NULL)
        return false;
    if (a->requirement_count > 0)
        memcpy(both, a->requirements, a->requirement_count * sizeof *both);
    if (b->requirement_count > 0)
        memcpy(both + a->requirement_count, b->requirements, b->requirement_count * sizeof *both);
    memcpy(criteria, a->criteria, a->criterion_count * sizeof *criteria);
    if (at->chosen != NONE_CHOSEN)
        criteria[at->chosen].weight = 0;
    *out = *a;
    out->requirements = both;
    out->requirement_count = count;
    out->criteria = criteria;
    return true;
}

static bool ask_outcomes(question *at, size_t limited, uint8_t *ratings)
{
    const rubric *a = at->sides[0].rubric, *b = at->sides[1].rubric;

    if (at->chosen == NONE_CHOSEN)
        return ask_scores(at, ratings);
    for (uint8_t o = 0; o < OUTCOMES; o++) {
        at->outcome = o;
        if (limited == NONE_CHOSEN) {
            if (ask_scores(at, ratings))
                return true;
            continue;
        }
        const level one = o < a->scale.count ? a->criteria[limited].cap[o] : 0;
        const level other = o < a->scale.count ? b->criteria[limited].cap[o] : 0;
        if (one != other && ask_limit(at, one < other ? one : other, ratings))
            return true;
    }
    return false;
}

/* Whether the two differ on a domain. False where memory is out. */
static bool ask_domain(const differing *held, const domain *on, const rubric *edited,
                       uint8_t *ratings, differ_answer *answer)
{
    const rubric *a = held->rubric;
    const size_t  limited = limited_otherwise(a, edited);
    question      at = {.chosen = limited != NONE_CHOSEN ? limited : counted_by_one(a, edited)};
    rubric        layout;
    domain        laid_out = *on;
    bool          too_many = false;
    bool          fine = lay_out(&at, a, edited, &layout, &at.memory);

    *answer = DIFFER_UNDECIDED;
    laid_out.rubric = &layout;
    at.search = fine ? search_new(&laid_out, &held->ends, &too_many) : NULL;
    fine = fine && (at.search != NULL || too_many);
    if (at.search != NULL) {
        at.allowed = arena_array(&at.memory, a->criterion_count, sizeof *at.allowed);
        at.accept = arena_array(&at.memory, search_states(at.search), 1);
        at.found = arena_array(&at.memory, a->criterion_count, 1);
        at.spare = arena_array(&at.memory, a->criterion_count, 1);
        at.natural = held->natural;
        fine = at.allowed != NULL && at.accept != NULL && at.found != NULL && at.spare != NULL &&
               make_side(&at.sides[0], a, &at.memory) &&
               make_side(&at.sides[1], edited, &at.memory);
        if (fine && ask_outcomes(&at, limited, ratings))
            *answer = DIFFER_YES;
        else if (fine && !at.undecided && on->exact && !on->any_blanks)
            *answer = DIFFER_NO;
    }
    search_free(at.search);
    arena_free(&at.memory);
    return fine;
}

bool differ_ask(differing *held, const rubric *edited, uint8_t *ratings, differ_answer *answer)
{
    if (!held->has_plugins)
        return ask_domain(held, &held->real, edited, ratings, answer);
    if (!ask_domain(held, &held->assumed, edited, ratings, answer))
        return false;
    if (*answer == DIFFER_NO)
        return true;
    /* what trials with plugins do not find, others may */
    const differ_answer assumed = *answer == DIFFER_YES ? DIFFER_UNMADE : DIFFER_UNDECIDED;
    if (!ask_domain(held, &held->real, edited, ratings, answer))
        return false;
    if (*answer != DIFFER_YES)
        *answer = assumed;
    return true;
}

differing *differ_new(const rubric *held, plugin_set *plugins, unsigned milliseconds,
                      error_list *errors)
{
    differing *made = calloc(1, sizeof *made);

    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    made->rubric = held;
    for (size_t c = 0; c < held->criterion_count; c++)
        made->has_plugins |= held->criteria[c].kind == MEASURE_PLUGIN;
    made->ends = search_end(milliseconds);
    if (!domain_make_real(&made->real, held, plugins, errors)) {
        free(made);
        return NULL;
    }
    made->natural =
        arena_array(&made->real.tried.memory, held->criterion_count, sizeof *made->natural);
    if (made->natural == NULL) {
        domain_free(&made->real);
        free(made);
        error_memory(errors);
        return NULL;
    }
    natural_outcomes(&made->real, made->natural);
    if (made->has_plugins && !domain_make(&made->assumed, held, errors)) {
        made->has_plugins = false;
        differ_free(made);
        return NULL;
    }
    return made;
}

void differ_free(differing *unwanted)
{
    if (unwanted == NULL)
        return;
    domain_free(&unwanted->real);
    if (unwanted->has_plugins)
        domain_free(&unwanted->assumed);
    free(unwanted);
}
