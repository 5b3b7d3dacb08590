#include "api/rubric_facts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loader/loader.h"
#include "writing/buffer.h"

/* One plugin of the rubric's criteria, and the hash of its file. */
static bool add_plugin(const manifest *used, buffer *names, buffer *hashes, error_list *errors)
{
    uint8_t   hash[TRUST_HASH_SIZE];
    char      shown[TRUST_HASH_TEXT_SIZE];
    const int sealed = loader_seal(used, hash, errors);

    if (sealed < 0)
        return false;
    close(sealed);
    trust_hash_to_text(hash, shown);
    buffer_format(names, "%s%s %s", names->size > 0 ? ", " : "", used->id, used->version);
    buffer_format(hashes, "%s%s", hashes->size > 0 ? ", " : "", shown);
    return true;
}

static bool add_plugins(const rubric *held, buffer *names, buffer *hashes, error_list *errors)
{
    bool fine = true;

    for (size_t c = 0; fine && c < held->criterion_count; c++) {
        const manifest *used = held->criteria[c].plugin;
        bool            known = used == NULL;
        for (size_t before = 0; before < c; before++)
            known |= held->criteria[before].plugin == used;
        fine = known || add_plugin(used, names, hashes, errors);
    }
    return fine;
}

static int compare_ids(const void *a, const void *b, void *held)
{
    const criterion *criteria = ((const rubric *)held)->criteria;
    return strcmp(criteria[*(const size_t *)a].id, criteria[*(const size_t *)b].id);
}

static const size_t *sort_criteria(rubric_fact_table *table, const rubric *held)
{
    size_t *order = arena_array(&table->memory, held->criterion_count + 1, sizeof *order);

    for (size_t c = 0; order && c < held->criterion_count; c++)
        order[c] = c;
    if (order)
        qsort_r(order, held->criterion_count, sizeof *order, compare_ids, (void *)held);
    return order;
}

/* The fields of all criteria, some more than once. NULL where memory is out. */
static const char *const *list_fields(rubric_fact_table *table, const rubric *held, size_t *count)
{
    size_t most = 0;

    *count = 0;
    for (size_t c = 0; c < held->criterion_count; c++)
        most += held->criteria[c].input_count + 1; /* and applies_if */
    const char **fields = arena_array(&table->memory, most + 1, sizeof *fields);
    for (size_t c = 0; fields && c < held->criterion_count; c++) {
        const criterion *asked = &held->criteria[c];
        for (size_t i = 0; i < asked->input_count; i++)
            fields[(*count)++] = asked->inputs[i].field;
        if (asked->applies_field)
            fields[(*count)++] = asked->applies_field;
    }
    return fields;
}

/* What was written, kept; NULL where memory is out. */
static const char *keep(rubric_fact_table *table, buffer *written)
{
    return buffer_end(written) ? arena_text(&table->memory, written->bytes, written->size) : NULL;
}

static const rubric_facts *find(rubric_fact_table *table, const rubric *held, error_list *errors)
{
    rubric_facts *made = arena_array(&table->memory, 1, sizeof *made);
    buffer        levels = {0}, names = {0}, hashes = {0};
    const bool    read = add_plugins(held, &names, &hashes, errors);

    for (size_t l = 0; l < held->scale.count; l++)
        buffer_format(&levels, "%s%s", l > 0 ? "|" : "", held->scale.ids[l]);
    if (made && read) {
        *made = (rubric_facts){.rubric = held,
                               .next = table->first,
                               .levels = keep(table, &levels),
                               .plugin = keep(table, &names),
                               .plugin_hash = keep(table, &hashes),
                               .by_id = sort_criteria(table, held)};
        made->reads = list_fields(table, held, &made->read_count);
        trust_hash_to_text(held->hash, made->hash);
    }
    buffer_free(&levels);
    buffer_free(&names);
    buffer_free(&hashes);
    if (!read)
        return NULL;
    if (made && made->levels && made->plugin && made->plugin_hash && made->by_id && made->reads)
        return table->first = made;
    error_memory(errors);
    return NULL;
}

const rubric_facts *rubric_facts_of(rubric_fact_table *table, const rubric *held,
                                    error_list *errors)
{
    pthread_mutex_lock(&table->lock);
    const rubric_facts *facts = table->first;
    while (facts && facts->rubric != held)
        facts = facts->next;
    if (!facts)
        facts = find(table, held, errors);
    pthread_mutex_unlock(&table->lock);
    return facts;
}

void rubric_facts_free(rubric_fact_table *table)
{
    arena_free(&table->memory);
    pthread_mutex_destroy(&table->lock);
}
