/* arena.c - blocks that grow with the demand, freed all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t              size;
    size_t              used;
    alignas(max_align_t) char bytes[];
};

/* A new block of at least `size` bytes at the head of the list. Blocks double up to
 * LARGEST_BLOCK, so that a long rubric takes few calls and a short one little memory. */
static arena_block *add_block(arena *owner, size_t size)
{
    size_t capacity = FIRST_BLOCK;
    if (owner->blocks != NULL && owner->blocks->size < LARGEST_BLOCK)
        capacity = owner->blocks->size * 2;
    else if (owner->blocks != NULL)
        capacity = LARGEST_BLOCK;
    if (capacity < size)
        capacity = size;
    if (capacity > SIZE_MAX - sizeof(arena_block))
        return NULL;

    arena_block *block = calloc(1, sizeof(arena_block) + capacity);
    if (block == NULL)
        return NULL;
    block->size = capacity;
    block->next = owner->blocks;
    owner->blocks = block;
    return block;
}

static void *allocate(arena *owner, size_t size)
{
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX - alignment)
        return NULL;
    /* At least one step, so that two arrays never share an address. */
    const size_t step = size == 0 ? alignment : (size + alignment - 1) / alignment * alignment;

    arena_block *block = owner->blocks;
    if (block == NULL || block->size - block->used < step)
        block = add_block(owner, step);
    if (block == NULL)
        return NULL;
    void *at = block->bytes + block->used;
    block->used += step;
    return at;
}

void *arena_array(arena *owner, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return allocate(owner, count * size);
}

char *arena_text(arena *owner, const char *text, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = allocate(owner, size + 1);
    if (copy != NULL && size > 0)
        memcpy(copy, text, size);
    return copy;
}

void arena_free(arena *owner)
{
    arena_block *block = owner->blocks;
    while (block != NULL) {
        arena_block *next = block->next;
        free(block);
        block = next;
    }
    owner->blocks = NULL;
}
