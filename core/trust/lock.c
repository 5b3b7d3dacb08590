/* lock.c - assay.lock: read, and asked. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ini.h"
#include "base/text.h"
#include "trust/trust.h"

enum { FILE_MAX_SIZE = 1 << 20 };

static const char plugin_begin[] = "plugin.";
static const char rubric_begin[] = "rubric.";

void trust_hash_to_text(const uint8_t hash[TRUST_HASH_SIZE], char out[TRUST_HASH_TEXT_SIZE])
{
    sodium_bin2hex(out, TRUST_HASH_TEXT_SIZE, hash, TRUST_HASH_SIZE);
}

/* ---- Sections ------------------------------------------------------------------- */

static void complain(const ini_file *file, uint64_t line, error_list *errors, const char *what)
{
    error_add(errors, FAULT_PLUGIN, file->file, line, 0, "%s", what);
}

static bool read_hash(const ini_key *given, uint8_t hash[TRUST_HASH_SIZE])
{
    size_t size = 0;
    return strlen(given->value) == TRUST_HASH_TEXT_SIZE - 1 &&
           sodium_hex2bin(hash, TRUST_HASH_SIZE, given->value, TRUST_HASH_TEXT_SIZE - 1, NULL,
                          &size, NULL) == 0 &&
           size == TRUST_HASH_SIZE;
}

static void read_sha256(const ini_file *file, ini_section *section, trust_pin *pin,
                        error_list *errors)
{
    const ini_key *given = ini_key_of(section, "sha256");
    if (given == NULL)
        complain(file, section->line, errors,
                 "sha256 is missing; pin it again with assay plugin trust add");
    else if (!read_hash(given, pin->hash))
        complain(file, given->line, errors,
                 "sha256 is not 64 hexadecimal digits; pin it again with assay plugin trust add");
}

/* [plugin.ID]: version and sha256, or key. */
static void read_plugin(const ini_file *file, ini_section *section, trust_pin *pin,
                        error_list *errors)
{
    static const char *const known[] = {"version", "sha256", "key"};
    const ini_key           *key = ini_key_of(section, "key");

    pin->kind = PIN_PLUGIN;
    pin->id = section->name + strlen(plugin_begin);
    pin->version = "";
    if (key != NULL) {
        pin->by_key = true;
        if (!trust_key_from_text(key->value, &pin->key))
            complain(file, key->line, errors,
                     "this is not a public key of minisign; copy the second line of KEY.pub");
        if (ini_key_of(section, "version") != NULL || ini_key_of(section, "sha256") != NULL)
            complain(file, section->line, errors,
                     "a plugin with a key has no version and no sha256, for the key may sign "
                     "any; take out the key, or the other two");
    } else {
        const char *version = ini_value(section, "version");
        if (version == NULL)
            complain(file, section->line, errors,
                     "version is missing; pin it again with assay plugin trust add");
        else
            pin->version = version;
        read_sha256(file, section, pin, errors);
    }
    if (!text_is_id(text_of(pin->id)))
        complain(file, section->line, errors,
                 "the name of the section does not end with a plugin's id; write [plugin.ID]");
    ini_refuse_unused(file, section, "a pinned plugin", known, 3, FAULT_PLUGIN, errors);
}

/* [rubric.ID@VERSION]: sha256. `memory` gets the two halves of the name. */
static bool read_rubric(const ini_file *file, ini_section *section, trust_pin *pin, arena *memory,
                        error_list *errors)
{
    static const char *const known[] = {"sha256"};
    const char              *name = section->name + strlen(rubric_begin);
    const size_t             id_size = strcspn(name, "@");

    pin->kind = PIN_RUBRIC;
    pin->id = arena_text(memory, name, id_size);
    pin->version = name[id_size] == '@' ? name + id_size + 1 : "";
    if (pin->id == NULL)
        return error_memory(errors);
    read_sha256(file, section, pin, errors);
    if (id_size == 0 || *pin->version == '\0')
        complain(file, section->line, errors,
                 "the name of the section has no id and version; write [rubric.ID@VERSION]");
    ini_refuse_unused(file, section, "a pinned rubric", known, 1, FAULT_PLUGIN, errors);
    return true;
}

