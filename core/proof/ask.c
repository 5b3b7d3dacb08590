#include "proof/ask.h"

#include <string.h>

enum { NO_LEVEL = LEVELS_MAX };

/* ---- Sums -------------------------------------------------------------------------------------- */

static int64_t *table(asker *out)
{
    return arena_array(&out->memory, out->rubric->criterion_count * OUTCOMES, sizeof(int64_t));
}

static void fill_tables(asker *out)
{
    const rubric *held = out->rubric;
    int64_t       all = 1;

    for (size_t c = 0; c < held->criterion_count; c++)
        all += held->criteria[c].weight;
    for (size_t c = 0; c < held->criterion_count; c++) {
        const int64_t weight = held->criteria[c].weight;
        for (size_t o = 0; o < OUTCOMES; o++) {
            const size_t at = c * OUTCOMES + o;
            if (o == OUTCOME_MISSING) {
                out->coverage[at] = -weight * held->min_coverage;
                out->graded[at] = out->coverage[at] * all;
                out->missing[at] = weight > 0;
            }
            if (o >= LEVELS_MAX)
                continue;
            out->weight[at] = weight;
            out->coverage[at] = weight * (100 - held->min_coverage);
            /* the weight decides where coverage is just enough, and never more */
            out->graded[at] = out->coverage[at] * all + weight;
            for (size_t l = 0; l < held->scale.count; l++) {
                out->over[l][at] = weight * (1000 * ((int64_t)o + 1) - held->thousandths[l]);
                out->under[l][at] = -out->over[l][at];
            }
        }
    }
}

/* A criterion that may or may not apply is left open. */
void natural_outcomes(const domain *held, uint16_t *out)
{
    for (size_t c = 0; c < held->rubric->criterion_count; c++)
        out[c] = (1u << OUTCOMES) - 1;
    for (size_t p = 0; p < held->part_count; p++) {
        const domain_part *part = &held->parts[p];
        for (size_t i = 0; i < part->criterion_count; i++) {
            bool rated = true;
            for (size_t w = 0; w < part->worlds; w++)
                rated &= (part->masks[w * part->criterion_count + i] & OUTCOME_LEVELS) != 0;
            if (rated)
                out[part->criteria[i]] = OUTCOME_LEVELS | 1u << OUTCOME_MISSING;
        }
    }
}

/* ---- Requirements -------------------------------------------------------------------------------- */

/* Bit l: the requirements of level l hold in a state of counts, with one more rated `more`. */
static unsigned find_held(const asker *at, size_t state, uint8_t more, int without)
{
    unsigned counts[LEVELS_MAX], held = (1u << at->rubric->scale.count) - 1;

    search_counts(at->search, state, counts);
    if (more < LEVELS_MAX)
        counts[more]++;
    for (size_t r = 0; r < at->rubric->requirement_count; r++) {
        const requirement *asked = &at->rubric->requirements[r];
        if ((int)r != without && counts[asked->counted] > asked->most)
            held &= ~(1u << asked->of);
    }
    return held;
}

static bool fill_held(asker *out)
{
    for (size_t more = 0; more <= LEVELS_MAX; more++) {
        const size_t states = search_states(out->search);
        out->held[more] = arena_array(&out->memory, states, sizeof *out->held[more]);
        if (out->held[more] == NULL)
            return false;
        for (size_t state = 0; state < states; state++)
            out->held[more][state] = (uint16_t)find_held(out, state, (uint8_t)more, NO_REQUIREMENT);
    }
    return true;
}

static unsigned levels_held(const asker *at, size_t state, uint8_t more, int without)
{
    return without != NO_REQUIREMENT ? find_held(at, state, more, without)
                                     : at->held[more < LEVELS_MAX ? more : LEVELS_MAX][state];
}

bool asker_make(asker *out, const domain *held, search *used)
{
    const size_t count = held->rubric->criterion_count;
    bool         enough = true;

    *out = (asker){.domain = held, .rubric = held->rubric, .search = used};
    for (size_t l = 0; l < held->rubric->scale.count; l++) {
        out->over[l] = table(out);
        out->under[l] = table(out);
        enough &= out->over[l] != NULL && out->under[l] != NULL;
    }
    out->weight = table(out);
    out->coverage = table(out);
    out->graded = table(out);
    out->missing = table(out);
    out->natural = arena_array(&out->memory, count, sizeof *out->natural);
    out->allowed = arena_array(&out->memory, count, sizeof *out->allowed);
    out->accept = arena_array(&out->memory, search_states(used), 1);
    out->chosen = arena_array(&out->memory, count, 1);
    out->spare = arena_array(&out->memory, count, 1);
    if (!enough || out->weight == NULL || out->coverage == NULL || out->graded == NULL ||
        out->missing == NULL || out->natural == NULL || out->allowed == NULL ||
        out->accept == NULL || out->chosen == NULL || out->spare == NULL) {
        asker_free(out);
        return false;
    }
    fill_tables(out);
    natural_outcomes(held, out->natural);
    if (!fill_held(out)) {
        asker_free(out);
        return false;
    }
    return true;
}

