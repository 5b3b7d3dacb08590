/* Binomial tests, and how many to look at. */
#include <math.h>

#include "statistics_json/study.h"

void answer_binomial_test(study *asked, int kind)
{
    uint64_t count, of;
    double   p;
    int      side;

    (void)kind;
    if (!study_count(asked, asked->data, "x", &count) ||
        !study_count(asked, asked->data, "n", &of) ||
        !study_number_or(asked, asked->params, "p0", 0, 1, 0.5, &p) ||
        !study_choice(asked, asked->params, "alternative",
                      "two-sided greater less two_sided two.sided", &side))
        return;
    if (of == 0) {
        study_fine(asked, STATISTICS_NOTHING);
    } else if (count > of) {
        study_refuse(asked, "\"x\" is more than \"n\"");
    } else {
        study_say(asked, "value", (double)count / (double)of);
        study_say(asked, "p",
                  statistics_binomial_test(
                      count, of, p,
                      (statistics_side)(side > STATISTICS_LESS ? STATISTICS_TWO_SIDED : side)));
    }
}

void answer_tail(study *asked, int kind)
{
    uint64_t k, of;
    double   p;

    (void)kind;
    if (!study_count(asked, asked->params, "k", &k) ||
        !study_count(asked, asked->params, "n", &of) ||
        !study_number(asked, asked->params, "p", 0, 1, &p))
        return;
    const double at_most = statistics_at_most(k, of, p), at_least = statistics_at_least(k, of, p);
    study_say(asked, "cdf", at_most);
    study_say(asked, "sf", at_least);
    study_say(asked, "pmf", fmax(0, at_most + at_least - 1));
}

void answer_power(study *asked, int kind)
{
    uint64_t of;
    double   p, truth, alpha;

    (void)kind;
    if (!study_count(asked, asked->params, "n", &of) ||
        !study_number(asked, asked->params, "p0", 0, 1, &p) ||
        !study_number(asked, asked->params, "p1", 0, 1, &truth) ||
        !study_number_or(asked, asked->params, "alpha", 0, 1, 0.05, &alpha))
        return;
    const statistics_power found = statistics_binomial_power(of, p, truth, alpha);
    if (!study_fine(asked, found.reason))
        return;
    study_say_count(asked, "critical", found.critical);
    study_say(asked, "size", found.size);
    study_say(asked, "power", found.power);
}

static void say_sample(study *asked, statistics_sample found)
{
    if (!study_fine(asked, found.reason))
        return;
    study_say_count(asked, "value", found.sample);
    study_say(asked, "p_miss", found.missed);
}

void answer_discovery(study *asked, int kind)
{
    uint64_t size, faults;
    double   sure;

    (void)kind;
    if (!study_count(asked, asked->params, "N", &size) ||
        !study_count(asked, asked->params, "D", &faults) ||
        !study_number_or(asked, asked->params, "C", 0, 1, 0.95, &sure))
        return;
    if (faults > size)
        study_refuse(asked, "\"D\" is more than \"N\"");
    else
        say_sample(asked, statistics_discovery(size, faults, sure));
}

void answer_zero_failures(study *asked, int kind)
{
    double reliability, sure;

    (void)kind;
    if (study_number(asked, asked->params, "R", 0, 1, &reliability) &&
        study_number_or(asked, asked->params, "C", 0, 1, 0.95, &sure))
        say_sample(asked, statistics_zero_failures(reliability, sure));
}
