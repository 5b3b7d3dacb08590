/* What is pinned, and whether what is at hand is what was pinned. */
#include "api/trust.h"

#include <string.h>
#include <unistd.h>

/* What a list found amiss is a message each. */
typedef struct {
    assay *session;
    page   out;
    bool   amiss;
} listing;

/* "refused", and why among the messages; else "as pinned". */
static const char *state_of(listing *to, error_list *told)
{
    const bool refused = error_count(told) > 0;

    error_append(&to->session->errors, told);
    error_clear(told);
    to->amiss |= refused;
    return refused ? "refused" : "as pinned";
}

static const rubric *find_rubric(const rubric_library *library, const trust_pin *pin)
{
    for (size_t r = 0; r < library->rubric_count; r++)
        if (strcmp(library->rubrics[r]->id, pin->id) == 0 &&
            strcmp(library->rubrics[r]->version, pin->version) == 0)
            return library->rubrics[r];
    return NULL;
}

static const char *plugin_state(listing *to, const trust_pin *pin)
{
    const manifest *found = loader_find(to->session->plugins, text_of(pin->id));
    error_list      told = {0};
    uint8_t         hash[TRUST_HASH_SIZE];

    if (!found)
        return "not here";
    const int sealed = loader_seal(found, hash, &told);
    if (sealed >= 0) {
        trust_lock_allows_plugin(to->session->lock, found->id, found->version, hash, sealed,
                                 found->binary, &told);
        close(sealed);
    }
    return state_of(to, &told);
}

static const char *rubric_state(listing *to, const trust_pin *pin)
{
    const rubric *held = find_rubric(to->session->library, pin);
    error_list    told = {0};

    if (!held)
        return "not here";
    trust_lock_allows_rubric(to->session->lock, held->id, held->version, held->hash, held->file,
                             &told);
    return state_of(to, &told);
}

static void list_unpinned(listing *to)
{
    const assay *session = to->session;

    for (size_t p = 0; p < loader_count(session->plugins); p++) {
        const manifest *found = loader_manifest(session->plugins, p);
        if (trust_lock_find(session->lock, PIN_PLUGIN, found->id, found->version))
            continue;
        page_say(&to->out, "%-10s plugin.%s  %s\n", "not pinned", found->id, found->binary);
        to->amiss = true;
    }
    for (size_t r = 0; r < session->library->rubric_count; r++) {
        const rubric *held = session->library->rubrics[r];
        if (trust_lock_find(session->lock, PIN_RUBRIC, held->id, held->version))
            continue;
        page_say(&to->out, "%-10s rubric.%s@%s  %s\n", "not pinned", held->id, held->version,
                 held->file);
        to->amiss = true;
    }
}

int assay_trust_list(assay *session, assay_write write, void *user)
{
    listing to = {.session = session, .out = {.to = {write, user}}};

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    if (!session->lock) {
        page_say(&to.out, "no lock: every plugin and rubric at hand may be used\n");
        return to.out.failed ? ASSAY_FAILED : ASSAY_FINE;
    }
    for (size_t p = 0; p < session->lock->count; p++) {
        const trust_pin *pin = &session->lock->pins[p];
        say_pin(&to.out, pin,
                pin->kind == PIN_PLUGIN ? plugin_state(&to, pin) : rubric_state(&to, pin));
    }
    list_unpinned(&to);
    return to.out.failed ? ASSAY_FAILED : to.amiss ? ASSAY_FOUND : ASSAY_FINE;
}
