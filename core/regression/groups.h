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
    size_t      last; /* the group that was found last */
    arena       memory;
} group_counter;

/* The group of that name, made where it is new. False where memory is out. */
bool groups_find(group_counter *counter, const char *name, size_t *group);
void groups_count(group_counter *counter, size_t group, bool moved);
void groups_free(group_counter *counter);

/* Gives each group its chance, and puts the least first. The groups stay the counter's. */
void groups_rank(group_counter *counter, uint64_t total, uint64_t moved, move_groups *out);