static bool begins(const char *name, const char *begin)
{
    return strncmp(name, begin, strlen(begin)) == 0;
}

static bool read_sections(trust_lock *lock, const ini_file *file, error_list *errors)
{
    for (size_t s = 0; s < file->section_count; s++) {
        ini_section *section = &file->sections[s];
        trust_pin    pin = {0};

        if (begins(section->name, plugin_begin))
            read_plugin(file, section, &pin, errors);
        else if (!begins(section->name, rubric_begin)) {
            error_add(errors, FAULT_PLUGIN, file->file, section->line, 0,
                      "[%s] is not a section of a lock; write [plugin.ID] or [rubric.ID@VERSION]",
                      section->name);
            continue;
        } else if (!read_rubric(file, section, &pin, &lock->memory, errors)) {
            return false;
        }
        if (error_count(errors) == 0 && !trust_lock_pin(lock, &pin, errors))
            return false;
    }
    return true;
}

/* ---- The file ------------------------------------------------------------------- */

static trust_lock *new_lock(const char *path, error_list *errors)
{
    trust_lock *lock = calloc(1, sizeof *lock);
    if (lock != NULL)
        lock->path = arena_text(&lock->memory, path, strlen(path));
    if (lock != NULL && lock->path != NULL)
        return lock;
    free(lock);
    error_memory(errors);
    return NULL;
}

trust_lock *trust_lock_read_bytes(const char *path, const char *bytes, size_t size,
                                  error_list *errors)
{
    error_list  faults = {0};
    ini_file    file;
    trust_lock *lock = new_lock(path, errors);
    if (lock == NULL)
        return NULL;

    lock->there = true;
    const bool whole =
        ini_read_bytes(&file, lock->path, bytes, size, FAULT_PLUGIN, &lock->memory, &faults);
    const bool kept = read_sections(lock, &file, &faults);
    const bool good = whole && kept && error_count(&faults) == 0 && !faults.out_of_memory;
    error_append(errors, &faults);
    error_clear(&faults);
    if (good)
        return lock;
    trust_lock_free(lock);
    return NULL;
}

/* Whoever can write the lock could pin what they like. */
static const char *unsafe(const struct stat *status)
{
    if (!S_ISREG(status->st_mode))
        return "is not a regular file; name another lock";
    if (status->st_uid != 0 && status->st_uid != geteuid())
        return "belongs to another user, who could pin anything; copy it to a file of your own";
    if ((status->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return "can be written by other users, who could pin anything; run: chmod go-w on it";
    return NULL;
}

/* The bytes of an open lock, in memory that the caller frees; NULL with a fault. */
static char *read_open(int file, const char *path, size_t *size, error_list *errors)
{
    struct stat status;
    char       *bytes = malloc(FILE_MAX_SIZE + 1);
    if (bytes == NULL) {
        error_memory(errors);
        return NULL;
    }
    const char *wrong = fstat(file, &status) == 0 ? unsafe(&status) : "cannot be read; look at it";
    *size = 0;
    for (ssize_t got = 1; wrong == NULL && got != 0 && *size <= FILE_MAX_SIZE;) {
        got = read(file, bytes + *size, FILE_MAX_SIZE + 1 - *size);
        if (got < 0 && errno != EINTR)
            wrong = "cannot be read to its end; look at the disk";
        *size += got > 0 ? (size_t)got : 0;
    }
    if (wrong == NULL && *size > FILE_MAX_SIZE)
        wrong = "is over 1 MiB, longer than any lock; check that it is the right file";
    if (wrong == NULL)
        return bytes;
    error_add(errors, FAULT_PLUGIN, path, 0, 0, "%s", wrong);
    free(bytes);
    return NULL;
}

trust_lock *trust_lock_read(const char *path, error_list *errors)
{
    trust_lock *lock = NULL;
    const int   file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (file < 0 && errno == ENOENT)
        return new_lock(path, errors);
    if (file < 0) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "the lock cannot be read: %s; look at its permissions", strerror(errno));
        return NULL;
    }
    size_t size = 0;
    char  *bytes = read_open(file, path, &size, errors);
    close(file);
    if (bytes != NULL)
        lock = trust_lock_read_bytes(path, bytes, size, errors);
    free(bytes);
    return lock;
}

