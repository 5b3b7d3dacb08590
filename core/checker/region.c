/* region.c - memory that tells when it is overstepped. */
#include "checker/region.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    SLACK = 64, /* bytes of rubbish on each side of an array in ordinary memory */
    RUBBISH = 0xa5
};

static bool make_plain(region *out)
{
    out->mapped = out->size + 2 * (size_t)SLACK;
    out->mapping = malloc(out->mapped);
    if (out->mapping == NULL)
        return false;
    memset(out->mapping, RUBBISH, out->mapped);
    out->at = out->mapping + SLACK;
    return true;
}

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

/* Guard, pages, guard. */
static bool make_guarded(region *out)
{
    const size_t page = page_size();
    const size_t inner = (out->size + page - 1) / page * page;

    out->mapped = inner + 2 * page;
    void *mapping = mmap(NULL, out->mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED)
        return false;
    out->mapping = mapping;
    if (inner > 0 && mprotect(out->mapping + page, inner, PROT_READ | PROT_WRITE) != 0) {
        region_free(out);
        return false;
    }
    memset(out->mapping + page, RUBBISH, inner);
    out->at = out->mapping + page;
    if (out->place == PLACE_BEFORE_GUARD)
        out->at += inner - out->size;
    return true;
}

bool region_make(region *out, size_t size, place where, const char *kind, const char *name)
{
    *out = (region){.kind = kind, .name = name, .size = size, .place = where};
    if (size > SIZE_MAX / 2)
        return false;
    return where == PLACE_PLAIN ? make_plain(out) : make_guarded(out);
}

bool region_lock(region *held)
{
    const size_t page = page_size();
    const size_t inner = held->mapped - 2 * page;

    if (inner > 0 && mprotect(held->mapping + page, inner, PROT_READ) != 0)
        return false;
    held->locked = true;
    return true;
}

void region_free(region *held)
{
    if (held->mapping != NULL && held->place == PLACE_PLAIN)
        free(held->mapping);
    else if (held->mapping != NULL)
        munmap(held->mapping, held->mapped);
    *held = (region){0};
}

bool region_holds(const region *held, const void *address)
{
    const uintptr_t begin = (uintptr_t)held->mapping;
    const uintptr_t at = (uintptr_t)address;

    return held->place != PLACE_PLAIN && begin != 0 && at >= begin && at - begin < held->mapped;
}
