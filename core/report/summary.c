#include "report/summary.h"

#include "writing/share.h"

void summary_totals(const grade_totals *totals, buffer *out)
{
    buffer_string(out, "rows read ");
    buffer_unsigned(out, totals->rows);
    buffer_string(out, " = graded ");
    buffer_unsigned(out, totals->graded);
    buffer_string(out, " + insufficient evidence ");
    buffer_unsigned(out, totals->insufficient);
    buffer_string(out, " + rejected ");
    buffer_unsigned(out, totals->rejected);
}

void summary_share(const id_list outcomes[OUTCOMES], const scale *of, buffer *out)
{
    uint64_t judged = tally_judged(outcomes);
    uint64_t good = tally_good(outcomes, of);
    level    from = tally_good_level(of);
    buffer_string(out, of->labels[from]);
    buffer_string(out, (size_t)from + 1 < of->count ? " or better: " : ": ");
    buffer_unsigned(out, good);
    buffer_string(out, " of ");
    buffer_unsigned(out, judged);
    if (judged > 0) {
        interval sure = share_interval(good, judged);
        buffer_format(out, " (%u%%; 95%% interval %u%% to %u%%)",
                      share_percent((double)good / (double)judged), share_percent(sure.low),
                      share_percent(sure.high));
    }
}

void summary_write(const tally *counted, const grade_totals *totals, buffer *out)
{
    for (size_t i = 0; counted != NULL && i < counted->scale_count; i++) {
        const tally_scale *of = &counted->scales[i];
        if (of->like != NULL && tally_judged(of->outcomes) > 0) {
            summary_share(of->outcomes, &of->like->scale, out);
            buffer_byte(out, '\n');
        }
    }
    summary_totals(totals, out);
    buffer_byte(out, '\n');
}
