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
    /* a sanitizer's shadow memory is larger than any address space to be had */
    return !WORKER_SANITIZED && set && limit(RLIMIT_AS, ADDRESS_SPACE);
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

static bool allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
    bool made = true;

    for (size_t i = 0; i < count; i++)
        made = made && seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0;
    return made;
}

static bool allow_memory(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
                                SCMP_SYS(brk), SCMP_SYS(futex)};

    /* fresh memory that is not code */
    return allow(filter, calls, sizeof calls / sizeof calls[0]) &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

/* abort() sends the process a signal, and that is how it should be seen to end. */
static bool allow_ending(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(exit),         SCMP_SYS(exit_group),
                                SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
                                SCMP_SYS(rt_sigaction), SCMP_SYS(getpid),
                                SCMP_SYS(gettid),       SCMP_SYS(restart_syscall)};

    return allow(filter, calls, sizeof calls / sizeof calls[0]) &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0;
}

static bool allow_the_turn(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
                            SCMP_A0(SCMP_CMP_EQ, WORKER_SOCKET, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                            SCMP_A0(SCMP_CMP_EQ, WORKER_SOCKET, 0)) == 0;
}

/* To load a plugin and the libraries that it links, files are read and mapped, as Landlock lets them
 * be; and the filter of sandbox_before_running() is put on top. */
static bool allow_loading(scmp_filter_ctx filter)
{
    static const int calls[] = {
        SCMP_SYS(read),       SCMP_SYS(pread64),     SCMP_SYS(readv),    SCMP_SYS(lseek),
        SCMP_SYS(fstat),      SCMP_SYS(newfstatat),  SCMP_SYS(stat),     SCMP_SYS(access),
        SCMP_SYS(faccessat),  SCMP_SYS(faccessat2),  SCMP_SYS(readlink), SCMP_SYS(readlinkat),
        SCMP_SYS(close),      SCMP_SYS(mmap),        SCMP_SYS(mprotect), SCMP_SYS(getrandom),
        SCMP_SYS(seccomp),    SCMP_SYS(landlock_create_ruleset),
        SCMP_SYS(landlock_restrict_self),
    };
    static const int settings[] = {PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_SET_DUMPABLE};
    bool made = allow(filter, calls, sizeof calls / sizeof calls[0]) &&
                seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                                 SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC,
                                         O_RDONLY)) == 0;

    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        made = made && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                                        SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)settings[i], 0)) == 0;
    return made;
}

static bool forbid_all_but(bool loading)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    const bool made = filter != NULL && allow_memory(filter) && allow_ending(filter) &&
                      allow_the_turn(filter) && (!loading || allow_loading(filter)) &&
                      seccomp_load(filter) == 0;
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
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a worker that hangs would not see its socket end */
    if (close_the_rest())
        bits |= WORKER_CLOSED;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        bits |= WORKER_NO_NEW_PRIVILEGES;
    if (set_limits())
        bits |= WORKER_LIMITS;
    if (!WORKER_UNGUARDED && forbid_files(version, libraries))
        bits |= WORKER_NO_FILES;
    /* a sanitizer's run time reads what it likes until the plugin is loaded */
    if (!WORKER_UNGUARDED && (WORKER_SANITIZED || forbid_all_but(true)))
        bits |= WORKER_NO_SYSTEM_CALLS;
    return bits;
}

uint32_t sandbox_before_running(uint32_t bits)
{
    static const char *const none[] = {NULL};

    if (WORKER_UNGUARDED)
        return bits;
    prctl(PR_SET_DUMPABLE, 0); /* no other process of the user may look in */
    if (!forbid_files(landlock_version(), none))
        bits &= ~(uint32_t)WORKER_NO_FILES;
    if (!forbid_all_but(false))
        bits &= ~(uint32_t)WORKER_NO_SYSTEM_CALLS;
    return bits;
}
