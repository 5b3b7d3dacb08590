#include "loader/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    pid_t          process;
    bool           reaped;
    int            status; /* of waitpid(), once reaped */
    int            socket;
    worker_memory *memory;
};

/* ---- Starting ------------------------------------------------------------------ */

/* The descriptors that the worker gets, above those it will have them as: dup2() in the new
 * process then overwrites none that is still needed. */
static int lift(int descriptor)
{
    const int lifted = fcntl(descriptor, F_DUPFD_CLOEXEC, 2 * WORKER_DESCRIPTORS);
    close(descriptor);
    return lifted;
}

static bool make_memory(worker *made, int *descriptor)
{
    const int file = memfd_create("assay-worker", MFD_CLOEXEC);

    if (file < 0)
        return false;
    *descriptor = lift(file);
    if (*descriptor < 0 || ftruncate(*descriptor, WORKER_MEMORY_SIZE) != 0)
        return false;
    void *mapped = mmap(NULL, WORKER_MEMORY_SIZE, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_NORESERVE, *descriptor, 0);
    if (mapped == MAP_FAILED)
        return false;
    made->memory = mapped;
    return true;
}

static bool make_sockets(worker *made, int *other)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    made->socket = lift(pair[0]);
    *other = lift(pair[1]);
    return made->socket >= 0 && *other >= 0;
}

static int spawn(const char *program, const int descriptors[3], pid_t *process)
{
    char *const arguments[] = {(char *)"assay-worker", NULL};
    char *const environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);

    if (failed != 0)
        return failed;
    for (int i = 0; i < 3 && failed == 0; i++)
        failed = posix_spawn_file_actions_addopen(&actions, i, "/dev/null", O_RDWR, 0);
    for (int i = 0; i < 3 && failed == 0; i++)
        failed = posix_spawn_file_actions_adddup2(&actions, descriptors[i], WORKER_SOCKET + i);
    if (failed == 0)
        failed = posix_spawn(process, program, &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static void fill_memory(worker_memory *memory, const plugin *opened)
{
    memory->protocol = WORKER_PROTOCOL;
    snprintf(memory->path, sizeof memory->path, "%s", opened->manifest->binary);
    snprintf(memory->manifest, sizeof memory->manifest, "%s", opened->manifest->path);
    snprintf(memory->id, sizeof memory->id, "%s", opened->manifest->id);
    memory->source_size = opened->source_size;
    memcpy(memory->text, opened->source, opened->source_size);
}

static bool start_process(worker *made, const plugin *opened, error_list *errors)
{
    int memory = -1, other = -1, binary = -1;
    bool started = false;

    if (opened->source_size > WORKER_TEXT_SIZE) {
        error_add(errors, FAULT_PLUGIN, opened->manifest->path, 0, 0,
                  "is over %d bytes; shorten its help texts", (int)WORKER_TEXT_SIZE);
        return false;
    }
    if (make_memory(made, &memory) && make_sockets(made, &other)) {
        fill_memory(made->memory, opened);
        binary = fcntl(opened->binary, F_DUPFD_CLOEXEC, 2 * WORKER_DESCRIPTORS);
        const int failed = spawn(opened->isolation->program, (const int[]){other, memory, binary},
                                 &made->process);
        started = failed == 0;
        errno = failed;
    }
    if (!started)
        error_add(errors, FAULT_PLUGIN, opened->manifest->binary, 0, 0,
                  "cannot be given a process of its own by %s: %s; reinstall assay, or grade with "
                  "--isolate=off if you trust the plugin",
                  opened->isolation->program, strerror(errno));
    if (memory >= 0)
        close(memory);
    if (other >= 0)
        close(other);
    if (binary >= 0)
        close(binary);
    return started;
}

/* ---- Turns --------------------------------------------------------------------- */

/* The byte that the worker says; 0 where it is gone, -1 where it says none in time. */
static int listen_for(worker *held, int time_limit)
{
    struct pollfd ready = {.fd = held->socket, .events = POLLIN};
    char said = 0;
    int found;

    do
        found = poll(&ready, 1, time_limit);
    while (found < 0 && errno == EINTR);
    if (found == 0)
        return -1;
    return found > 0 && read(held->socket, &said, 1) == 1 ? said : 0;
}

turn_end worker_run(worker *held, unsigned time_limit)
{
    const char run = WORKER_RUN;
    uint64_t before = UINT64_MAX;

    /* a worker that is gone says so by the signal that MSG_NOSIGNAL spares us */
    if (send(held->socket, &run, 1, MSG_NOSIGNAL) != 1)
        return TURN_DIED;
    for (;;) {
        const int said = listen_for(held, (int)time_limit);
        const uint64_t now = (uint64_t)held->memory->call << 32 | held->memory->record;

        if (said == WORKER_DONE)
            return TURN_DONE;
        if (said >= 0)
            return TURN_DIED;
        if (!held->memory->one_by_one || now == before)
            return TURN_HUNG;
        before = now; /* it has come further: more time */
    }
}

worker *worker_start(const plugin *opened, error_list *errors)
{
    worker *made = calloc(1, sizeof *made);
    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    made->socket = -1;
    if (start_process(made, opened, errors)) {
        const int said = listen_for(made, (int)opened->isolation->time_limit);
        if (said == WORKER_READY)
            return made;
        if (said == WORKER_REFUSED) {
            made->memory->text[sizeof made->memory->text - 1] = '\0';
            for (char *line = made->memory->text, *end; (end = strchr(line, '\n')); line = end + 1)
                error_add(errors, FAULT_PLUGIN, opened->manifest->binary, 0, 0, "%.*s",
                          (int)(end - line), line);
        } else {
            char death[64] = "it did not finish in time";
            if (said >= 0)
                worker_death(made, death, sizeof death);
            error_add(errors, FAULT_PLUGIN, opened->manifest->binary, 0, 0,
                      "fails while it is opened: %s; ask whoever made the plugin", death);
        }
    }
    worker_end(made);
    return NULL;
}

/* ---- Ending ---------------------------------------------------------------------- */

static void reap(worker *held)
{
    if (held->process <= 0 || held->reaped)
        return;
    while (waitpid(held->process, &held->status, 0) < 0)
        if (errno != EINTR)
            break;
    held->reaped = true;
}

void worker_death(worker *dead, char *out, size_t size)
{
    reap(dead);
    if (WIFSIGNALED(dead->status) && WTERMSIG(dead->status) == SIGSYS)
        snprintf(out, size, "a system call that no plugin may make (signal %d)", SIGSYS);
    else if (WIFSIGNALED(dead->status))
        snprintf(out, size, "signal %d", WTERMSIG(dead->status));
    else
        snprintf(out, size, "exit %d", WEXITSTATUS(dead->status));
}

void worker_end(worker *ended)
{
    if (ended == NULL)
        return;
    if (ended->process > 0 && !ended->reaped)
        kill(ended->process, SIGKILL);
    reap(ended);
    if (ended->socket >= 0)
        close(ended->socket);
    if (ended->memory != NULL)
        munmap(ended->memory, WORKER_MEMORY_SIZE);
    free(ended);
}

worker_memory *worker_shared(worker *held)
{
    return held->memory;
}
