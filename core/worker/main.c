/* assay-worker - holds one plugin, and nothing else.
 *
 * The library starts it (loader/worker.c); it is of no use by itself. It gives up what it can
 * (sandbox.h), opens the plugin as the loader does, and runs measures on the batches that the
 * host puts into the memory they share. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "loader/plugin_set.h"
#include "loader/worker_protocol.h"
#include "worker/sandbox.h"

static char *memory_at(worker_memory *memory, uint64_t offset)
{
    return offset ? (char *)memory + offset : NULL;
}

/* ---- Opening ------------------------------------------------------------------ */

/* Every fault, one a line. */
static void tell_faults(worker_memory *memory, const error_list *errors)
{
    size_t used = 0;

    memory->text[0] = '\0';
    for (size_t i = 0; i < errors->count && used + 1 < sizeof memory->text; i++)
        used += (size_t)snprintf(memory->text + used, sizeof memory->text - used, "%s\n",
                                 errors->items[i].text);
}

/* The fault texts of all measures: for each measure its texts, then an empty one. False where
 * they are too long. */
static bool tell_fault_texts(worker_memory *memory, const plugin *opened)
{
    size_t used = 0;

    for (size_t m = 0; m < opened->manifest->measure_count; m++) {
        const char *said = "";
        for (unsigned f = 0; said != NULL; f++) {
            said = plugin_fault_text(opened, m, f);
            const char *kept = said != NULL && *said != '\0' ? said : said != NULL ? " " : "";
            const size_t size = strlen(kept) + 1;
            if (size > sizeof memory->text - used)
                return false;
            memcpy(memory->text + used, kept, size);
            used += size;
        }
    }
    return true;
}

static plugin *open_it(worker_memory *memory, manifest *declared, manifest_memory *kept,
                       error_list *errors)
{
    declared->id = memory->id;
    declared->path = memory->manifest;
    declared->binary = memory->path;
    if (!manifest_read(declared, kept, memory->manifest, memory->id, memory->text,
                       memory->source_size, errors))
        return NULL;
    return plugin_open_binary(declared, WORKER_BINARY, errors);
}

/* ---- Running -------------------------------------------------------------------- */

enum { INPUTS_MAX = MANIFEST_INPUTS_MAX };

static const struct assay_calendar *calendar_of(worker_memory *memory, const worker_call *call,
                                                struct assay_calendar *out)
{
    const worker_calendar *shared = (const void *)memory_at(memory, call->calendar);

    if (shared == NULL)
        return NULL;
    *out = (struct assay_calendar){
        .struct_size = sizeof *out,
        .first = shared->first,
        .last = shared->last,
        .working_days = (const void *)memory_at(memory, shared->working_days),
    };
    return out;
}

/* Runs a call on records first .. first + count. */
static int32_t run_call(worker_memory *memory, const plugin *opened, const worker_call *call,
                        size_t first, size_t count)
{
    const worker_column *shared = (const void *)memory_at(memory, call->inputs);
    struct assay_column inputs[INPUTS_MAX];
    struct assay_calendar calendar;

    for (size_t i = 0; i < call->input_count; i++) {
        const char *offsets = memory_at(memory, shared[i].offsets);
        inputs[i] = (struct assay_column){
            .status = (const void *)(memory_at(memory, shared[i].status) + first),
            .values = memory_at(memory, shared[i].values) +
                      (offsets == NULL ? first * shared[i].value_size : 0),
            .offsets = offsets == NULL ? NULL : (const uint32_t *)(const void *)offsets + first,
        };
    }
    const struct assay_batch batch = {
        .struct_size = sizeof batch,
        .count = (uint32_t)count,
        .inputs = inputs,
        .parameters = (const void *)memory_at(memory, call->parameters),
        .calendar = calendar_of(memory, call, &calendar),
    };
    const struct assay_results results = {
        .struct_size = sizeof results,
        .status = (void *)(memory_at(memory, call->status) + first),
        .values = memory_at(memory, call->values) + first * call->value_size,
    };
    return opened->table->measures[call->measure]->run(&batch, &results);
}

static void run_whole(worker_memory *memory, const plugin *opened)
{
    for (uint32_t c = 0; c < memory->call_count; c++) {
        memory->call = c;
        memory->calls[c].outcome = run_call(memory, opened, &memory->calls[c], 0, memory->count);
    }
}

/* Each record by itself, so that the host can tell which one ends the process. */
static void run_one_by_one(worker_memory *memory, const plugin *opened)
{
    const char *skip = memory_at(memory, memory->skip);
    uint32_t first = memory->first_record;

    for (uint32_t c = memory->first_call; c < memory->call_count; c++) {
        for (uint32_t r = first; r < memory->count; r++) {
            if (skip[r])
                continue;
            memory->call = c;
            memory->record = r;
            if (run_call(memory, opened, &memory->calls[c], r, 1) != 0)
                memory->calls[c].outcome = 1;
        }
        first = 0;
    }
}

static bool say(char what)
{
    return write(WORKER_SOCKET, &what, 1) == 1;
}

/* Until the host is gone. */
static void serve(worker_memory *memory, const plugin *opened)
{
    char asked;

    while (read(WORKER_SOCKET, &asked, 1) == 1 && asked == WORKER_RUN) {
        if (memory->one_by_one)
            run_one_by_one(memory, opened);
        else
            run_whole(memory, opened);
        if (!say(WORKER_DONE))
            return;
    }
}

/* A plugin that crashes ends the process by its signal, whatever handlers it or a sanitizer set. */
static void end_by_signals(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};

    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        signal(crashes[i], SIG_DFL);
}

int main(void)
{
    worker_memory *memory = mmap(NULL, WORKER_MEMORY_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
                                 WORKER_MEMORY, 0);
    error_list errors = {0};
    manifest declared = {0};
    manifest_memory kept = {0};

    if (memory == MAP_FAILED || memory->protocol != WORKER_PROTOCOL) {
        fputs("assay-worker: it is started by assay, and does nothing by itself\n", stderr);
        return 2;
    }
    close(WORKER_MEMORY);
    const uint32_t before = sandbox_before_loading(&memory->landlock);
    plugin *opened = open_it(memory, &declared, &kept, &errors);

    if (opened == NULL || !tell_fault_texts(memory, opened)) {
        tell_faults(memory, &errors);
        say(WORKER_REFUSED);
        _exit(1);
    }
    end_by_signals();
    memory->protections = sandbox_before_running(before);
    if (say(WORKER_READY))
        serve(memory, opened);
    _exit(0); /* a plugin's own clean-up is no business of the host's */
}
