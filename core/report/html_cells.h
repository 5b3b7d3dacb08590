/* html_cells.h - what the cells of the page's tables hold. Private to this room. */
#pragma once

#include "report/tally.h"
#include "writing/buffer.h"
#include "writing/html_charts.h"

/* The levels of a scale, as charts take them. */
static inline chart_scale html_scale(const scale *of)
{
    return (chart_scale){of->count, of->labels};
}

/* The audit ids as a list, with "and 12 more" where not all were kept. */
void html_ids(buffer *out, const id_list *ids);

/* 63% */
void html_share(buffer *out, uint64_t count, uint64_t of);

/* <td>: a share of good work with its interval, or a dash where nothing was judged. */
void html_good_cells(buffer *out, uint64_t good, uint64_t judged);
