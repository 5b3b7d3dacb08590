/* Trust: the lock in use, pins made and taken away, signatures. */
#include "api/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usual_lock[] = "assay.lock";

/* ---- The lock of a session -------------------------------------------------------- */

int assay_use_lock(assay *session, const char *file)
{
    if (session->library)
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "the session is open already; name its lock before assay_open()");
    else if (!file)
        session->lock_path = NULL;
    else if (!(session->lock_path = arena_text(&session->memory, file, strlen(file))))
        error_memory(&session->errors);
    return session_status(session);
}

/* The file that was named, by the caller or by the environment; or NULL. */
static const char *named_lock(const assay *session)
{
    if (session->lock_path)
        return session->lock_path;
    const char *path = getenv("ASSAY_LOCK");
    return path && *path ? path : NULL;
}

bool session_read_lock(assay *session)
{
    const char *path = named_lock(session);

    if (!path && access(usual_lock, F_OK) != 0 && errno == ENOENT)
        return true;
    session->lock = trust_lock_read(path ? path : usual_lock, &session->errors);
    loader_use_lock(session->plugins, session->lock);
    return session->lock != NULL;
}

bool session_allows_rubrics(assay *session)
{
    const rubric_library *library = session->library;
    const rubric *const  *asked =
        session->chosen ? &session->chosen : (const rubric *const *)library->rubrics;
    const size_t count = session->chosen ? 1 : library->rubric_count;
    bool         allowed = true;

    for (size_t r = 0; session->lock && r < count; r++)
        allowed &= trust_lock_allows_rubric(session->lock, asked[r]->id, asked[r]->version,
                                            asked[r]->hash, asked[r]->file, &session->errors);
    return allowed;
}

/* ---- A lock that is being changed ------------------------------------------------- */

/* The lock as it is in its file by now, and what to say of the changes once they are written: until
 * then the session's own lock is not touched. */
typedef struct {
    trust_lock *lock;
    page        out;
    FILE       *stream;
    char       *said;
    size_t      said_size;
} change;

static int write_to_stream(void *stream, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, stream) == size ? 0 : -1;
}

static bool begin(assay *session, change *made)
{
    const char *path = named_lock(session);

    *made = (change){.lock = trust_lock_read(path ? path : usual_lock, &session->errors)};
    if (!made->lock)
        return false;
    made->stream = open_memstream(&made->said, &made->said_size);
    made->out.to = (caller_write){write_to_stream, made->stream};
    if (made->stream)
        return true;
    trust_lock_free(made->lock);
    return error_memory(&session->errors);
}

static int finish(assay *session, change *made, bool good, assay_write write, void *user)
{
    bool told = true;

    good = fclose(made->stream) == 0 && good && !made->out.failed;
    if (good && trust_lock_write(made->lock, &session->errors)) {
        trust_lock_free(session->lock);
        session->lock = made->lock;
        loader_use_lock(session->plugins, session->lock);
        told = write(user, made->said, made->said_size) == 0;
    } else {
        if (made->out.failed)
            error_memory(&session->errors);
        trust_lock_free(made->lock);
    }
    free(made->said);
    return told ? session_status(session) : ASSAY_FAILED;
}

void say_pin(page *out, const trust_pin *pin, const char *state)
{
    char hash[TRUST_HASH_TEXT_SIZE], key[TRUST_KEY_ID_SIZE];

    trust_hash_to_text(pin->hash, hash);
    trust_key_id(&pin->key, key);
    if (pin->kind == PIN_RUBRIC)
        page_say(out, "%-10s rubric.%s@%s  sha256 %s\n", state, pin->id, pin->version, hash);
    else if (pin->by_key)
        page_say(out, "%-10s plugin.%s  any version signed with the key %s\n", state, pin->id, key);
    else
        page_say(out, "%-10s plugin.%s  version %s  sha256 %s\n", state, pin->id, pin->version,
                 hash);
}

