/* Whether each requirement and each limit changes any judgement. */
#include "proof/prove.h"

/* A record that is judged lower with the requirement than without. */
static search_answer requirement_matters(proving *at, size_t r)
{
    search_answer answer = SEARCH_NO;

    for (level l = 1; l <= at->rubric->requirements[r].of && answer != SEARCH_YES; l++) {
        const two_records asked = {.at_least = l,
                                   .under = l,
                                   .criterion = NO_CRITERION,
                                   .first = NO_OUTCOME,
                                   .second = NO_OUTCOME,
                                   .without = (int)r};
        answer = search_either(answer, ask_two(&at->asker, &asked, NULL, NULL));
    }
    return answer;
}

bool prove_requirements(proving *at)
{
    for (size_t r = 0; r < at->rubric->requirement_count; r++) {
        const requirement  *asked = &at->rubric->requirements[r];
        const search_answer answer = requirement_matters(at, r);
        prove_yes(at, TOPIC_REQUIREMENTS, answer);
        if (answer == SEARCH_NO &&
            !prove_find(at, KIND_DEAD_REQUIREMENT, FINDING_NOTE, asked->line,
                        "max_%s = %u of [judgement.%s] changes no judgement: it never fails, or "
                        "where it does something else holds the record down as far; make it "
                        "stricter, or remove the line",
                        at->rubric->scale.ids[asked->counted], asked->most,
                        at->rubric->scale.ids[asked->of]))
            return false;
    }
    return true;
}

/* The most that a criterion's limits allow when it is rated so, without one of them. */
static level cap_without(const rubric *held, const criterion *asked, size_t left_out, uint8_t rated)
{
    level cap = (level)(held->scale.count - 1);
    for (size_t i = 0; i < asked->limit_count; i++)
        if (i != left_out && rated <= asked->limits[i].at && asked->limits[i].most < cap)
            cap = asked->limits[i].most;
    return cap;
}

/* A record that it holds down, and that would be judged higher without it. */
static search_answer limit_matters(proving *at, size_t c, size_t i)
{
    const criterion *asked = &at->rubric->criteria[c];
    const limit     *tried = &asked->limits[i];
    search_answer    answer = SEARCH_NO;

    for (uint8_t rated = 0; rated <= tried->at && answer != SEARCH_YES; rated++) {
        if ((at->domain->any[c] >> rated & 1) == 0 ||
            cap_without(at->rubric, asked, i, rated) <= tried->most)
            continue;
        const two_records held_down = {.at_least = (level)(tried->most + 1),
                                       .criterion = (int)c,
                                       .first = rated,
                                       .second = rated,
                                       .unlimited = true,
                                       .without = NO_REQUIREMENT};
        answer = search_either(answer, ask_two(&at->asker, &held_down, NULL, NULL));
    }
    return answer;
}

bool prove_limits(proving *at)
{
    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        const criterion *asked = &at->rubric->criteria[c];
        for (size_t i = 0; i < asked->limit_count; i++) {
            const search_answer answer = limit_matters(at, c, i);
            prove_yes(at, TOPIC_LIMITS, answer);
            if (answer == SEARCH_NO &&
                !prove_find(at, KIND_DEAD_LIMIT, FINDING_NOTE, asked->limits[i].line,
                            "%s: the limit %s -> %s holds no record down: the criterion is never "
                            "rated so low, or something else holds the record down as far; correct "
                            "it, or remove it",
                            asked->id, at->rubric->scale.ids[asked->limits[i].at],
                            at->rubric->scale.ids[asked->limits[i].most]))
                return false;
        }
    }
    return true;
}
