/* groups.h - records and moves by team, area, month, auditor. Private to this room. */
#pragma once

#include "regression/verdict.h"

/* Counts by name. Start with {0}. */
typedef struct {
    move_group *groups;
    size_t      count;
    size_t      room;
    uint32_t   *slots; /* index + 1; 0: free */
    size_t      slot_count;
    arena       memory;
} group_counter;

/* False where memory is out. */
bool groups_count(group_counter *counter, const char *name, bool moved);
void groups_free(group_counter *counter);

/* Gives each group its chance, and puts the least first. The groups stay the counter's. */
void groups_rank(group_counter *counter, uint64_t total, uint64_t moved, move_groups *out);
