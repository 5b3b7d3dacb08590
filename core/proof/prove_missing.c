/* What missing evidence does: how much of it a grade bears, and which limits it disarms. */
#include <string.h>

#include "proof/prove.h"

bool prove_missing(proving *at)
{
    size_t most, seen;

    if (!most_missing(&at->asker, &most, at->first) ||
        (at->seen != NULL && !most_missing(at->seen, &seen, at->second)))
        return false;
    if (at->seen != NULL && seen == most)
        memcpy(at->first, at->second, at->rubric->criterion_count);
    at->out->most_missing = most;
    if (most == 0)
        return true;
    const judgement made = judge_record(at->rubric, at->first);
    return prove_find(
               at, KIND_MOST_MISSING, FINDING_NOTE, at->rubric->judgement_line,
               "graded with as many as %zu of %zu weighted criteria missing, at %u%% coverage",
               most, at->out->asked, made.coverage) &&
           prove_show(at, at->first);
}

/* ---- Limits that a blank disarms --------------------------------------------------------------------- */

/* The lowest that the criterion's limits can hold a record to. */
static level lowest_cap(const proving *at, size_t c)
{
    level lowest = (level)(at->rubric->scale.count - 1);
    for (size_t l = 0; l < at->rubric->scale.count; l++)
        if ((at->domain->any[c] >> l & 1) && at->rubric->criteria[c].cap[l] < lowest)
            lowest = at->rubric->criteria[c].cap[l];
    return lowest;
}

/* The best that a record can be judged in which criterion c is missing, into at->second; 0 where no
 * better than its limits allow. *seen where plugins were seen to give such a record. */
static level best_without(proving *at, size_t c, bool *seen)
{
    *seen = false;
    for (level l = (level)(at->rubric->scale.count - 1); l > lowest_cap(at, c); l--)
        if (prove_yes(at, TOPIC_BLANKS, ask_blank(&at->asker, c, l, at->second))) {
            *seen = at->seen != NULL && ask_blank(at->seen, c, l, at->second) == SEARCH_YES;
            return l;
        }
    return 0;
}

static void add_name(buffer *list, const criterion *asked)
{
    buffer_format(list, "%s%s%s", list->size > 0 ? ", " : "", asked->id,
                  asked->critical ? " (critical)" : "");
}

static bool prove_disarmed(proving *at)
{
    buffer names = {0};
    size_t worst = SIZE_MAX;
    level  worst_best = 0;
    bool   worst_seen = false;

    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        if ((at->domain->any[c] >> OUTCOME_MISSING & 1) == 0 ||
            lowest_cap(at, c) + 1u == at->rubric->scale.count)
            continue;
        bool        seen;
        const level best = best_without(at, c, &seen);
        if (best == 0)
            continue;
        add_name(&names, &at->rubric->criteria[c]);
        if (worst == SIZE_MAX || lowest_cap(at, c) < lowest_cap(at, worst) ||
            (lowest_cap(at, c) == lowest_cap(at, worst) && seen && !worst_seen)) {
            worst = c;
            worst_best = best;
            worst_seen = seen;
            memcpy(at->first, at->second, at->rubric->criterion_count);
        }
    }
    bool found = true;
    if (worst != SIZE_MAX)
        found =
            buffer_end(&names) &&
            prove_find(at, KIND_BLANK_DISARMS, FINDING_NOTE, at->rubric->criteria[worst].line,
                       "left blank, the limits of these hold nothing down: %s; with %s missing a "
                       "record can be judged %s; write \"missing = LEVEL\" where a blank is to "
                       "count",
                       names.bytes, at->rubric->criteria[worst].id,
                       at->rubric->scale.ids[worst_best]) &&
            prove_show(at, at->first);
    buffer_free(&names);
    return found;
}

/* `applies_if = FIELD is ...`: where FIELD is blank nobody is asked. */
static bool prove_not_asked(proving *at)
{
    buffer names = {0};
    size_t first = SIZE_MAX;

    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        const criterion *asked = &at->rubric->criteria[c];
        if (asked->applies_field == NULL || asked->applies_not ||
            lowest_cap(at, c) + 1u == at->rubric->scale.count)
            continue;
        if (first == SIZE_MAX)
            first = c;
        add_name(&names, asked);
    }
    bool found = true;
    if (first != SIZE_MAX)
        found = buffer_end(&names) &&
                prove_find(at, KIND_NOT_ASKED, FINDING_NOTE, at->rubric->criteria[first].line,
                           "where the field of applies_if is blank these are not asked, and their "
                           "limits hold nothing down: %s; see that the field is always filled in",
                           names.bytes);
    buffer_free(&names);
    return found;
}

bool prove_blanks(proving *at)
{
    return prove_disarmed(at) && prove_not_asked(at);
}
