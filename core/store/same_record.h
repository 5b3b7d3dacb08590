/* same_record.h - whether the record that the store has of an audit and another one under its id say the
 * same. Private to this room. */
#pragma once

#include "store/inner.h"

typedef enum {
    RECORD_SAME, /* whatever rubrics read of it */
    RECORD_CHANGED,
    RECORD_ANOTHER /* it is of another audit, which was given the same id */
} record_relation;

/* Holds a record against that of the event, which is the latest of its audit. Where they say the same, *out
 * is what both say together, with its row_hash; its strings are in `memory` or those of `given`. */
bool record_compare(store *held, int64_t event, const store_graded *given,
                    record_relation *relation, store_audit *out, arena *memory, error_list *errors);
