/* joining.h - things joined into groups: union and find. Private to this room. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* `parent` has `count` entries; each thing starts by itself. */
void joining_start(uint32_t *parent, size_t count);
void joining_join(uint32_t *parent, uint32_t a, uint32_t b);

/* Numbers the groups from 0 in the order of their first member: number[k] for k < count. Returns how
 * many there are. `parent` is used up. */
size_t joining_number(uint32_t *parent, size_t count, uint32_t *number);
