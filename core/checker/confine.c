/* confine.c - a process that may do nothing but compute. */
#include "checker/confine.h"

#include <elf.h>
#include <errno.h>
#include <link.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "checker/incident.h"

/* What the rules of assay/plugin.h leave: memory, and the end of the process. */
static const int allowed[] = {
    SCMP_SYS(mmap), SCMP_SYS(munmap),     SCMP_SYS(mremap),
    SCMP_SYS(brk),  SCMP_SYS(futex),      SCMP_SYS(madvise),
    SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn),
};

bool confine_system_calls(int verdict)
{
    const struct scmp_arg_cmp is_verdict = {0, SCMP_CMP_EQ, (scmp_datum_t)verdict, 0};
    scmp_filter_ctx           filter = seccomp_init(SCMP_ACT_TRAP);
    int                       failed = filter == NULL ? -ENOMEM : 0;

    for (size_t a = 0; failed == 0 && a < sizeof allowed / sizeof *allowed; ++a)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[a], 0);
    if (failed == 0)
        failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, &is_verdict);
    if (failed == 0)
        failed = seccomp_load(filter);
    if (filter != NULL)
        seccomp_release(filter);
    errno = -failed;
    return failed == 0;
}

/* The clock_gettime() and time() of the C library run code that the kernel maps into each process.
 * Without it, whoever asks for the time touches an address that incident.c knows. */
bool confine_clock(void)
{
    const uintptr_t begin = (uintptr_t)getauxval(AT_SYSINFO_EHDR);
    if (begin == 0)
        return false;

    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const ElfW(Ehdr) *header = (const void *)begin;
    const ElfW(Phdr) *parts = (const void *)(begin + header->e_phoff);
    size_t size = 0;
    for (size_t p = 0; p < header->e_phnum; ++p)
        if (parts[p].p_type == PT_LOAD && parts[p].p_offset + parts[p].p_memsz > size)
            size = parts[p].p_offset + parts[p].p_memsz;
    size = (size + page - 1) / page * page;
    if (mprotect((void *)begin, size, PROT_NONE) != 0)
        return false;
    incident_watch_clock((void *)begin, size);
    return true;
}
