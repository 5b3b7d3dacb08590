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
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
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
        error_add(errors, FAULT_OUTPUT, opened->manifest->binary, 0, 0,
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

static int64_t now_in_milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The byte that the worker says; 0 where it is gone, -1 where it says none in time. Signals that
 * the program gets meanwhile take nothing off the limit and add nothing to it. */
static int listen_for(worker *held, unsigned time_limit)
{
    const int64_t end = now_in_milliseconds() + time_limit;
    struct pollfd ready = {.fd = held->socket, .events = POLLIN};
    char said = 0;
    int found;

    do {
        const int64_t left = end - now_in_milliseconds();
        found = poll(&ready, 1, left > 0 ? (int)left : 0);
    } while (found < 0 && errno == EINTR);
    if (found == 0)
        return -1;
    return found > 0 && read(held->socket, &said, 1) == 1 ? said : 0;
}

worker_progress worker_at(const worker *held)
{
    return (worker_progress){held->memory->call, held->memory->record};
}

static bool comes_after(worker_progress a, worker_progress b)
{
    return a.call > b.call || (a.call == b.call && a.record > b.record);
}

turn_end worker_run(worker *held, unsigned time_limit, const worker_progress *bounds)
{
    const char run = WORKER_RUN;
    worker_progress before = {0, 0};
    bool first = true;

    /* a worker that is gone says so by the signal that MSG_NOSIGNAL spares us */
    if (send(held->socket, &run, 1, MSG_NOSIGNAL) != 1)
        return TURN_DIED;
    for (;;) {
        const int said = listen_for(held, time_limit);
        const worker_progress now = worker_at(held);

        if (said == WORKER_DONE)
            return TURN_DONE;
        if (said >= 0)
            return TURN_DIED;
        /* it gets more time only where it has come further, within what it was given */
        if (bounds == NULL || now.call >= bounds->call || now.record >= bounds->record ||
            (!first && !comes_after(now, before)))
            return TURN_HUNG;
        before = now;
        first = false;
    }
}

/* What the worker said, each fault on a line of its own. The text is copied first: the worker could
 * write over it while it is read. */
static void keep_refusal(const worker *refused, const plugin *opened, error_list *errors)
{
    char *said = malloc(WORKER_TEXT_SIZE + 1);
    const size_t before = errors->count;

    if (said == NULL) {
        error_memory(errors);
        return;
    }
    memcpy(said, refused->memory->text, WORKER_TEXT_SIZE);
    said[WORKER_TEXT_SIZE] = '\0';
    for (char *line = said, *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
        error_add(errors, FAULT_PLUGIN, opened->manifest->binary, 0, 0, "%.*s", (int)(end - line),
                  line);
    if (errors->count == before)
        error_add(errors, FAULT_PLUGIN, opened->manifest->binary, 0, 0,
                  "was refused by its worker, which does not say why; ask whoever made the plugin");
    free(said);
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
        const int said = listen_for(made, opened->isolation->time_limit);
        if (said == WORKER_READY)
            return made;
        if (said == WORKER_REFUSED) {
            keep_refusal(made, opened, errors);
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
    /* it may have closed the socket, or said what it should not, and live on; where it is ending
     * already this changes nothing */
    if (dead->process > 0 && !dead->reaped)
        kill(dead->process, SIGKILL);
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

/* A line of /proc/PID/status: "NoNewPrivs:\t1". -1 where there is none. */
static long status_of(const char *status, const char *name)
{
    const char *line = strstr(status, name);

    return line != NULL ? strtol(line + strlen(name), NULL, 10) : -1;
}

unsigned worker_protections(const worker *held)
{
    unsigned claimed = held->memory->protections & WORKER_PROTECTIONS;
    char path[40], status[4096] = "";
    struct rlimit space = {RLIM_INFINITY, RLIM_INFINITY};

    snprintf(path, sizeof path, "/proc/%d/status", (int)held->process);
    FILE *file = fopen(path, "re");
    if (file != NULL) {
        const size_t size = fread(status, 1, sizeof status - 1, file);
        status[size] = '\0';
        fclose(file);
    }
    if (status_of(status, "\nNoNewPrivs:") != 1)
        claimed &= ~(unsigned)WORKER_NO_NEW_PRIVILEGES;
    if (status_of(status, "\nSeccomp:") != 2 ||
        status_of(status, "\nSeccomp_filters:") < WORKER_FILTERS)
        claimed &= ~(unsigned)(WORKER_NO_SYSTEM_CALLS | WORKER_NO_FILES);
    if (prlimit(held->process, RLIMIT_AS, NULL, &space) != 0 || space.rlim_max == RLIM_INFINITY)
        claimed &= ~(unsigned)WORKER_LIMITS;
    return claimed;
}
