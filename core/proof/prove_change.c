/* What one rating can change. */
#include <string.h>

#include "proof/prove.h"

/* The next level above `from` that the criterion can have; LEVEL_NONE: there is none. */
static uint8_t next_level(const proving *at, size_t c, uint8_t from)
{
    for (uint8_t l = (uint8_t)(from + 1); l < at->rubric->scale.count; l++)
        if (at->domain->any[c] >> l & 1)
            return l;
    return LEVEL_NONE;
}

/* ---- Better is never lower ------------------------------------------------------------------------ */

/* The requirement that a record fails for one rating `counted` too many. */
static const requirement *that_fails(const proving *at, level judged, level counted)
{
    const rubric *held = at->rubric;
    size_t        rated = 0;

    for (size_t c = 0; c < held->criterion_count; c++)
        rated += held->criteria[c].weight > 0 && at->second[c] == counted;
    for (size_t r = 0; r < held->requirement_count; r++)
        if (held->requirements[r].counted == counted && held->requirements[r].of >= judged &&
            rated == held->requirements[r].most + 1u)
            return &held->requirements[r];
    return NULL;
}

static bool find_not_monotone(proving *at, size_t c, uint8_t lower, uint8_t higher)
{
    const char *const *ids = at->rubric->scale.ids;
    const judgement    before = judge_record(at->rubric, at->first);
    const judgement    after = judge_record(at->rubric, at->second);
    const requirement *fails = that_fails(at, before.judgement, higher);

    at->out->monotone = false;
    if (!at->rubric->monotone)
        return true;
    return prove_find(at, KIND_NOT_MONOTONE, FINDING_FAULT,
                      fails != NULL ? fails->line : at->rubric->judgement_line,
                      "a better rating can judge lower: %s from %s to %s takes a record from %s to "
                      "%s, because max_%s = %u of [judgement.%s] then fails; change that line, or, "
                      "where it is meant, write \"monotone = no\" in [judgement]",
                      at->rubric->criteria[c].id, ids[lower], ids[higher], ids[before.judgement],
                      ids[after.judgement], ids[higher], fails != NULL ? fails->most : 0,
                      fails != NULL ? ids[fails->of] : ids[before.judgement]) &&
           prove_show(at, at->first) && prove_show(at, at->second);
}

/* A better rating adds to every sum and loosens every limit; only a requirement that counts the better
 * level can turn against it. */
static bool counts(const rubric *held, level of)
{
    for (size_t r = 0; r < held->requirement_count; r++)
        if (held->requirements[r].counted == of)
            return true;
    return false;
}

/* One rating up, and the judgement down: of `criterion`, from `lower` to the level above. */
typedef struct {
    level   from;
    uint8_t higher;
    size_t  criterion; /* as found */
    uint8_t lower;
} fall;

/* A criterion that falls from a level when it is raised to another. */
static search_answer find_fall(proving *at, asker *asked_of, fall *found)
{
    search_answer answer = SEARCH_NO;

    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        if (at->rubric->criteria[c].weight == 0 || (at->domain->any[c] >> found->higher & 1) == 0 ||
            asked_of->domain->alike[c] != c)
            continue;
        for (uint8_t lower = 0; lower < found->higher; lower++) {
            if (next_level(at, c, lower) != found->higher || (at->domain->any[c] >> lower & 1) == 0)
                continue;
            const two_records asked = {.at_least = found->from,
                                       .under = found->from,
                                       .criterion = (int)c,
                                       .first = lower,
                                       .second = found->higher,
                                       .without = NO_REQUIREMENT};
            answer = search_either(answer, ask_two(asked_of, &asked, at->first, at->second));
            if (answer != SEARCH_YES)
                continue;
            found->criterion = c;
            found->lower = lower;
            return answer;
        }
    }
    return answer;
}

static bool prove_one_fall(proving *at, level from, level higher)
{
    fall found = {.from = from, .higher = higher};

    if (!prove_yes(at, TOPIC_MONOTONE, find_fall(at, &at->moving, &found)))
        return true;
    if (at->seen != NULL)
        find_fall(at, at->seen, &found);
    return find_not_monotone(at, found.criterion, found.lower, higher);
}