void asker_free(asker *held)
{
    arena_free(&held->memory);
    *held = (asker){0};
}

/* The lowest level from `from` up that is held, or NO_LEVEL. */
static level lowest_held(unsigned held, level from)
{
    for (level l = from; l < LEVELS_MAX; l++)
        if (held >> l & 1)
            return l;
    return NO_LEVEL;
}

static bool any_accepted(const asker *at)
{
    return memchr(at->accept, 1, search_states(at->search)) != NULL;
}

/* ---- Outcomes -------------------------------------------------------------------------------------- */

/* All outcomes, missing only where that says more than left out, at which no criterion's limit holds a record
 * under `cap`. */
static void allow_up_to(asker *at, level cap)
{
    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        at->allowed[c] = 1u << OUTCOME_LEFT_OUT;
        if (at->domain->blanks[c])
            at->allowed[c] |= 1u << OUTCOME_MISSING;
        for (size_t l = 0; l < at->rubric->scale.count; l++)
            if (at->rubric->criteria[c].cap[l] >= cap)
                at->allowed[c] |= (uint16_t)(1u << l);
    }
}

static void keep_natural(asker *at)
{
    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        const uint16_t all = at->allowed[c] & at->natural[c];
        const uint16_t present = all & (uint16_t) ~(1u << OUTCOME_MISSING);
        at->allowed[c] = present != 0 ? present : all;
    }
}

/* Asks; where the answer is yes, once more for a record in which every question is answered. `ratings`
 * NULL: only the answer is wanted. */
static search_answer ask(asker *at, search_question *asked, uint8_t *ratings)
{
    asked->allowed = at->allowed;
    asked->accept = at->accept;
    const search_answer answer = search_ask(at->search, asked, at->chosen);
    if (answer != SEARCH_YES || ratings == NULL)
        return answer;
    keep_natural(at);
    const uint8_t *found =
        search_ask(at->search, asked, at->spare) == SEARCH_YES ? at->spare : at->chosen;
    for (size_t c = 0; c < at->rubric->criterion_count; c++)
        ratings[c] = outcome_rating(found[c]);
    return SEARCH_YES;
}

static void add_line(search_question *asked, const int64_t *value, int64_t least)
{
    asked->lines[asked->line_count++] = (search_line){value, least};
}

/* ---- Two records ------------------------------------------------------------------------------------ */

static int64_t added(const int64_t *value, int c, uint8_t outcome)
{
    return c == NO_CRITERION || outcome == NO_OUTCOME ? 0 : value[(size_t)c * OUTCOMES + outcome];
}

/* Whether the criterion by itself keeps a record under `under`. */
static bool held_under(const asker *at, const two_records *asked, uint8_t outcome)
{
    if (asked->criterion == NO_CRITERION || asked->unlimited)
        return false;
    const uint8_t rated = outcome == NO_OUTCOME ? asked->first : outcome;
    return rated < LEVELS_MAX && at->rubric->criteria[asked->criterion].cap[rated] < asked->under;
}

static bool limits_first(const asker *at, const two_records *asked)
{
    if (asked->criterion == NO_CRITERION || asked->unlimited)
        return false;
    const uint8_t rated = asked->first == NO_OUTCOME ? asked->second : asked->first;
    return rated < LEVELS_MAX &&
           at->rubric->criteria[asked->criterion].cap[rated] < asked->at_least;
}

/* What the criterion adds to being graded in both records: nothing where its weight is taken as 0 in one. */
static int64_t least_graded(const asker *at, const two_records *asked)
{
    const int64_t first = added(at->graded, asked->criterion, asked->first);
    const int64_t second = added(at->graded, asked->criterion, asked->second);

    return first < second ? first : second;
}

static uint8_t counted(const asker *at, int c, uint8_t outcome)
{
    return c != NO_CRITERION && at->rubric->criteria[c].weight > 0 ? outcome : (uint8_t)NO_OUTCOME;
}

/* The first is to stand or fall with the threshold of `by`, the second with that of `other`
 * (NO_LEVEL: requirements keep it under; LEVEL_NONE: whatever they say). */
static search_answer ask_by(asker *at, const two_records *asked, level by, level other,
                            uint8_t *ratings)
{
    search_question question = {.moving = SIZE_MAX};
    const int       c = asked->criterion;

    if (search_is_over(at->search))
        return SEARCH_UNDECIDED;
    for (size_t state = 0; state < search_states(at->search); state++) {
        const unsigned first = levels_held(at, state, counted(at, c, asked->first), asked->without);
        const unsigned second =
            levels_held(at, state, counted(at, c, asked->second), NO_REQUIREMENT);
        at->accept[state] = lowest_held(first, asked->at_least) == by &&
                            (other == LEVEL_NONE || lowest_held(second, asked->under) == other);
    }
    if (!any_accepted(at))
        return SEARCH_NO;
    allow_up_to(at, asked->at_least);
    add_line(&question, at->over[by], -added(at->over[by], c, asked->first));
    if (other < NO_LEVEL)
        add_line(&question, at->under[other], 1 - added(at->under[other], c, asked->second));
    if (c == NO_CRITERION || asked->first == NO_OUTCOME || asked->second == NO_OUTCOME ||
        at->rubric->criteria[c].weight == 0 || at->domain->any_blanks)
        add_line(&question, at->graded, 1 - least_graded(at, asked));
    if (c != NO_CRITERION) {
        question.moving = (size_t)c;
        question.moves = (uint16_t)((asked->first < OUTCOMES ? 1u << asked->first : 0) |
                                    (asked->second < OUTCOMES ? 1u << asked->second : 0));
    }
    return ask(at, &question, ratings);
}

