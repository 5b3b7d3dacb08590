/* Whether records can be judged each level, and whether each threshold decides any. */
#include <stdio.h>

#include "proof/prove.h"

static uint64_t line_of(const rubric *held, level l)
{
    return held->threshold_line[l] != 0 ? held->threshold_line[l] : held->judgement_line;
}

/* By its score, stepping down from whatever base. */
static search_answer reached_by_score(proving *at, level l)
{
    search_answer answer = SEARCH_NO;

    for (level base = l; base < at->rubric->scale.count && answer != SEARCH_YES; base++)
        answer = search_either(answer, ask_base(&at->asker, base, l, l, at->first));
    return answer;
}

/* Because the limit of some criterion holds it there. */
static search_answer reached_by_limit(proving *at, level l)
{
    search_answer answer = SEARCH_NO;

    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        for (uint8_t rated = 0; rated < at->rubric->scale.count && answer != SEARCH_YES; rated++) {
            const two_records asked = {.at_least = l,
                                       .criterion = (int)c,
                                       .first = rated,
                                       .second = rated,
                                       .without = NO_REQUIREMENT};
            if (at->rubric->criteria[c].cap[rated] == l && (at->domain->any[c] >> rated & 1) != 0)
                answer = search_either(answer, ask_two(&at->asker, &asked, at->first, at->second));
        }
    }
    return answer;
}

bool prove_levels(proving *at)
{
    const scale *levels = &at->rubric->scale;

    for (level l = 0; l < levels->count; l++) {
        search_answer answer = reached_by_score(at, l);
        if (answer != SEARCH_YES && l + 1u < levels->count)
            answer = search_either(answer, reached_by_limit(at, l));
        if (prove_yes(at, TOPIC_LEVELS, answer)) {
            at->out->reachable |= 1u << l;
            continue;
        }
        if (answer == SEARCH_NO &&
            !prove_find(at, KIND_UNREACHABLE_LEVEL, FINDING_FAULT, line_of(at->rubric, l),
                        "no record can be judged %s, whatever its ratings; change the thresholds, "
                        "requirements or ratings that rule it out, or take the level out of the "
                        "scale",
                        levels->ids[l]))
            return false;
    }
    return true;
}

/* A threshold decides where some record is judged better for reaching it, and some other lower for
 * falling short. */
bool prove_thresholds(proving *at)
{
    for (level l = 1; l < at->rubric->scale.count; l++) {
        char threshold[16];
        if ((at->out->reachable >> l & 1) == 0)
            continue; /* said already, or not known */
        const search_answer reaches = ask_near(&at->asker, l, l, NULL);
        const search_answer falls_short = ask_near(&at->asker, (level)(l - 1), l, NULL);
        prove_yes(at, TOPIC_THRESHOLDS, reaches);
        prove_yes(at, TOPIC_THRESHOLDS, falls_short);
        if (reaches != SEARCH_NO && falls_short != SEARCH_NO)
            continue;
        snprintf(threshold, sizeof threshold, "%u.%03u", at->rubric->thousandths[l] / 1000,
                 at->rubric->thousandths[l] % 1000);
        if (!prove_find(at, KIND_DEAD_THRESHOLD, FINDING_NOTE, line_of(at->rubric, l),
                        "the threshold of %s, %s, decides no record: %s; move it, or leave it",
                        at->rubric->scale.ids[l], threshold,
                        reaches == SEARCH_NO
                            ? "none that reaches it is judged better for that"
                            : "none that falls short of it would be judged better with more"))
            return false;
    }
    return true;
}
