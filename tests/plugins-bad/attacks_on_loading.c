/* attacks_on_loading.c - before its entry is called it sends its host a signal. */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PLUGIN_ID "attacks_on_loading"
#include "base.h"

__attribute__((constructor)) static void attack(void)
{
    syscall(SYS_tgkill, getppid(), getppid(), SIGKILL);
}
