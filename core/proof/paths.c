#include "proof/paths.h"

bool paths_make(paths *out, const domain *held, arena *memory)
{
    size_t count = 1;

    *out = (paths){.domain = held};
    for (size_t p = 0; p < held->part_count; p++)
        count += 1 + held->parts[p].worlds * held->parts[p].criterion_count;
    out->nodes = arena_array(memory, count, sizeof *out->nodes);
    out->entry = arena_array(memory, held->part_count + 1, sizeof *out->entry);
    if (out->nodes == NULL || out->entry == NULL)
        return false;
    for (size_t p = 0; p < held->part_count; p++) {
        out->entry[p] = out->node_count;
        out->nodes[out->node_count++] = (node){p, SIZE_MAX, 0};
        for (size_t w = 0; w < held->parts[p].worlds; w++)
            for (size_t i = 0; i < held->parts[p].criterion_count; i++)
                out->nodes[out->node_count++] = (node){p, w, i};
    }
    out->entry[held->part_count] = out->node_count;
    out->nodes[out->node_count++] = (node){held->part_count, SIZE_MAX, 0};
    return true;
}

size_t paths_into(const paths *held, size_t part, size_t world)
{
    return held->entry[part] + 1 + world * held->domain->parts[part].criterion_count;
}

size_t paths_next(const paths *held, size_t from)
{
    const node *here = &held->nodes[from];
    return here->place + 1 < held->domain->parts[here->part].criterion_count
               ? from + 1
               : held->entry[here->part + 1];
}

size_t paths_criterion(const paths *held, size_t from)
{
    const node *here = &held->nodes[from];
    return held->domain->parts[here->part].criteria[here->place];
}

unsigned paths_mask(const paths *held, size_t from)
{
    const node        *here = &held->nodes[from];
    const domain_part *part = &held->domain->parts[here->part];
    return part->masks[here->world * part->criterion_count + here->place];
}