void trust_lock_free(trust_lock *lock)
{
    if (lock == NULL)
        return;
    free(lock->pins);
    arena_free(&lock->memory);
    free(lock);
}

/* ---- Asked ----------------------------------------------------------------------- */

const trust_pin *trust_lock_find(const trust_lock *lock, pin_kind kind, const char *id,
                                 const char *version)
{
    for (size_t p = 0; p < lock->count; p++) {
        const trust_pin *pin = &lock->pins[p];
        if (pin->kind == kind && strcmp(pin->id, id) == 0 &&
            (kind == PIN_PLUGIN || strcmp(pin->version, version) == 0))
            return pin;
    }
    return NULL;
}

/* What the user may do: the option is left out where the lock is found without it. */
static const char *option_of(const trust_lock *lock, const char **path)
{
    const bool usual = strcmp(lock->path, "assay.lock") == 0;
    *path = usual ? "" : lock->path;
    return usual ? "" : " --lock ";
}

static bool refuse(const trust_lock *lock, const trust_pin *pin, fault_kind kind,
                   const char *version, const uint8_t hash[TRUST_HASH_SIZE], const char *path,
                   error_list *errors)
{
    char        pinned[TRUST_HASH_TEXT_SIZE], found[TRUST_HASH_TEXT_SIZE];
    const char *named;
    const char *option = option_of(lock, &named);

    trust_hash_to_text(hash, found);
    if (pin == NULL) {
        error_add(errors, kind, path, 0, 0,
                  "version %s with SHA-256 %s is not pinned in %s%s; if you trust it, run: assay "
                  "plugin trust add%s%s %s",
                  version, found, lock->path, lock->there ? "" : ", which is not there", option,
                  named, path);
    } else {
        trust_hash_to_text(pin->hash, pinned);
        error_add(errors, kind, path, 0, 0,
                  "has changed: %s pins version %s with SHA-256 %s, and this is version %s with "
                  "SHA-256 %s; if you trust the change, run: assay plugin trust add%s%s %s",
                  lock->path, pin->version, pinned, version, found, option, named, path);
    }
    return false;
}

bool trust_lock_allows_plugin(const trust_lock *lock, const char *id, const char *version,
                              const uint8_t hash[TRUST_HASH_SIZE], int sealed, const char *path,
                              error_list *errors)
{
    const trust_pin *pin = trust_lock_find(lock, PIN_PLUGIN, id, version);

    if (pin != NULL && pin->by_key)
        return trust_verify(sealed, path, &pin->key, NULL, errors);
    if (pin != NULL && strcmp(pin->version, version) == 0 &&
        memcmp(pin->hash, hash, TRUST_HASH_SIZE) == 0)
        return true;
    return refuse(lock, pin, FAULT_PLUGIN, version, hash, path, errors);
}

bool trust_lock_allows_rubric(const trust_lock *lock, const char *id, const char *version,
                              const uint8_t hash[TRUST_HASH_SIZE], const char *path,
                              error_list *errors)
{
    const trust_pin *pin = trust_lock_find(lock, PIN_RUBRIC, id, version);

    if (pin != NULL && memcmp(pin->hash, hash, TRUST_HASH_SIZE) == 0)
        return true;
    return refuse(lock, pin, FAULT_RUBRIC, version, hash, path, errors);
}
