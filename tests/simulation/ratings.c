#include "ratings.h"

#include <math.h>
#include <stdlib.h>

double chance_uniform(chance *from)
{
    uint64_t bits = from->state += 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return ((double)((bits ^ (bits >> 31)) >> 11) + 0.5) * 0x1p-53;
}

/* Box and Muller's, the first of the pair */
double chance_normal(chance *from)
{
    double radius = sqrt(-2 * log(chance_uniform(from)));
    return radius * cos(6.283185307179586 * chance_uniform(from));
}

static uint8_t rate(const made_from *from, double place, chance *with)
{
    double weight[SEVERITY_LEVELS_MAX];
    double log_weight = 0;
    double sum = weight[0] = 1;
    for (unsigned k = 1; k < from->levels; k++) {
        log_weight += place - from->threshold[k - 1];
        sum += weight[k] = exp(log_weight);
    }
    double   draw = chance_uniform(with) * sum;
    unsigned level = 0;
    while (level + 1 < from->levels && draw >= weight[level])
        draw -= weight[level++];
    return (uint8_t)level;
}

bool ratings_make(severity_data *made, const made_from *from, chance *with)
{
    size_t    most = from->audits * from->criteria * (from->linked_every > 0 ? from->raters : 1);
    uint32_t *audit = calloc(most, sizeof *audit);
    uint32_t *criterion = calloc(most, sizeof *criterion);
    uint32_t *auditor = calloc(most, sizeof *auditor);
    uint8_t  *rating = calloc(most, sizeof *rating);
    *made = (severity_data){.audit = audit,
                            .criterion = criterion,
                            .auditor = auditor,
                            .rating = rating,
                            .audit_count = from->audits,
                            .criterion_count = from->criteria,
                            .auditor_count = from->auditors,
                            .levels = from->levels};
    if (!audit || !criterion || !auditor || !rating)
        return false;
    for (size_t i = 0; i < from->audits; i++) {
        double quality = from->mean + from->spread * chance_normal(with);
        bool   several = from->linked_every > 0 && i % from->linked_every == 0;
        for (size_t n = 0; n < (several ? from->raters : 1); n++) {
            /* in turn; with each turn, somebody else is second */
            size_t j = (i + n * (1 + i / from->auditors % (from->auditors - 1))) % from->auditors;
            for (size_t c = 0; c < from->criteria; c++) {
                size_t k = made->count++;
                audit[k] = (uint32_t)i;
                criterion[k] = (uint32_t)c;
                auditor[k] = (uint32_t)j;
                rating[k] = rate(from, quality - from->difficulty[c] - from->severity[j], with);
            }
        }
    }
    return true;
}

void ratings_free(severity_data *made)
{
    free((void *)made->audit);
    free((void *)made->criterion);
    free((void *)made->auditor);
    free((void *)made->rating);
    *made = (severity_data){0};
}
