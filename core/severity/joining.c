#include "severity/joining.h"

void joining_start(uint32_t *parent, size_t count)
{
    for (size_t k = 0; k < count; k++)
        parent[k] = (uint32_t)k;
}

static uint32_t root_of(uint32_t *parent, uint32_t member)
{
    while (parent[member] != member) {
        parent[member] = parent[parent[member]];
        member = parent[member];
    }
    return member;
}

void joining_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    uint32_t first = root_of(parent, a);
    uint32_t second = root_of(parent, b);
    /* the smallest member is the root, so that numbers do not depend on the order of joining */
    if (first < second)
        parent[second] = first;
    else
        parent[first] = second;
}

size_t joining_number(uint32_t *parent, size_t count, uint32_t *number)
{
    size_t groups = 0;
    for (size_t k = 0; k < count; k++) {
        uint32_t root = root_of(parent, (uint32_t)k);
        number[k] = root == k ? (uint32_t)groups++ : number[root];
    }
    return groups;
}