static void set(const two_records *asked, uint8_t outcome, uint8_t *ratings)
{
    if (asked->criterion == NO_CRITERION)
        return;
    const uint8_t other = outcome == asked->first ? asked->second : asked->first;
    ratings[asked->criterion] = outcome_rating(outcome == NO_OUTCOME ? other : outcome);
}

search_answer ask_two(asker *at, const two_records *asked, uint8_t *first, uint8_t *second)
{
    const size_t  count = at->rubric->scale.count;
    search_answer answer = SEARCH_NO;
    const bool    free = asked->under == 0 || held_under(at, asked, asked->second);

    if (limits_first(at, asked))
        return SEARCH_NO;
    for (level by = asked->at_least; by < count && answer != SEARCH_YES; by++) {
        if (free) {
            answer = search_either(answer, ask_by(at, asked, by, LEVEL_NONE, first));
            continue;
        }
        for (size_t other = asked->under; other <= count && answer != SEARCH_YES; other++)
            answer = search_either(
                answer,
                ask_by(at, asked, by, other < count ? (level)other : (level)NO_LEVEL, first));
    }
    if (answer == SEARCH_YES && first != NULL) {
        memcpy(second, first, at->rubric->criterion_count);
        set(asked, asked->first, first);
        set(asked, asked->second, second);
    }
    return answer;
}

/* ---- One record --------------------------------------------------------------------------------------- */

/* A record with that base, in a state that is accepted. */
static search_answer ask_of_base(asker *at, level base, level cap, uint8_t *ratings)
{
    search_question question = {.moving = SIZE_MAX};

    if (!any_accepted(at))
        return SEARCH_NO;
    allow_up_to(at, cap);
    add_line(&question, at->over[base], 0);
    if (base + 1u < at->rubric->scale.count)
        add_line(&question, at->under[base + 1], 1);
    add_line(&question, at->graded, 1);
    return ask(at, &question, ratings);
}

/* Where a base steps down to (grading.md 6.4); the lowest level has no requirements. */
static level steps_to(unsigned held, level base)
{
    while (!(held >> base & 1))
        base--;
    return base;
}

search_answer ask_base(asker *at, level base, level stepped, level cap, uint8_t *ratings)
{
    for (size_t state = 0; state < search_states(at->search); state++) {
        const unsigned held = levels_held(at, state, NO_OUTCOME, NO_REQUIREMENT);
        at->accept[state] = steps_to(held, base) == stepped;
    }
    return ask_of_base(at, base, cap, ratings);
}

search_answer ask_near(asker *at, level base, level l, uint8_t *ratings)
{
    search_answer answer = SEARCH_NO;

    for (level under = 0; under < l && answer != SEARCH_YES; under++) {
        for (size_t state = 0; state < search_states(at->search); state++) {
            const unsigned held = levels_held(at, state, NO_OUTCOME, NO_REQUIREMENT);
            at->accept[state] = (held >> l & 1) && steps_to(held, (level)(l - 1)) == under;
        }
        answer = search_either(answer, ask_of_base(at, base, (level)(under + 1), ratings));
    }
    return answer;
}

static search_answer ask_blank_with(asker *at, size_t c, level at_least, uint16_t others,
                                    uint8_t *ratings)
{
    search_answer answer = SEARCH_NO;

    for (level by = at_least; by < at->rubric->scale.count && answer != SEARCH_YES; by++) {
        search_question question = {.moving = SIZE_MAX};
        for (size_t state = 0; state < search_states(at->search); state++)
            at->accept[state] =
                lowest_held(levels_held(at, state, NO_OUTCOME, NO_REQUIREMENT), at_least) == by;
        if (!any_accepted(at))
            continue;
        allow_up_to(at, at_least);
        for (size_t other = 0; other < at->rubric->criterion_count; other++)
            at->allowed[other] |= others;
        at->allowed[c] = 1u << OUTCOME_MISSING;
        add_line(&question, at->over[by], 0);
        add_line(&question, at->graded, 1);
        answer = search_either(answer, ask(at, &question, ratings));
    }
    return answer;
}

search_answer ask_blank(asker *at, size_t c, level at_least, uint8_t *ratings)
{
    const search_answer alone = ask_blank_with(at, c, at_least, 0, ratings);

    return alone == SEARCH_YES ? alone
                               : ask_blank_with(at, c, at_least, 1u << OUTCOME_MISSING, ratings);
}
