/* batches.h - running a measure on made records, and holding its answers against others. Private to
 * this room. */
#pragma once

#include "checker/checking.h"
#include "checker/layout.h"

/* What a measure answered: an entry for each record of the sample, whatever the order in which it
 * was asked. `bits` are those of the value: the same number is the same bits. */
typedef struct {
    size_t    count;
    int32_t   returned; /* by the first call that did not return 0 */
    uint8_t  *status;
    uint64_t *bits;
} answers;

bool answers_make(answers *out, size_t count);
void answers_free(answers *held);

/* Runs the measure on the records `picks`, or on all where it is NULL, as one batch. Where a test
 * is run again after a crash, each record is run alone first. False where memory is out. */
bool batches_run(checking *at, size_t measure, const sample *from, const uint32_t *picks,
                 size_t count, layout_kind kind, answers *into);

/* Likewise in plain memory, alone and without a word: on any thread. */
bool batches_ask(const checking *at, size_t measure, const sample *from, const uint32_t *picks,
                 size_t count, answers *into);

/* Whether two sets of answers to the same records are the same bit for bit; a failure where not:
 * "measure "x": `how` gives ..., `usual` ...". */
bool batches_compare(checking *at, size_t measure, const sample *from, const answers *first,
                     const char *usual, const answers *second, const char *how);

/* Whether the answers are such as the measure declares; a failure where not. */
bool batches_judge(checking *at, size_t measure, const sample *from, const answers *given);

/* Runs a sample and judges its answers. Frees `from`, which may be NULL: memory is out. */
bool batches_try(checking *at, size_t measure, sample *from, layout_kind kind);
