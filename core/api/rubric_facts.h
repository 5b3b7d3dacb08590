/* rubric_facts.h - what a rubric has for all its grades: hashes, plugins, scale. Private to this room. */
#pragma once

#include <pthread.h>

#include "base/arena.h"
#include "rubric/rubric.h"
#include "trust/trust.h"

typedef struct rubric_facts {
    const rubric              *rubric;
    const struct rubric_facts *next;
    const char                *levels; /* "inadequate|requires_improvement|..." */
    const char                *plugin; /* "plans 1.0.0, assessments 1.0.0"; "": it needs none */
    const char                *plugin_hash;
    const size_t *by_id; /* [criterion_count]: its criteria in the order of their ids */
    const char *const *reads; /* [read_count]: the fields of records that it reads */
    size_t             read_count;
    char          hash[TRUST_HASH_TEXT_SIZE];
} rubric_facts;

/* Those found so far. Start with {.lock = PTHREAD_MUTEX_INITIALIZER}; any thread may ask. */
typedef struct {
    pthread_mutex_t     lock;
    const rubric_facts *first;
    arena               memory;
} rubric_fact_table;

/* Found when they are first asked for; live as long as the table. NULL with a fault where a plugin cannot be
 * read or memory is out. */
const rubric_facts *rubric_facts_of(rubric_fact_table *table, const rubric *rubric,
                                    error_list *errors);
void                rubric_facts_free(rubric_fact_table *table);
