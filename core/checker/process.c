/* process.c - one test in a process of its own. */
#include "checker/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    VERDICT_MAX = 1 << 16,
    NO_VERDICT = 71 /* exit status where the outcome could not be written */
};
#define MEMORY_LIMIT ((rlim_t)8 << 30) /* bytes of address space */
#define FILE_LIMIT   ((rlim_t)1 << 30) /* bytes of one file: the loader seals a copy of the plugin */

/* ---- In the process of the test -------------------------------------------------- */

/* A plugin that goes wrong takes no other process with it, fills no disk and prints nothing. */
static void shut_in(unsigned limit)
{
    const rlim_t        seconds = (rlim_t)limit * 8 + 1; /* of the threads added up */
    const struct rlimit core = {0, 0}, file = {FILE_LIMIT, FILE_LIMIT};
    const struct rlimit processor = {seconds, seconds}, memory = {MEMORY_LIMIT, MEMORY_LIMIT};
    const int           nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int standard = 0; nowhere >= 0 && standard <= STDERR_FILENO; ++standard)
        dup2(nowhere, standard);
    /* Where a limit is lower already, so be it. */
    setrlimit(RLIMIT_CORE, &core);
    setrlimit(RLIMIT_FSIZE, &file);
    setrlimit(RLIMIT_CPU, &processor);
    if (!check_is_sanitized())
        setrlimit(RLIMIT_AS, &memory);
}

static void run_each(const check_test *test, checking *at)
{
    for (size_t m = 0; m < at->declared->measure_count; ++m)
        if (!test->each(at, m))
            return;
}

static void run_test(const check_test *test, checking *at)
{
    error_list errors = {0};

    if (test->opens && !subject_open(&at->subject, at->declared->binary, subject_host(), &errors))
        check_fail_with(at, &errors);
    else if (test->opens && at->subject.table == NULL)
        check_fail(at, "its entry refuses this host, which it did not when the manifest was "
                       "compared; let it depend on nothing but the host");
    else if (test->whole != NULL)
        test->whole(at);
    else
        run_each(test, at);
    error_clear(&errors);
}

