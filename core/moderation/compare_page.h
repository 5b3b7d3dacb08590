/* compare_page.h - both grades as a page to talk over. Private to this room. */
#pragma once

#include "moderation/compare.h"

/* Each audit with the three grades, what each said of every criterion they rated differently, and the
 * words of both. False where the store cannot be read. */
bool compare_page(store *store, const moderation_case *const *cases, size_t count, buffer *out,
                  error_list *errors);
