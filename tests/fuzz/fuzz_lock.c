/* fuzz_lock.c - any bytes as a lock: read or refused with a reason; and what was read can be pinned
 * again and asked. */
#include <stdlib.h>
#include <string.h>

#include "trust/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Every pin is found by its name, and allows what it pins and nothing else. */
static void ask(const trust_lock *lock, const trust_pin *pin)
{
    error_list errors = {0};
    uint8_t    other[TRUST_HASH_SIZE];

    require(trust_lock_find(lock, pin->kind, pin->id, pin->version) == pin);
    memcpy(other, pin->hash, sizeof other);
    other[0] ^= 1;
    if (pin->kind == PIN_RUBRIC) {
        require(trust_lock_allows_rubric(lock, pin->id, pin->version, pin->hash, "a.ini", &errors));
        require(!trust_lock_allows_rubric(lock, pin->id, pin->version, other, "a.ini", &errors));
    } else if (!pin->by_key) {
        require(
            trust_lock_allows_plugin(lock, pin->id, pin->version, pin->hash, -1, "a.so", &errors));
        require(!trust_lock_allows_plugin(lock, pin->id, pin->version, other, -1, "a.so", &errors));
    }
    error_clear(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    error_list  errors = {0};
    trust_lock *lock = trust_lock_read_bytes("assay.lock", (const char *)bytes, size, &errors);

    require((lock != NULL) == (error_count(&errors) == 0));
    for (size_t p = 0; lock != NULL && p < lock->count; p++)
        ask(lock, &lock->pins[p]);
    for (size_t i = 0; i < errors.count; i++)
        require(strchr(errors.items[i].text, ';') != NULL); /* a remedy follows */
    while (lock != NULL && lock->count > 0)
        trust_lock_unpin(lock, &lock->pins[lock->count / 2]);
    trust_lock_free(lock);
    error_clear(&errors);
    return 0;
}
