/* layout.h - records laid out as a batch for one call. Private to this room. */
#pragma once

#include "checker/region.h"
#include "checker/sample.h"

typedef enum {
    LAYOUT_PLAIN,
    LAYOUT_BEFORE_GUARD, /* each array ends exactly at a guard */
    LAYOUT_BEHIND_GUARD, /* each array begins exactly at one */
    LAYOUT_LOCKED        /* behind a guard, and all but the results is write-protected */
} layout_kind;

/* The host's structures for one call, and the arrays behind them. */
typedef struct {
    struct assay_batch   *batch;
    struct assay_results *results;
    region               *regions;
    size_t                region_count;
} layout;

/* Lays out the records `picks` of the sample, `count` of them, in this order; NULL: all in
 * order. The results hold what no measure answers. False where memory is out. */
bool layout_make(layout *out, const sample *from, const uint32_t *picks, size_t count,
                 layout_kind kind);
void layout_free(layout *layout);

/* In the results of a layout: nothing was written there. */
enum { LAYOUT_UNANSWERED = 255 };
