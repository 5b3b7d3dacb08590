/* signature.c - detached signatures in minisign's format.
 *
 * The format is that of https://jedisct1.github.io/minisign/#signature-format: a signature file is
 *     untrusted comment: anything
 *     base64 of algorithm (2 bytes), key number (8), Ed25519 signature (64)
 *     trusted comment: anything
 *     base64 of the Ed25519 signature of that signature and the trusted comment
 * and a key file a comment and the base64 of "Ed", key number and public key (32). */
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "trust/trust.h"

enum { FILE_MAX_SIZE = 16384, PIECE = 1 << 16 };

static const char untrusted_begin[] = "untrusted comment: ";
static const char trusted_begin[] = "trusted comment: ";

/* What the base64 of a key and of a signature hold. */
typedef struct {
    uint8_t   algorithm[2];
    trust_key key;
} packed_key;

typedef struct {
    uint8_t algorithm[2];
    uint8_t key_id[8];
    uint8_t bytes[64];
} packed_signature;

_Static_assert(sizeof(packed_key) == 42 && sizeof(packed_signature) == 74, "without padding");

/* ---- Lines and base64 ----------------------------------------------------------- */

/* Takes the next line off `rest`, without its end: LF or CR LF. */
static text next_line(text *rest)
{
    const char  *end = rest->size > 0 ? memchr(rest->at, '\n', rest->size) : NULL;
    text         line = {rest->at, end != NULL ? (size_t)(end - rest->at) : rest->size};
    const size_t taken = line.size + (end != NULL);

    rest->at += taken;
    rest->size -= taken;
    while (line.size > 0 && line.at[line.size - 1] == '\r')
        line.size--;
    return line;
}

/* What follows `begin` in a line; a NULL text where it begins otherwise. */
static text after(text line, const char *begin)
{
    const size_t size = strlen(begin);
    if (line.size < size || memcmp(line.at, begin, size) != 0)
        return (text){NULL, 0};
    return (text){line.at + size, line.size - size};
}

/* True where the line is the base64 of exactly `size` bytes. */
static bool decode(text line, void *out, size_t size)
{
    size_t got = 0;
    return sodium_base642bin(out, size, line.at, line.size, NULL, &got, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == size;
}

/* Reads a small file into memory that the caller frees; NULL with a fault. */
static char *read_small(const char *path, const char *remedy, size_t *size, error_list *errors)
{
    char *bytes = malloc(FILE_MAX_SIZE + 1);
    if (bytes == NULL) {
        error_memory(errors);
        return NULL;
    }
    errno = 0;
    FILE *file = fopen(path, "rb");
    *size = file == NULL ? 0 : fread(bytes, 1, FILE_MAX_SIZE + 1, file);
    const bool read = file != NULL && !ferror(file);
    if (!read)
        error_add(errors, FAULT_PLUGIN, path, 0, 0, "cannot be read: %s; %s", strerror(errno),
                  remedy);
    else if (*size > FILE_MAX_SIZE)
        error_add(errors, FAULT_PLUGIN, path, 0, 0, "is over 16 KiB, too long for this; %s",
                  remedy);
    if (file != NULL)
        fclose(file);
    if (read && *size <= FILE_MAX_SIZE)
        return bytes;
    free(bytes);
    return NULL;
}

/* ---- Keys --------------------------------------------------------------------- */

static bool decode_key(text line, trust_key *key)
{
    packed_key packed;
    if (!decode(line, &packed, sizeof packed) || memcmp(packed.algorithm, "Ed", 2) != 0)
        return false;
    *key = packed.key;
    return true;
}

bool trust_key_read(const char *path, trust_key *key, error_list *errors)
{
    size_t size = 0;
    char  *bytes = read_small(path, "name the file of a public key, KEY.pub", &size, errors);
    if (bytes == NULL)
        return false;

    text       rest = {bytes, size};
    const bool commented = after(next_line(&rest), untrusted_begin).at != NULL;
    const bool good = commented && decode_key(next_line(&rest), key) && rest.size == 0;
    free(bytes);
    if (!good)
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "is not a public key of minisign: a comment and a key of 56 letters; name the "
                  "file KEY.pub that minisign -G made");
    return good;
}

bool trust_key_from_text(const char *base64, trust_key *key)
{
    return decode_key(text_of(base64), key);
}

void trust_key_to_text(const trust_key *key, char out[TRUST_KEY_TEXT_SIZE])
{
    const packed_key packed = {{'E', 'd'}, *key};
    sodium_bin2base64(out, TRUST_KEY_TEXT_SIZE, (const uint8_t *)&packed, sizeof packed,
                      sodium_base64_VARIANT_ORIGINAL);
}

/* The eight bytes are a number, lowest byte first. */
static void write_key_id(const uint8_t id[8], char out[TRUST_KEY_ID_SIZE])
{
    uint64_t number = 0;
    for (size_t i = 8; i-- > 0;)
        number = number << 8 | id[i];
    snprintf(out, TRUST_KEY_ID_SIZE, "%" PRIX64, number);
}

