/* trust.h - which plugins and rubrics may be used, and that they are what they were. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

enum { TRUST_HASH_SIZE = 32 }; /* SHA-256 */

/* ---- Bytes that cannot change ---------------------------------------------- */

/* Copies the bytes of an open regular file, read once, into memory that nobody can change any more:
 * a sealed memfd, open for reading, close-on-exec. `hash` gets the SHA-256 of exactly those bytes;
 * check and load the copy, never the file again. Returns the descriptor, which is the caller's to
 * close, as `file` still is; -1 with a fault about `path`. Thread-safe. */
int trust_seal(int file, const char *path, uint8_t hash[TRUST_HASH_SIZE], error_list *errors);

/* ---- Signatures, as minisign makes them ------------------------------------- */

/* A public key (Ed25519) and the number that minisign knows it by. */
typedef struct {
    uint8_t id[8];
    uint8_t bytes[32];
} trust_key;

enum {
    TRUST_KEY_TEXT_SIZE = 57, /* the key in base64, with a NUL */
    TRUST_KEY_ID_SIZE = 17    /* "E7620F1842B4E81F", with a NUL */
};

/* Reads a key file, KEY.pub: a comment, then the key in base64. False with a fault. */
bool trust_key_read(const char *path, trust_key *key, error_list *errors);

/* A key in base64, as a lock has it, and back. False where the text is no key. */
bool trust_key_from_text(const char *base64, trust_key *key);
void trust_key_to_text(const trust_key *key, char out[TRUST_KEY_TEXT_SIZE]);

/* The key's number as minisign shows it. */
void trust_key_id(const trust_key *key, char out[TRUST_KEY_ID_SIZE]);

enum { TRUST_COMMENT_MAX = 8192 };

/* A signature file, taken apart. */
typedef struct {
    bool    prehashed; /* of the BLAKE2b-512 of the file ("ED") rather than of the file ("Ed") */
    uint8_t key_id[8];
    uint8_t bytes[64];
    uint8_t global[64];                     /* of `bytes` and the comment */
    char    comment[TRUST_COMMENT_MAX + 1]; /* the trusted one */
    size_t  comment_size;
} trust_signature;

/* Takes the bytes of a signature file apart; messages call it `path`. False with a fault. */
bool trust_signature_parse(trust_signature *out, const char *path, const char *bytes, size_t size,
                           error_list *errors);

/* Checks the sealed bytes in `sealed` (trust_seal()) against the signature of `path` in the file
 * beside it, PATH.minisig, and the signature's trusted comment. `comment` gets that comment and
 * may be NULL. False with a fault about `path` or the signature's file. Thread-safe. */
bool trust_verify(int sealed, const char *path, const trust_key *key,
                  char comment[TRUST_COMMENT_MAX + 1], error_list *errors);

/* ---- The lock ----------------------------------------------------------------- */

typedef enum { PIN_PLUGIN, PIN_RUBRIC } pin_kind;

/* What one plugin, or one version of a rubric, has to be. */
typedef struct {
    pin_kind    kind;
    const char *id;
    const char *version; /* of a plugin with a key: "" */
    bool        by_key;  /* any file that `key` has signed; plugins alone */
    uint8_t     hash[TRUST_HASH_SIZE];
    trust_key   key;
} trust_pin;

/* assay.lock: an INI file of sections [plugin.ID] with version and sha256, or with key, and
 * [rubric.ID@VERSION] with sha256. With a lock, what is not pinned is refused, and what has
 * changed. Read-only once read, but for trust_lock_pin() and trust_lock_unpin(). */
typedef struct {
    const char *path;
    bool        there; /* the file is */
    trust_pin  *pins;  /* plugins before rubrics, each by id and version */
    size_t      count;
    size_t      capacity;
    arena       memory;
} trust_lock;

/* Reads a lock. A file that is not there is a lock that pins nothing. NULL with faults where it has
 * any, or where other users can write it. Free with trust_lock_free(), which takes NULL. */
trust_lock *trust_lock_read(const char *path, error_list *errors);
trust_lock *trust_lock_read_bytes(const char *path, const char *bytes, size_t size,
                                  error_list *errors);
void        trust_lock_free(trust_lock *lock);

/* Whether the lock allows a plugin, whose file is `path` and whose sealed bytes are `sealed` with
 * `hash`. False with a fault that names both hashes and the remedy. Thread-safe. */
bool trust_lock_allows_plugin(const trust_lock *lock, const char *id, const char *version,
                              const uint8_t hash[TRUST_HASH_SIZE], int sealed, const char *path,
                              error_list *errors);

/* Whether it allows a rubric, whose file is `path`. */
bool trust_lock_allows_rubric(const trust_lock *lock, const char *id, const char *version,
                              const uint8_t hash[TRUST_HASH_SIZE], const char *path,
                              error_list *errors);

/* The pin of a plugin (`version` means nothing), or of a version of a rubric; or NULL. */
const trust_pin *trust_lock_find(const trust_lock *lock, pin_kind kind, const char *id,
                                 const char *version);

/* Adds a pin, in place of that of the same plugin or version of a rubric. Copies its strings. False
 * with a fault where memory is out, or the version cannot be written into a lock. */
bool trust_lock_pin(trust_lock *lock, const trust_pin *pin, error_list *errors);

/* Takes a pin of the lock out of it. */
void trust_lock_unpin(trust_lock *lock, const trust_pin *pin);

/* Writes the lock: the same pins are always the same bytes. The file is written under another name
 * beside its own first, so that it is never half of one. False with a fault. */
bool trust_lock_write(trust_lock *lock, error_list *errors);

enum { TRUST_HASH_TEXT_SIZE = 2 * TRUST_HASH_SIZE + 1 };

/* A hash in small hexadecimal digits. */
void trust_hash_to_text(const uint8_t hash[TRUST_HASH_SIZE], char out[TRUST_HASH_TEXT_SIZE]);
