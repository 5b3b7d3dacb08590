/* Shares and their differences. */
#include <stdio.h>
#include <string.h>

#include "statistics_json/study.h"

static bool read_share(study *asked, const char *count_name, const char *of_name, uint64_t least,
                       uint64_t *count, uint64_t *of)
{
    if (!study_count(asked, asked->data, count_name, count) ||
        !study_count(asked, asked->data, of_name, of))
        return false;
    if (*of < least)
        return study_fine(asked, STATISTICS_NOTHING);
    if (*count > *of)
        return study_refuse(asked, "\"%s\" is more than \"%s\"", count_name, of_name);
    return true;
}

void answer_share(study *asked, int kind)
{
    const bool correct = json_is_true(json_object_get(asked->params, "correct"));
    uint64_t   count, of;

    if (!read_share(asked, "x", "n", 1, &count, &of))
        return;
    study_say(asked, "value", (double)count / (double)of);
    if (kind == SHARE_CLOPPER_PEARSON)
        study_say_ends(asked, statistics_clopper_pearson(count, of, asked->level));
    else if (kind == SHARE_JEFFREYS)
        study_say_ends(asked, statistics_posterior(count, of, 0.5, 0.5, asked->level).sure);
    else if (correct)
        study_say_ends(asked, statistics_wilson_corrected(count, of, asked->level));
    else
        study_say_ends(asked, statistics_wilson(count, of, asked->level));
}

/* The prior of a belief: uniform where nothing is said. */
static bool read_prior(study *asked, double *a, double *b)
{
    if (!study_number_or(asked, asked->params, "a", 0, 1e9, 1, a) ||
        !study_number_or(asked, asked->params, "b", 0, 1e9, 1, b))
        return false;
    return (*a > 0 && *b > 0) || study_refuse(asked, "\"a\" and \"b\" are more than 0");
}

void answer_posterior(study *asked, int kind)
{
    static const char *const limits[] = {"0.5", "0.6", "0.7", "0.75", "0.8", "0.9", "0.95"};
    static const double      shares[] = {0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95};
    uint64_t                 count, of;
    double                   a, b;

    (void)kind;
    if (!read_share(asked, "x", "n", 0, &count, &of) || !read_prior(asked, &a, &b))
        return;
    const statistics_belief found = statistics_posterior(count, of, a, b, asked->level);
    study_say(asked, "mean", found.mean);
    study_say_ends(asked, found.sure);
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        char name[16];
        snprintf(name, sizeof name, "p_gt_%s", limits[i]);
        study_say(asked, name, statistics_posterior_above(count, of, a, b, shares[i]));
    }
}

void answer_bound(study *asked, int kind)
{
    uint64_t count, of;
    double   a, b;

    (void)kind;
    if (!read_share(asked, "x", "n", 0, &count, &of) || !read_prior(asked, &a, &b))
        return;
    study_say(asked, "value", statistics_posterior_bound(count, of, a, b, asked->level));
    study_say(asked, "mean", statistics_posterior(count, of, a, b, asked->level).mean);
}

void answer_difference(study *asked, int kind)
{
    uint64_t count1, of1, count2, of2;

    (void)kind;
    if (!read_share(asked, "x1", "n1", 1, &count1, &of1) ||
        !read_share(asked, "x2", "n2", 1, &count2, &of2))
        return;
    study_say(asked, "value", (double)count1 / (double)of1 - (double)count2 / (double)of2);
    study_say_ends(asked, statistics_newcombe(count1, of1, count2, of2, asked->level));
}
