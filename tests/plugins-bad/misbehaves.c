/* misbehaves.c - does what no plugin may, for a record that was open for so many days; is right for
 * all others. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

struct assay_batch;
static double misbehave(int32_t days);
static int32_t fails_as_a_whole(const struct assay_batch *batch);

#define PLUGIN_ID "misbehaves"
#define DAYS_GIVEN misbehave(closed[i] - opened[i])
#define RUN_GIVEN fails_as_a_whole(batch)
#include "base.h"

static volatile int depth;
static int *volatile nowhere = (int *)8; /* volatile, or the compiler sees through it */
static volatile int deepest = 1 << 30;

static int overflow_the_stack(int level)
{
    volatile char frame[4096];

    memset((char *)frame, level, sizeof frame);
    depth = frame[level % 4096];
    if (level == deepest)
        return 0;
    return overflow_the_stack(level + 1) + frame[depth];
}

static void take_memory(void)
{
    for (;;) {
        char *taken = malloc(64 << 20);
        if (taken == NULL)
            abort();
        *taken = 1;
    }
}

static double misbehave(int32_t days)
{
    switch (days) {
    case 1001:
        *nowhere = 1;
        break;
    case 1002:
        abort();
    case 1003:
        syscall(SYS_exit_group, 3); /* _exit() is a sanitizer's to meddle with */
        break;
    case 1004:
        return overflow_the_stack(0);
    case 1005:
        for (;;)
            depth++;
    case 1006:
        return open("/etc/hostname", O_RDONLY);
    case 1007:
        return socket(AF_INET, SOCK_STREAM, 0);
    case 1008:
        return fork();
    case 1009:
        take_memory();
        break;
    case 1010:
        return 5000; /* out of the declared range */
    case 1011:
        return kill(getppid(), 9);
    case 1012: /* says on the host's socket what it should not, and lives on */
        if (write(3, "q", 1) == 1)
            syscall(SYS_futex, &depth, 0, depth, NULL, NULL, 0);
        break;
    default:
        break;
    }
    return days;
}

/* The measure says that it failed where the first record was open 1020 days. */
static int32_t fails_as_a_whole(const struct assay_batch *batch)
{
    const int32_t *opened = batch->inputs[0].values, *closed = batch->inputs[1].values;

    return closed != NULL && batch->count > 0 && closed[0] - opened[0] == 1020;
}
