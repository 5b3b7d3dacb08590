/* isolation.c - opening a plugin in a process of its own, and what protects from it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader/isolated.h"
#include "loader/worker.h"

void loader_isolate(plugin_set *plugins, const isolation_settings *settings)
{
    plugins->isolation = *settings;
}

static const struct {
    unsigned    bit;
    const char *name;
} protections[] = {
    {WORKER_NO_SYSTEM_CALLS, "seccomp"},
    {WORKER_NO_FILES, "Landlock"},
    {WORKER_NO_NEW_PRIVILEGES, "no new privileges"},
    {WORKER_LIMITS, "limits of memory and time"},
    {WORKER_CLOSED, "no open files, empty environment"},
};
enum { PROTECTIONS = sizeof protections / sizeof protections[0] };

/* The names of the protections that hold, or that do not. */
static void list(unsigned bits, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t p = 0; p < PROTECTIONS && used < size; p++)
        if (bits & protections[p].bit)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used ? ", " : "",
                                     protections[p].name);
}

void plugin_isolation(const plugin *opened, char *out, size_t size)
{
    char names[160];

    if (opened->table != NULL) {
        snprintf(out, size, "the program's own process, without isolation");
        return;
    }
    list(opened->protections, names, sizeof names);
    snprintf(out, size, "a process of its own: %s", *names ? names : "without any protection");
    if (opened->protections != WORKER_PROTECTIONS) {
        const size_t used = strlen(out);
        list(~opened->protections, names, sizeof names);
        snprintf(out + used, size - used, "; not had here: %s", names);
    }
}

/* Keeps the fault texts that the worker told: for each measure its texts, then an empty one. */
static bool keep_fault_texts(plugin *made, const worker_memory *memory)
{
    const size_t measures = made->manifest->measure_count;
    size_t at = 0;

    made->fault_texts = malloc(sizeof memory->text + 1);
    made->first_faults = calloc(measures + 1, sizeof *made->first_faults);
    if (made->fault_texts == NULL || made->first_faults == NULL)
        return false;
    memcpy(made->fault_texts, memory->text, sizeof memory->text);
    made->fault_texts[sizeof memory->text - 1] = '\0';
    made->fault_texts[sizeof memory->text] = '\0';
    for (size_t m = 0; m < measures; m++) {
        made->first_faults[m] = made->fault_texts + at;
        while (made->fault_texts[at] != '\0')
            at += strlen(made->fault_texts + at) + 1;
        at += at < sizeof memory->text;
    }
    return true;
}

bool isolated_open(plugin *made, error_list *errors)
{
    made->spare = worker_start(made, errors);
    if (made->spare == NULL)
        return false;
    made->spare_owner = pthread_self();
    const worker_memory *memory = worker_shared(made->spare);
    made->protections = worker_protections(made->spare);
    made->landlock = memory->landlock;
    if (!keep_fault_texts(made, memory))
        return error_memory(errors);
    if (made->isolation->mode == ISOLATION_REQUIRE && made->protections != WORKER_PROTECTIONS) {
        char lacking[160];
        list(~made->protections, lacking, sizeof lacking);
        error_add(errors, FAULT_PLUGIN, made->manifest->binary, 0, 0,
                  "cannot be isolated as --isolate=require asks: this system gives no %s; grade "
                  "where it does, or without that option",
                  lacking);
        return false;
    }
    return true;
}