static bool write_all(int file, const void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        const ssize_t wrote = write(file, (const char *)bytes + done, size - done);
        if (wrote < 0 && errno != EINTR)
            return false;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

/* Ends without the functions that a usual exit calls: those of a plugin are none of ours. */
static _Noreturn void be_test(const check_test *test, checking *at, unsigned limit)
{
    shut_in(limit);
    incident_catch(at->incident);
    run_test(test, at);

    const uint8_t outcome = at->detail.failed ? CHECK_FAILED : (uint8_t)at->outcome;
    const size_t  size = at->detail.size < VERDICT_MAX ? at->detail.size : VERDICT_MAX;
    const bool    told = write_all(at->verdict, &outcome, sizeof outcome) &&
                      write_all(at->verdict, &size, sizeof size) &&
                      write_all(at->verdict, at->detail.bytes, size);
    _exit(told ? 0 : NO_VERDICT);
}

/* ---- In the process that waits --------------------------------------------------- */

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Reads exactly `size` bytes before the time is over. Sets *hung where it is. */
static bool read_until(int file, void *out, size_t size, int64_t end, bool *hung)
{
    for (size_t done = 0; done < size;) {
        struct pollfd waiting = {file, POLLIN, 0};
        const int64_t left = end - now();
        const int     ready = left > 0 ? poll(&waiting, 1, (int)left) : 0;
        if (ready == 0) {
            *hung = true;
            return false;
        }
        if (ready < 0 && errno != EINTR)
            return false;
        if (ready < 0)
            continue;
        const ssize_t got = read(file, (char *)out + done, size - done);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static bool read_verdict(int file, int64_t end, check_result *out, bool *hung)
{
    uint8_t outcome;
    size_t  size;

    if (!read_until(file, &outcome, sizeof outcome, end, hung) ||
        !read_until(file, &size, sizeof size, end, hung) || outcome > CHECK_SKIPPED ||
        size > VERDICT_MAX)
        return false;
    char *detail = malloc(size + 1);
    if (detail == NULL || !read_until(file, detail, size, end, hung)) {
        free(detail);
        return false;
    }
    detail[size] = '\0';
    out->outcome = (check_outcome)outcome;
    out->detail = detail;
    return true;
}

static const char *signal_name(int number)
{
    switch (number) {
    case SIGSEGV:
        return " (a bad address)";
    case SIGBUS:
        return " (a bad address in a file)";
    case SIGFPE:
        return " (an arithmetic fault, such as a division by 0)";
    case SIGILL:
        return " (a bad instruction)";
    case SIGABRT:
        return " (abort)";
    case SIGXCPU:
        return " (out of processor time)";
    case SIGXFSZ:
        return " (it wrote too large a file)";
    default:
        return "";
    }
}

static void say_system_call(int number, buffer *out)
{
    char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);

    if (name != NULL)
        buffer_format(out, "it makes the system call %s", name);
    else
        buffer_format(out, "it makes the system call number %d", number);
    free(name);
}

/* Why there is no verdict, in words. */
static void say_incident(const incident *noted, int status, bool hung, unsigned limit, buffer *out)
{
    const int number = noted->signal != 0    ? noted->signal
                       : WIFSIGNALED(status) ? WTERMSIG(status)
                                             : 0;

    if (hung)
        buffer_format(out, "it was not done after %u seconds", limit);
    else if (number == SIGSYS)
        say_system_call(noted->system_call, out);
    else if (noted->touched[0] != '\0')
        buffer_format(out, "%s (signal %d)", noted->touched, number);
    else if (number != 0)
        buffer_format(out, "signal %d%s", number, signal_name(number));
    else
        buffer_format(out, "the process ended with status %d before the test did",
                      WEXITSTATUS(status));
    if (noted->doing[0] == '\0')
        buffer_string(out, ", while it was loaded or its entry ran");
    else
        buffer_format(out, "; in %s; repeat with --seed %llu", noted->doing,
                      (unsigned long long)noted->seed);
}

static process_end await(pid_t child, int file, incident *noted, unsigned limit, check_result *out)
{
    bool hung = false;
    int  status = 0;

    const bool told = read_verdict(file, now() + (int64_t)limit * 1000, out, &hung);
    kill(-child, SIGKILL); /* and what it may have started */
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (told)
        return PROCESS_ANSWERED;

    buffer said = {0};
    noted->doing[sizeof noted->doing - 1] = '\0';
    noted->touched[sizeof noted->touched - 1] = '\0';
    say_incident(noted, status, hung, limit, &said);
    out->outcome = CHECK_FAILED;
    out->detail = buffer_end(&said) ? said.bytes : NULL; /* handed over */
    if (out->detail == NULL)
        buffer_free(&said);
    return hung ? PROCESS_HUNG : PROCESS_CRASHED;
}

static process_end start(const check_test *test, checking *at, const int ends[2], unsigned limit,
                         check_result *out)
{
    const pid_t child = fork();

    if (child < 0) {
        close(ends[0]);
        close(ends[1]);
        return PROCESS_NOT_RUN;
    }
    if (child == 0) {
        setpgid(0, 0);
        close(ends[0]);
        be_test(test, at, limit);
    }
    setpgid(child, child); /* whoever comes first */
    close(ends[1]);
    const process_end end = await(child, ends[0], at->incident, limit, out);
    close(ends[0]);
    return end;
}

process_end process_run(const check_test *test, const checking *from, unsigned limit,
                        check_result *out, uint64_t *seed)
{
    checking at = *from;
    int      ends[2];

    out->detail = NULL;
    at.incident =
        mmap(NULL, sizeof *at.incident, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (at.incident == MAP_FAILED)
        return PROCESS_NOT_RUN;
    at.incident->seed = from->seed;
    process_end end = PROCESS_NOT_RUN;
    if (pipe2(ends, O_CLOEXEC) == 0) {
        at.verdict = ends[1];
        end = start(test, &at, ends, limit, out);
    }
    *seed = at.incident->seed;
    munmap(at.incident, sizeof *at.incident);
    return end;
}