/* ---- Pins added --------------------------------------------------------------------- */

/* What is being pinned, and what by. */
typedef struct {
    assay           *session;
    const trust_key *key; /* NULL: by their hashes */
    change           made;
} pinning;

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), tail = strlen(ending);
    return size > tail && strcmp(name + size - tail, ending) == 0;
}

static bool add_pin(pinning *to, const trust_pin *pin)
{
    if (!trust_lock_pin(to->made.lock, pin, &to->session->errors))
        return false;
    say_pin(&to->made.out, pin, "pinned");
    return true;
}

/* Pins a plugin by its bytes, or by the key that signed them. Runs nothing of it. */
static bool pin_plugin(pinning *to, const manifest *found)
{
    trust_pin pin = {.kind = PIN_PLUGIN, .id = found->id, .version = found->version};
    const int sealed = loader_seal(found, pin.hash, &to->session->errors);
    if (sealed < 0)
        return false;

    bool good = true;
    if (to->key) {
        pin.by_key = true;
        pin.version = "";
        pin.key = *to->key;
        good = trust_verify(sealed, found->binary, to->key, NULL, &to->session->errors);
    }
    close(sealed);
    return good && add_pin(to, &pin);
}

/* A plugin by its file, wherever that is: its folder is searched as a plugin folder is. */
static bool pin_plugin_file(pinning *to, const char *file)
{
    assay      *session = to->session;
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    const char *folder =
        slash ? arena_text(&session->memory, file, slash > file ? (size_t)(slash - file) : 1) : ".";
    if (!folder)
        return error_memory(&session->errors);

    error_list      told = {0}; /* of other plugins in the folder too; this one's are its refusal */
    plugin_set     *beside = loader_search(&folder, 1, &told);
    const text      id = {name, strlen(name) - strlen(".so")};
    const manifest *found = beside ? loader_find(beside, id) : NULL;
    bool            good = false;
    if (!beside)
        error_memory(&session->errors);
    else if (found)
        good = pin_plugin(to, found);
    else
        error_add(&session->errors, FAULT_PLUGIN, file, 0, 0,
                  "there is no such plugin; check the path");
    error_clear(&told);
    loader_free(beside);
    return good;
}

static bool pin_rubric(pinning *to, const rubric *held)
{
    trust_pin pin = {.kind = PIN_RUBRIC, .id = held->id, .version = held->version};
    memcpy(pin.hash, held->hash, sizeof pin.hash);
    return add_pin(to, &pin);
}

static bool pin_rubric_file(pinning *to, const char *file)
{
    assay               *session = to->session;
    const rubric_context context = library_context(session->library, session->plugins);
    rubric              *read = rubric_read(file, &context, &session->errors);
    const bool           good = read && pin_rubric(to, read);

    rubric_free(read);
    return good;
}

static bool pin_named(pinning *to, const char *name)
{
    if (ends_with(name, ".so"))
        return pin_plugin_file(to, name);
    if (ends_with(name, ".ini"))
        return pin_rubric_file(to, name);
    const manifest *found = session_plugin(to->session, name);
    return found && pin_plugin(to, found);
}

int assay_trust_add(assay *session, const char *const *names, size_t count, const char *key_file,
                    unsigned flags, assay_write write, void *user)
{
    trust_key key;
    pinning   to = {.session = session, .key = key_file ? &key : NULL};

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    if ((key_file && !trust_key_read(key_file, &key, &session->errors)) ||
        !begin(session, &to.made))
        return session_status(session);

    bool good = true;
    for (size_t n = 0; n < count; n++)
        good &= pin_named(&to, names[n]);
    for (size_t r = 0; (flags & ASSAY_TRUST_RUBRICS) && r < session->library->rubric_count; r++)
        good &= pin_rubric(&to, session->library->rubrics[r]);
    return finish(session, &to.made, good, write, user);
}

