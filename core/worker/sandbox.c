#include "worker/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "loader/worker_protocol.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* ThreadSanitizer has threads of its own and reads files: under it nothing is forbidden. */
#if defined(__SANITIZE_THREAD__)
#define THREADED_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define THREADED_SANITIZER 1
#endif
#endif
#ifndef THREADED_SANITIZER
#define THREADED_SANITIZER 0
#endif

/* ---- Limits ---------------------------------------------------------------- */

enum {
    ADDRESS_SPACE = 512 << 20, /* bytes: the shared memory, the plugin, the libraries */
    PROCESSOR_SECONDS = 600
};

static bool limit(__rlimit_resource_t resource, rlim_t most)
{
    const struct rlimit both = {most, most};
    return setrlimit(resource, &both) == 0;
}

static bool set_limits(void)
{
    bool set = limit(RLIMIT_CPU, PROCESSOR_SECONDS) && limit(RLIMIT_FSIZE, 0) &&
               limit(RLIMIT_CORE, 0) && limit(RLIMIT_MEMLOCK, 0);
    /* the sanitizers' shadow memory is larger than any address space to be had */
    return !SANITIZED && set && limit(RLIMIT_AS, ADDRESS_SPACE);
}

/* ---- Landlock ---------------------------------------------------------------- */

/* Every right on files that a version of Landlock knows; later versions know more. */
static uint64_t rights_of(long version)
{
    uint64_t rights = (1u << 13) - 1; /* version 1 */
    if (version >= 2)
        rights |= 1u << 13; /* to link and rename across folders */
    if (version >= 3)
        rights |= 1u << 14; /* to truncate */
    if (version >= 5)
        rights |= 1u << 15; /* device controls */
    return rights;
}

static void allow_reading(int rules, const char *path)
{
    const int place = open(path, O_PATH | O_CLOEXEC);
    const struct landlock_path_beneath_attr rule = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                          LANDLOCK_ACCESS_FS_EXECUTE,
        .parent_fd = place,
    };
    if (place < 0)
        return;
    /* what cannot be allowed stays forbidden */
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(place);
}

static bool forbid_files(long version, const char *const *libraries)
{
    const struct landlock_ruleset_attr handled = {.handled_access_fs = rights_of(version)};
    const long rules = syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);

    if (version < 1 || rules < 0)
        return false;
    for (size_t i = 0; libraries[i] != NULL; i++)
        allow_reading((int)rules, libraries[i]);
    const bool forbidden = syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
    close((int)rules);
    return forbidden;
}

static long landlock_version(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

/* ---- System calls --------------------------------------------------------------- */

/* A plugin may link other libraries of the system: to load it, files are read. */
static bool forbid_processes_and_sockets(void)
{
    static const int forbidden[] = {
        SCMP_SYS(socket),   SCMP_SYS(socketpair), SCMP_SYS(connect),  SCMP_SYS(bind),
        SCMP_SYS(listen),   SCMP_SYS(accept),     SCMP_SYS(accept4),  SCMP_SYS(execve),
        SCMP_SYS(execveat), SCMP_SYS(fork),       SCMP_SYS(vfork),    SCMP_SYS(clone),
        SCMP_SYS(clone3),   SCMP_SYS(ptrace),     SCMP_SYS(kill),     SCMP_SYS(tkill),
        SCMP_SYS(bpf),      SCMP_SYS(io_uring_setup), SCMP_SYS(process_vm_readv),
        SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open), SCMP_SYS(userfaultfd),
        SCMP_SYS(keyctl),   SCMP_SYS(perf_event_open), SCMP_SYS(unshare), SCMP_SYS(setns),
        SCMP_SYS(mount),    SCMP_SYS(shmget),     SCMP_SYS(msgget),   SCMP_SYS(mq_open),
    };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool made = filter != NULL;

    for (size_t i = 0; made && i < sizeof forbidden / sizeof forbidden[0]; i++)
        made = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, forbidden[i], 0) == 0;
    made = made && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return made;
}

static bool allow_memory(scmp_filter_ctx filter)
{
    static const int free_of_condition[] = {SCMP_SYS(munmap), SCMP_SYS(mremap),
                                            SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex)};
    bool made = true;

    for (size_t i = 0; i < sizeof free_of_condition / sizeof free_of_condition[0]; i++)
        made = made && seccomp_rule_add(filter, SCMP_ACT_ALLOW, free_of_condition[i], 0) == 0;
    /* fresh memory that is not code */
    return made &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

/* abort() sends the process a signal, and that is how it should be seen to end. */
static bool allow_ending(scmp_filter_ctx filter)
{
    static const int ending[] = {SCMP_SYS(exit),           SCMP_SYS(exit_group),
                                 SCMP_SYS(rt_sigreturn),   SCMP_SYS(rt_sigprocmask),
                                 SCMP_SYS(rt_sigaction),   SCMP_SYS(getpid),
                                 SCMP_SYS(gettid),         SCMP_SYS(restart_syscall)};
    bool made = true;

    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++)
        made = made && seccomp_rule_add(filter, SCMP_ACT_ALLOW, ending[i], 0) == 0;
    return made && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0;
}

static bool allow_the_turn(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
                            SCMP_A0(SCMP_CMP_EQ, WORKER_SOCKET, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                            SCMP_A0(SCMP_CMP_EQ, WORKER_SOCKET, 0)) == 0;
}

static bool forbid_system_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    const bool made = filter != NULL && allow_memory(filter) && allow_ending(filter) &&
                      allow_the_turn(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return made;
}

/* ---- In order --------------------------------------------------------------------- */

static bool close_the_rest(void)
{
    return close_range(WORKER_DESCRIPTORS, ~0u, 0) == 0 && (environ == NULL || *environ == NULL);
}

uint32_t sandbox_before_loading(uint32_t *landlock)
{
    static const char *const libraries[] = {"/lib",           "/lib64",     "/usr/lib",
                                            "/usr/lib64",     "/usr/local/lib",
                                            "/etc/ld.so.cache", NULL};
    uint32_t bits = 0;
    const long version = landlock_version();

    *landlock = version > 0 ? (uint32_t)version : 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* the socket ends all the same */
    if (close_the_rest())
        bits |= WORKER_CLOSED;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        bits |= WORKER_NO_NEW_PRIVILEGES;
    if (set_limits())
        bits |= WORKER_LIMITS;
    if (!THREADED_SANITIZER && forbid_files(version, libraries))
        bits |= WORKER_NO_FILES;
    if (!THREADED_SANITIZER && forbid_processes_and_sockets())
        bits |= WORKER_NO_SYSTEM_CALLS;
    return bits;
}

uint32_t sandbox_before_running(uint32_t bits)
{
    static const char *const none[] = {NULL};

    if (THREADED_SANITIZER)
        return bits;
    prctl(PR_SET_DUMPABLE, 0); /* no other process of the user may look in */
    if (!forbid_files(landlock_version(), none))
        bits &= ~(uint32_t)WORKER_NO_FILES;
    if (!forbid_system_calls())
        bits &= ~(uint32_t)WORKER_NO_SYSTEM_CALLS;
    return bits;
}
