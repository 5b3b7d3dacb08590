/* seal.c - a file's bytes, read once, hashed and held where nobody can change them.
 *
 * A file that is hashed and then opened by its name, or mapped, can be another one by then, or
 * have other bytes. The copy cannot: memfd_create(2), F_ADD_SEALS in fcntl(2). */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trust/trust.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U /* Linux 6.3; older headers do not have it */
#endif

enum {
    PIECE = 1 << 16,
    LARGEST = 1 << 28 /* bytes: far above any plugin, far below what would exhaust a machine */
};

static bool complain(error_list *errors, const char *path, const char *what, const char *remedy)
{
    error_add(errors, FAULT_PLUGIN, path, 0, 0, "%s: %s; %s", what, strerror(errno), remedy);
    return false;
}

/* Kernels before 6.3 know no MFD_EXEC, and let every memfd be run; later ones warn without it. */
static int new_memory_file(const char *path, error_list *errors)
{
    const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int            copy = memfd_create("plugin", flags | MFD_EXEC);

    if (copy < 0 && errno == EINVAL)
        copy = memfd_create("plugin", flags);
    if (copy < 0 && errno == EACCES)
        complain(errors, path, "cannot be held in memory that may be run",
                 "set the system's vm.memfd_noexec to 0 or 1");
    else if (copy < 0)
        complain(errors, path, "cannot be held in memory",
                 "close other programs, or allow more open files (ulimit -n)");
    return copy;
}

/* read(2) into a piece, from a given place, so that the file's own position means nothing. */
static ssize_t read_piece(int file, unsigned char *piece, off_t at)
{
    ssize_t size;
    do
        size = pread(file, piece, PIECE, at);
    while (size < 0 && errno == EINTR);
    return size;
}

static bool write_piece(int copy, const unsigned char *piece, size_t size)
{
    while (size > 0) {
        const ssize_t written = write(copy, piece, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            piece += written;
            size -= (size_t)written;
        }
    }
    return true;
}

static bool refuse_large(const char *path, error_list *errors)
{
    error_add(errors, FAULT_PLUGIN, path, 0, 0,
              "is over %d MiB, too large for a plugin; remove it from the folder", LARGEST >> 20);
    return false;
}

static bool copy_and_hash(int file, int copy, const char *path, uint8_t hash[TRUST_HASH_SIZE],
                          error_list *errors)
{
    unsigned char            piece[PIECE];
    crypto_hash_sha256_state state;
    struct stat              status;
    off_t                    at = 0;
    ssize_t                  size;

    if (fstat(file, &status) == 0 && status.st_size > LARGEST)
        return refuse_large(path, errors);
    crypto_hash_sha256_init(&state);
    while ((size = read_piece(file, piece, at)) > 0) {
        at += size;
        if (at > LARGEST)
            return refuse_large(path, errors);
        if (!write_piece(copy, piece, (size_t)size))
            return complain(errors, path, "cannot be held in memory", "close other programs");
        crypto_hash_sha256_update(&state, piece, (size_t)size);
    }
    if (size < 0)
        return complain(errors, path, "cannot be read", "look at its permissions");
    crypto_hash_sha256_final(&state, hash);
    return true;
}

int trust_seal(int file, const char *path, uint8_t hash[TRUST_HASH_SIZE], error_list *errors)
{
    const int copy = new_memory_file(path, errors);
    if (copy < 0)
        return -1;

    bool sealed = copy_and_hash(file, copy, path, hash, errors);
    if (sealed &&
        fcntl(copy, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        sealed = complain(errors, path, "its copy in memory cannot be sealed",
                          "use Linux 3.17 or later");
    if (sealed)
        return copy;
    close(copy);
    return -1;
}
