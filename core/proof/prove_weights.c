/* Whether each weight changes any judgement. */
#include <string.h>

#include "proof/near.h"
#include "proof/prove.h"

/* What is known so far, one entry a criterion. */
typedef struct {
    proving       *at;
    near_records   near;
    judgement     *judged;   /* [record of near] */
    rubric         without;  /* with one weight 0 */
    criterion     *criteria; /* its own */
    search_answer *answers;
    level          last; /* the level by which the last weight was found to matter */
    int            lowers;
} weighing;

static bool graded(const judgement *judged)
{
    return judged->judgement < LEVELS_MAX;
}

/* Whether a record is graded with the weight and without, and judged otherwise. */
static bool shown_near(weighing *held, size_t c)
{
    const size_t   size = held->at->rubric->criterion_count;
    const unsigned weight = held->criteria[c].weight;
    bool           shown = false;

    held->criteria[c].weight = 0;
    for (size_t i = 0; i < held->near.count && !shown; i++) {
        const judgement without = judge_record(&held->without, held->near.ratings + i * size);
        shown = graded(&held->judged[i]) && graded(&without) &&
                without.judgement != held->judged[i].judgement;
    }
    held->criteria[c].weight = weight;
    return shown;
}

/* A record, graded in any case, that is judged `l` or above with the weight, and under it with weight 0;
 * the other way round where it `lowers`. */
static search_answer ask_of_level(proving *at, size_t c, level l, int lowers)
{
    search_answer answer = SEARCH_NO;

    for (uint8_t rated = 0; rated < at->rubric->scale.count && answer != SEARCH_YES; rated++) {
        const two_records asked = {.at_least = l,
                                   .under = l,
                                   .criterion = (int)c,
                                   .first = lowers ? (uint8_t)NO_OUTCOME : rated,
                                   .second = lowers ? rated : (uint8_t)NO_OUTCOME,
                                   .without = NO_REQUIREMENT};
        if (at->domain->any[c] >> rated & 1)
            answer = search_either(answer, ask_two(&at->asker, &asked, NULL, NULL));
    }
    return answer;
}

/* What showed the last one first: it often shows the next. */
static search_answer ask_of_levels(weighing *held, size_t c)
{
    proving      *at = held->at;
    search_answer answer =
        held->last > 0 ? ask_of_level(at, c, held->last, held->lowers) : SEARCH_NO;

    for (level l = 1; l < at->rubric->scale.count; l++)
        for (int lowers = 0; lowers < 2; lowers++) {
            if (answer == SEARCH_YES)
                return answer;
            if (l == held->last && lowers == held->lowers)
                continue;
            answer = search_either(answer, ask_of_level(at, c, l, lowers));
            if (answer == SEARCH_YES) {
                held->last = l;
                held->lowers = lowers;
            }
        }
    return answer;
}

/* Of many questions one with yes is enough: so first each in a hurry. */
static search_answer ask_of_all(weighing *held, size_t c)
{
    search *used = held->at->asker.search;

    search_hurry(used, true);
    const search_answer answer = ask_of_levels(held, c);
    search_hurry(used, false);
    return answer == SEARCH_UNDECIDED ? ask_of_levels(held, c) : answer;
}

static bool find_dead(proving *at, const criterion *asked)
{
    return prove_find(at, KIND_DEAD_WEIGHT, FINDING_NOTE, asked->line,
                      "%s: its weight, %u, changes no judgement: every record that others grade is "
                      "judged as with weight 0; give it more, or 0 to say so",
                      asked->id, asked->weight);
}

static bool weigh_all(weighing *held)
{
    proving *at = held->at;

    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        const size_t alike = at->domain->alike[c];
        if (at->rubric->criteria[c].weight == 0)
            continue;
        held->answers[c] = alike != c            ? held->answers[alike]
                           : shown_near(held, c) ? SEARCH_YES
                                                 : ask_of_all(held, c);
        prove_yes(at, TOPIC_WEIGHTS, held->answers[c]);
        if (held->answers[c] == SEARCH_NO && !find_dead(at, &at->rubric->criteria[c]))
            return false;
    }
    return true;
}

static bool copy_criteria(weighing *held)
{
    const rubric *from = held->at->rubric;
    arena        *memory = &held->near.memory;

    held->criteria = arena_array(memory, from->criterion_count, sizeof *held->criteria);
    held->answers = arena_array(memory, from->criterion_count, sizeof *held->answers);
    held->judged = arena_array(memory, held->near.count, sizeof *held->judged);
    if (held->criteria == NULL || held->answers == NULL || held->judged == NULL)
        return false;
    memcpy(held->criteria, from->criteria, from->criterion_count * sizeof *held->criteria);
    held->without = *from;
    held->without.criteria = held->criteria;
    for (size_t i = 0; i < held->near.count; i++)
        held->judged[i] = judge_record(from, held->near.ratings + i * from->criterion_count);
    return true;
}

bool prove_weights(proving *at)
{
    weighing held = {.at = at};

    if (at->out->asked == 1)
        return true; /* alone it decides everything */
    if (!near_make(&held.near, at->domain))
        return false;
    const bool proved = copy_criteria(&held) && weigh_all(&held);
    near_free(&held.near);
    return proved;
}
