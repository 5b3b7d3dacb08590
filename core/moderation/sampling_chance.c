/* sampling_chance.c - chance that is the same everywhere: a keyed BLAKE2b of what it is about. */
#include "moderation/sampling.h"

#include <sodium.h>
#include <string.h>

static uint64_t little_endian(const unsigned char bytes[8])
{
    uint64_t value = 0;

    for (size_t i = 8; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

uint64_t sampling_chance(uint64_t seed, const char *purpose, const char *id)
{
    unsigned char            key[crypto_generichash_KEYBYTES] = "assay moderation sample";
    unsigned char            hash[crypto_generichash_BYTES];
    crypto_generichash_state state;

    for (size_t i = 0; i < 8; i++)
        key[sizeof key - 8 + i] = (unsigned char)(seed >> (8 * i));
    crypto_generichash_init(&state, key, sizeof key, sizeof hash);
    /* With its NUL: no purpose and id run together as another pair does. */
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)id, strlen(id));
    crypto_generichash_final(&state, hash, sizeof hash);
    return little_endian(hash);
}
