/* lock_write.c - assay.lock: changed, and written. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "trust/trust.h"

/* An INI line is at most 198 bytes, and "[rubric.ID@" takes up to 50 of them. */
enum { VERSION_MAX = 100 };

/* ---- Pins ------------------------------------------------------------------------- */

static int compare_pins(const void *a, const void *b)
{
    const trust_pin *first = a;
    const trust_pin *second = b;
    const int        ids = strcmp(first->id, second->id);

    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    return ids != 0 ? ids : strcmp(first->version, second->version);
}

/* A version stands in the name of a section, which base/ini.h limits. */
static bool can_be_written(const char *version)
{
    for (const char *at = version; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || strchr("[]", *at) != NULL)
            return false;
    return strlen(version) <= VERSION_MAX && strstr(version, " ;") == NULL;
}

static bool make_room(trust_lock *lock)
{
    if (lock->count < lock->capacity)
        return true;
    const size_t capacity = lock->capacity * 2 + 16;
    trust_pin   *pins = realloc(lock->pins, capacity * sizeof *pins);
    if (pins == NULL)
        return false;
    lock->pins = pins;
    lock->capacity = capacity;
    return true;
}

bool trust_lock_pin(trust_lock *lock, const trust_pin *added, error_list *errors)
{
    if (!can_be_written(added->version)) {
        error_add(errors, FAULT_PLUGIN, lock->path, 0, 0,
                  "the version \"%.40s\" of \"%s\" cannot stand in a lock; write it without "
                  "brackets and semicolons, in at most %d letters",
                  added->version, added->id, VERSION_MAX);
        return false;
    }
    trust_pin pin = *added;
    pin.id = arena_text(&lock->memory, added->id, strlen(added->id));
    pin.version = arena_text(&lock->memory, added->version, strlen(added->version));
    if (pin.id == NULL || pin.version == NULL || !make_room(lock))
        return error_memory(errors);

    const trust_pin *held = trust_lock_find(lock, pin.kind, pin.id, pin.version);
    if (held != NULL)
        trust_lock_unpin(lock, held);
    lock->pins[lock->count++] = pin;
    qsort(lock->pins, lock->count, sizeof *lock->pins, compare_pins);
    return true;
}

void trust_lock_unpin(trust_lock *lock, const trust_pin *pin)
{
    const size_t at = (size_t)(pin - lock->pins);
    memmove(lock->pins + at, lock->pins + at + 1, (lock->count - at - 1) * sizeof *lock->pins);
    lock->count--;
}

/* ---- The file --------------------------------------------------------------------- */

static void write_pin(FILE *out, const trust_pin *pin)
{
    char hash[TRUST_HASH_TEXT_SIZE], key[TRUST_KEY_TEXT_SIZE];

    trust_hash_to_text(pin->hash, hash);
    if (pin->kind == PIN_RUBRIC) {
        fprintf(out, "\n[rubric.%s@%s]\nsha256 = %s\n", pin->id, pin->version, hash);
    } else if (pin->by_key) {
        trust_key_to_text(&pin->key, key);
        fprintf(out, "\n[plugin.%s]\nkey = %s\n", pin->id, key);
    } else {
        fprintf(out, "\n[plugin.%s]\nversion = %s\nsha256 = %s\n", pin->id, pin->version, hash);
    }
}

static bool write_pins(int descriptor, const trust_lock *lock)
{
    FILE *out = fdopen(descriptor, "w");
    if (out == NULL) {
        close(descriptor);
        return false;
    }
    fputs("; The plugins and rubrics that may be used, by the bytes of their files. Kept by\n"
          "; assay plugin trust add and remove.\n",
          out);
    for (size_t p = 0; p < lock->count; p++)
        write_pin(out, &lock->pins[p]);
    const bool written =
        !ferror(out) && fflush(out) == 0 && fchmod(descriptor, 0644) == 0 && fsync(descriptor) == 0;
    return fclose(out) == 0 && written;
}

bool trust_lock_write(trust_lock *lock, error_list *errors)
{
    const size_t size = strlen(lock->path) + sizeof ".XXXXXX";
    char        *temporary = malloc(size);
    if (temporary == NULL)
        return error_memory(errors);

    snprintf(temporary, size, "%s.XXXXXX", lock->path);
    const int  descriptor = mkstemp(temporary);
    const bool written =
        descriptor >= 0 && write_pins(descriptor, lock) && rename(temporary, lock->path) == 0;
    if (!written) {
        error_add(errors, FAULT_OUTPUT, lock->path, 0, 0,
                  "the lock cannot be written: %s; look at the permissions of its folder, or free "
                  "some space",
                  strerror(errno));
        if (descriptor >= 0)
            unlink(temporary);
    }
    free(temporary);
    lock->there |= written;
    return written;
}
