/* arena.h - memory that is freed all at once: the strings and tables of one rubric. */
#pragma once

#include <stddef.h>

/* Start with {0}; not thread-safe. */
typedef struct arena_block arena_block;
typedef struct {
    arena_block *blocks;
} arena;

/* Zeroed memory for `count` entries of `size` bytes, aligned for any type; NULL where
 * memory is out or the product overflows. Lives until arena_free(). */
void *arena_array(arena *arena, size_t count, size_t size);

/* A NUL-ended copy of `size` bytes, or NULL. */
char *arena_text(arena *arena, const char *text, size_t size);

/* Frees everything; the arena is empty and usable again. */
void arena_free(arena *arena);
