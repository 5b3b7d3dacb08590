/* The chain of events: each carries the hash of the one before it. docs/store.md says how a stranger
 * checks it. */
#include <string.h>
#include <time.h>

#include "store/inner.h"

static void hash_number(crypto_generichash_state *state, uint64_t number)
{
    uint8_t bytes[8];

    for (size_t b = 0; b < sizeof bytes; b++)
        bytes[b] = (uint8_t)(number >> (8 * b));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

void chain_hash_text(crypto_generichash_state *state, text value)
{
    hash_number(state, value.size);
    crypto_generichash_update(state, (const unsigned char *)value.at, value.size);
}

void chain_hash_payload(const uint8_t salt[SALT_SIZE], text payload, uint8_t out[HASH_SIZE])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    crypto_generichash_update(&state, salt, SALT_SIZE);
    crypto_generichash_update(&state, (const unsigned char *)payload.at, payload.size);
    crypto_generichash_final(&state, out, HASH_SIZE);
}

void chain_hash(const uint8_t before[HASH_SIZE], const chain_link *event,
                const uint8_t payload_hash[HASH_SIZE], uint8_t out[HASH_SIZE])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    crypto_generichash_update(&state, before, HASH_SIZE);
    hash_number(&state, (uint64_t)event->sequence);
    chain_hash_text(&state, event->at);
    chain_hash_text(&state, event->who);
    chain_hash_text(&state, event->kind);
    chain_hash_text(&state, event->subject);
    hash_number(&state, (uint64_t)event->previous);
    crypto_generichash_update(&state, payload_hash, HASH_SIZE);
    crypto_generichash_final(&state, out, HASH_SIZE);
}

void chain_now(char out[AT_SIZE])
{
    struct timespec now;
    struct tm       parts;
    char            seconds[sizeof "2026-03-31T14:05:09"] = "1970-01-01T00:00:00";

    clock_gettime(CLOCK_REALTIME, &now); /* cannot fail for this clock */
    if (gmtime_r(&now.tv_sec, &parts))
        strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &parts);
    char written[64]; /* with room for numbers that no clock gives */
    snprintf(written, sizeof written, "%s.%03dZ", seconds, (int)(now.tv_nsec / 1000000) % 1000);
    memcpy(out, written, AT_SIZE - 1);
    out[AT_SIZE - 1] = '\0';
}

bool chain_read_head(sql *db, chain_head *head, error_list *errors)
{
    sql_statement *last =
        sql_prepare(db, "SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1", errors);
    const sql_state state = last ? sql_step(last, errors) : SQL_FAILED;
    const void     *hash = state == SQL_ROW ? sql_bytes(last, 1, HASH_SIZE) : NULL;

    *head = (chain_head){0};
    if (hash) {
        head->sequence = sql_whole(last, 0);
        memcpy(head->hash, hash, HASH_SIZE);
    } else if (state != SQL_FAILED) {
        error_add(errors, FAULT_INPUT, sql_path(db), 0, 0,
                  "the last event is missing or damaged; run assay store verify, and restore a "
                  "backup");
    }
    sql_finish(last);
    return hash != NULL;
}

static const uint8_t *next_salt(salt_pool *salts)
{
    if (salts->count == 0) {
        randombytes_buf(salts->bytes, sizeof salts->bytes);
        salts->count = sizeof salts->bytes / SALT_SIZE;
    }
    return salts->bytes + --salts->count * SALT_SIZE;
}

void chain_seal(salt_pool *salts, text payload, sealed_payload *out)
{
    out->payload = payload;
    memcpy(out->salt, next_salt(salts), SALT_SIZE);
    chain_hash_payload(out->salt, payload, out->hash);
}

bool chain_append(store *held, const char *kind, const char *subject, text payload,
                  int64_t previous, int64_t *sequence, error_list *errors)
{
    sealed_payload sealed;

    chain_seal(&held->salts, payload, &sealed);
    return chain_append_sealed(held, kind, subject, &sealed, previous, sequence, errors);
}

bool chain_append_sealed(store *held, const char *kind, const char *subject,
                         const sealed_payload *sealed, int64_t previous, int64_t *sequence,
                         error_list *errors)
{
    const chain_link link = {
        .sequence = held->head.sequence + 1,
        .at = text_of(held->at),
        .who = text_of(held->who),
        .kind = text_of(kind),
        .subject = text_of(subject),
        .previous = previous,
    };
    uint8_t hash[HASH_SIZE];

    if (!held->append)
        held->append =
            sql_prepare(held->db,
                        "INSERT OR FAIL INTO event (sequence, at, who, kind, subject, payload, "
                        "salt, payload_hash, previous, hash) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                        errors);
    if (!held->append)
        return false;

    chain_hash(held->head.hash, &link, sealed->hash, hash);
    sql_bind_whole(held->append, 1, link.sequence);
    sql_bind_string(held->append, 2, link.at);
    sql_bind_string(held->append, 3, link.who);
    sql_bind_string(held->append, 4, link.kind);
    sql_bind_string(held->append, 5, link.subject);
    sql_bind_string(held->append, 6, sealed->payload);
    sql_bind_bytes(held->append, 7, sealed->salt, SALT_SIZE);
    sql_bind_bytes(held->append, 8, sealed->hash, HASH_SIZE);
    if (previous > 0)
        sql_bind_whole(held->append, 9, previous);
    else
        sql_bind_null(held->append, 9);
    sql_bind_bytes(held->append, 10, hash, sizeof hash);
    if (!sql_do(held->append, errors))
        return false;

    held->head.sequence = *sequence = link.sequence;
    memcpy(held->head.hash, hash, HASH_SIZE);
    return true;
}