bool prove_monotone(proving *at)
{
    at->out->monotone = true;
    for (level from = (level)(at->rubric->scale.count - 1); from > 0; from--)
        for (level higher = 1; higher < at->rubric->scale.count; higher++)
            if (counts(at->rubric, higher) && !prove_one_fall(at, from, higher))
                return false;
    at->out->monotone_decided = !at->out->monotone || !at->undecided[TOPIC_MONOTONE];
    if (at->rubric->monotone || !at->out->monotone || !at->out->monotone_decided)
        return true;
    return prove_find(at, KIND_NEEDLESS_MONOTONE, FINDING_NOTE, at->rubric->judgement_line,
                      "\"monotone = no\" is not needed for the judgement: no better rating judges "
                      "lower; remove it, unless it is meant for bands that turn round");
}

/* ---- One step of one rating ------------------------------------------------------------------------ */

/* Two records that are judged `at_least` and `under`, criterion c being rated a step higher or lower in
 * the one than in the other. */
static search_answer step_of(proving *at, asker *asked_of, size_t c, level at_least, level under)
{
    search_answer answer = SEARCH_NO;

    for (uint8_t lower = 0; lower < at->rubric->scale.count; lower++) {
        const uint8_t higher = next_level(at, c, lower);
        if ((at->domain->any[c] >> lower & 1) == 0 || higher == LEVEL_NONE)
            continue;
        /* up; and down, where better may be lower */
        for (int down = 0; down <= !at->out->monotone && answer != SEARCH_YES; down++) {
            const two_records asked = {.at_least = at_least,
                                       .under = under,
                                       .criterion = (int)c,
                                       .first = down ? lower : higher,
                                       .second = down ? higher : lower,
                                       .without = NO_REQUIREMENT};
            answer = search_either(answer, ask_two(asked_of, &asked, at->first, at->second));
        }
    }
    return answer;
}

static search_answer step_apart(proving *at, asker *asked_of, level at_least, level under)
{
    search_answer answer = SEARCH_NO;

    for (size_t c = 0; c < at->rubric->criterion_count && answer != SEARCH_YES; c++)
        if (asked_of->domain->alike[c] == c)
            answer = search_either(answer, step_of(at, asked_of, c, at_least, under));
    return answer;
}

static bool find_step(proving *at, unsigned moved)
{
    const char *const *ids = at->rubric->scale.ids;
    const judgement    high = judge_record(at->rubric, at->first);
    const judgement    low = judge_record(at->rubric, at->second);
    size_t             c = 0;

    while (at->first[c] == at->second[c])
        c++;
    at->out->most_moved = moved;
    return prove_find(
               at, KIND_ONE_STEP, FINDING_NOTE, at->rubric->criteria[c].line,
               "one rating one step apart moves the judgement by %u %s at the most: %s %s or "
               "%s, judged %s or %s",
               moved, moved == 1 ? "level" : "levels", at->rubric->criteria[c].id,
               ids[at->first[c]], ids[at->second[c]], ids[high.judgement], ids[low.judgement]) &&
           prove_show(at, at->first) && prove_show(at, at->second);
}

bool prove_moves(proving *at)
{
    const unsigned top = (unsigned)at->rubric->scale.count - 1;

    for (unsigned moved = top; moved > 0; moved--) {
        for (unsigned high = top; high >= moved; high--) {
            const unsigned under = high - moved + 1;
            if ((at->out->reachable >> high) == 0 ||
                (at->out->reachable & ((1u << under) - 1)) == 0)
                continue;
            if (!prove_yes(at, TOPIC_MOVES, step_apart(at, &at->moving, (level)high, (level)under)))
                continue;
            if (at->seen != NULL)
                step_apart(at, at->seen, (level)high, (level)under);
            at->out->moved_decided = !at->undecided[TOPIC_MOVES];
            return find_step(at, moved);
        }
    }
    at->out->moved_decided = !at->undecided[TOPIC_MOVES];
    return true;
}