void trust_key_id(const trust_key *key, char out[TRUST_KEY_ID_SIZE])
{
    write_key_id(key->id, out);
}

/* ---- Signatures ----------------------------------------------------------------- */

static bool is_algorithm(const packed_signature *packed, const char *algorithm)
{
    return memcmp(packed->algorithm, algorithm, 2) == 0;
}

bool trust_signature_parse(trust_signature *out, const char *path, const char *bytes, size_t size,
                           error_list *errors)
{
    packed_signature packed;
    text             rest = {bytes, size};
    const text       untrusted = after(next_line(&rest), untrusted_begin);
    const text       signature = next_line(&rest);
    const text       comment = after(next_line(&rest), trusted_begin);
    const text       global = next_line(&rest);

    *out = (trust_signature){0};
    if (untrusted.at == NULL || comment.at == NULL || comment.size > TRUST_COMMENT_MAX ||
        !decode(signature, &packed, sizeof packed) ||
        !decode(global, out->global, sizeof out->global) || rest.size > 0 ||
        !(is_algorithm(&packed, "Ed") || is_algorithm(&packed, "ED"))) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "is not a signature of minisign; ask whoever made the plugin to sign it again "
                  "with minisign -S");
        return false;
    }
    out->prehashed = is_algorithm(&packed, "ED");
    memcpy(out->key_id, packed.key_id, sizeof out->key_id);
    memcpy(out->bytes, packed.bytes, sizeof out->bytes);
    memcpy(out->comment, comment.at, comment.size);
    out->comment_size = comment.size;
    return true;
}

/* The comment was signed with the signature, so that neither can be put beside another. */
static bool comment_is_signed(const trust_signature *signature, const trust_key *key)
{
    uint8_t signed_bytes[sizeof signature->bytes + TRUST_COMMENT_MAX];

    memcpy(signed_bytes, signature->bytes, sizeof signature->bytes);
    memcpy(signed_bytes + sizeof signature->bytes, signature->comment, signature->comment_size);
    return crypto_sign_verify_detached(signature->global, signed_bytes,
                                       sizeof signature->bytes + signature->comment_size,
                                       key->bytes) == 0;
}

/* The file's bytes are sealed: nothing can be cut off under the mapping. */
static bool bytes_are_signed(int sealed, const trust_signature *signature, const trust_key *key)
{
    struct stat status;
    uint8_t     hash[crypto_generichash_BYTES_MAX];

    if (fstat(sealed, &status) != 0 || status.st_size <= 0)
        return false;
    const size_t size = (size_t)status.st_size;
    void        *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, sealed, 0);
    if (bytes == MAP_FAILED)
        return false;

    bool good;
    if (signature->prehashed)
        good = crypto_generichash(hash, sizeof hash, bytes, size, NULL, 0) == 0 &&
               crypto_sign_verify_detached(signature->bytes, hash, sizeof hash, key->bytes) == 0;
    else
        good = crypto_sign_verify_detached(signature->bytes, bytes, size, key->bytes) == 0;
    munmap(bytes, size);
    return good;
}

static bool check(int sealed, const char *path, const trust_signature *signature,
                  const trust_key *key, error_list *errors)
{
    char asked[TRUST_KEY_ID_SIZE], used[TRUST_KEY_ID_SIZE];

    trust_key_id(key, asked);
    write_key_id(signature->key_id, used);
    if (memcmp(signature->key_id, key->id, sizeof key->id) != 0)
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "is signed with the key %s and not with %s; get it from whoever holds that key, "
                  "or name the right key",
                  used, asked);
    else if (!bytes_are_signed(sealed, signature, key))
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "is not the file that the key %s signed; get the plugin and its signature again "
                  "from whoever made them",
                  asked);
    else if (!comment_is_signed(signature, key))
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "the comment in its signature is not what the key %s signed; get the signature "
                  "again from whoever made it",
                  asked);
    else
        return true;
    return false;
}

bool trust_verify(int sealed, const char *path, const trust_key *key,
                  char comment[TRUST_COMMENT_MAX + 1], error_list *errors)
{
    static const char ending[] = ".minisig";
    trust_signature   signature;
    bool              good = false;
    size_t            size = strlen(path) + sizeof ending;
    char             *name = malloc(size);

    if (name == NULL || sodium_init() < 0) {
        free(name);
        return error_memory(errors);
    }
    snprintf(name, size, "%s%s", path, ending);
    char *bytes = read_small(name, "put the plugin's signature there", &size, errors);
    if (bytes != NULL && trust_signature_parse(&signature, name, bytes, size, errors) &&
        check(sealed, path, &signature, key, errors)) {
        if (comment != NULL)
            memcpy(comment, signature.comment, signature.comment_size + 1);
        good = true;
    }
    free(bytes);
    free(name);
    return good;
}
