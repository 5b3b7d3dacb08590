/* statistics_json.h - statistics of cases written as JSON, for whoever checks us.
 *
 * A case is an object: `statistic` names what is asked, `data` holds ratings, counts, a table or a
 * few numbers, and `weights`, `params` and `categories` say how; docs/statistics.md has them all.
 * Members of other names are passed over. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "writing/buffer.h"

/* Answers the case, or each of an array of cases, in `bytes`: an object each, in order, with what
 * can be computed, and else `reason` and nulls. `name` is what messages call the input. `refused`
 * counts the cases with a reason. False where the input is no JSON, or memory is out, and `errors`
 * says so; `out` is then incomplete. Thread-safe. */
bool statistics_json_answer(const char *bytes, size_t size, const char *name, buffer *out,
                            size_t *refused, error_list *errors);