/* ---- Pins taken away ------------------------------------------------------------------ */

/* The pin of a plugin's id, or of a name as the lock has it: "rubric.plans@1.0". */
static const trust_pin *find_named(const trust_lock *lock, const char *name)
{
    if (strncmp(name, "plugin.", strlen("plugin.")) == 0)
        name += strlen("plugin.");
    for (size_t p = 0; p < lock->count; p++) {
        const trust_pin *pin = &lock->pins[p];
        char            *whole = NULL;
        if (pin->kind == PIN_PLUGIN
                ? strcmp(pin->id, name) == 0
                : asprintf(&whole, "rubric.%s@%s", pin->id, pin->version) >= 0 &&
                      strcmp(whole, name) == 0) {
            free(whole);
            return pin;
        }
        free(whole);
    }
    return NULL;
}

static bool unpin_named(assay *session, change *made, const char *name)
{
    const trust_pin *pin = find_named(made->lock, name);
    if (!pin) {
        error_add(&session->errors, FAULT_USAGE, made->lock->path, 0, 0,
                  "\"%s\" is not pinned here; name a plugin, or a rubric as assay plugin trust "
                  "list shows it",
                  name);
        return false;
    }
    say_pin(&made->out, pin, "removed");
    trust_lock_unpin(made->lock, pin);
    return true;
}

int assay_trust_remove(assay *session, const char *const *names, size_t count, unsigned flags,
                       assay_write write, void *user)
{
    change made;

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    if (!begin(session, &made))
        return session_status(session);

    bool good = true;
    for (size_t n = 0; n < count; n++)
        good &= unpin_named(session, &made, names[n]);
    for (size_t p = made.lock->count; (flags & ASSAY_TRUST_RUBRICS) && p-- > 0;)
        if (made.lock->pins[p].kind == PIN_RUBRIC) {
            say_pin(&made.out, &made.lock->pins[p], "removed");
            trust_lock_unpin(made.lock, &made.lock->pins[p]);
        }
    return finish(session, &made, good, write, user);
}

/* ---- Signatures ------------------------------------------------------------------------- */

/* The sealed bytes of any regular file; -1 with a fault. */
static int seal_file(const char *path, error_list *errors)
{
    uint8_t     hash[TRUST_HASH_SIZE];
    struct stat status;
    const int   file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    int         sealed = -1;

    if (file < 0 || fstat(file, &status) != 0)
        error_add(errors, FAULT_INPUT, path, 0, 0,
                  "cannot be read: %s; check the path and who may read it", strerror(errno));
    else if (!S_ISREG(status.st_mode))
        error_add(errors, FAULT_INPUT, path, 0, 0, "is not a regular file; name the plugin's file");
    else
        sealed = trust_seal(file, path, hash, errors);
    if (file >= 0)
        close(file);
    return sealed;
}

/* A comment is the signer's text: on a terminal it must be text alone. */
static void make_printable(char *comment)
{
    for (unsigned char *at = (unsigned char *)comment; *at; at++)
        if (*at < ' ' || *at == 0x7f)
            *at = ' ';
}

int assay_verify_plugin(assay *session, const char *file, const char *key_file, assay_write write,
                        void *user)
{
    page      out = {.to = {write, user}};
    trust_key key;
    char      comment[TRUST_COMMENT_MAX + 1], id[TRUST_KEY_ID_SIZE];

    if (!trust_key_read(key_file, &key, &session->errors))
        return session_status(session);
    const int sealed = seal_file(file, &session->errors);
    if (sealed < 0)
        return session_status(session);
    const bool good = trust_verify(sealed, file, &key, comment, &session->errors);
    close(sealed);
    if (!good)
        return session_status(session);

    trust_key_id(&key, id);
    make_printable(comment);
    page_say(&out, "%s: signed with the key %s: %s\n", file, id, comment);
    return out.failed ? ASSAY_FAILED : ASSAY_FINE;
}
