/* The hash of what a record says, as docs/store.md has it. */
#include "store/inner.h"

static void hash_part(crypto_generichash_state *state, const char *value)
{
    chain_hash_text(state, text_of(value ? value : ""));
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
