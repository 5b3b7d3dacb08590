/* The hash of what a record says, as docs/store.md has it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/store.h"

static void hash_part(crypto_generichash_state *state, const char *value)
{
    const text part = text_of(value ? value : "");
    uint8_t    size[8];

    for (size_t b = 0; b < sizeof size; b++)
        size[b] = (uint8_t)((uint64_t)part.size >> (8 * b));
    crypto_generichash_update(state, size, sizeof size);
    crypto_generichash_update(state, (const unsigned char *)part.at, part.size);
}

void store_hash_row(const store_audit *audit, char out[STORE_HASH_TEXT_SIZE])
{
    const char *const        own[] = {audit->audit_id,     audit->practice_area, audit->audit_date,
                                      audit->team,         audit->auditor,       audit->child_ref,
                                      audit->auditor_grade};
    crypto_generichash_state state;
    uint8_t                  hash[crypto_generichash_BYTES];

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        hash_part(&state, own[i]);
    for (size_t f = 0; f < audit->fields.count; f++) {
        hash_part(&state, audit->fields.items[f].name);
        hash_part(&state, audit->fields.items[f].value);
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(out, STORE_HASH_TEXT_SIZE, hash, sizeof hash);
}
