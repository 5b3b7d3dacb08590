/* incident.c - what ended the process of a test.
 *
 * The handlers run on a stack of their own, for the usual one may be what is used up; they write
 * to shared memory and end the process, and call nothing that is not safe there. */
#include "checker/incident.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { STACK_SIZE = 1 << 16, CRASHED = 70 };

static incident     *noted;
static const region *watched;
static size_t        watched_count;
static const char   *clock_begin;
static size_t        clock_size;

void incident_watch(const region *regions, size_t count)
{
    watched = regions;
    watched_count = count;
}

void incident_watch_clock(const void *begin, size_t size)
{
    clock_begin = begin;
    clock_size = size;
}

/* Adds text to what was touched, as far as there is room. */
static void add(const char *piece)
{
    size_t size = strlen(noted->touched);
    for (; *piece != '\0' && size + 1 < INCIDENT_TOUCHED_SIZE; ++piece)
        noted->touched[size++] = *piece;
    noted->touched[size] = '\0';
}

static void note_region(const region *hit, const char *address)
{
    const char *begin = (const char *)hit->at;

    if (address < begin)
        add("it touches memory before the beginning of ");
    else if (address >= begin + hit->size)
        add("it touches memory behind the end of ");
    else
        add("it writes to ");
    add(hit->kind);
    if (hit->name[0] != '\0') {
        add(" \"");
        add(hit->name);
        add("\"");
    }
}

static void note_address(const char *address)
{
    noted->touched[0] = '\0';
    if (clock_size > 0 && (uintptr_t)address - (uintptr_t)clock_begin < clock_size) {
        add("it asks the clock");
        return;
    }
    for (size_t r = 0; r < watched_count; ++r)
        if (region_holds(&watched[r], address)) {
            note_region(&watched[r], address);
            return;
        }
}

static void handle(int number, siginfo_t *details, void *context)
{
    (void)context;
    if (number == SIGSEGV || number == SIGBUS)
        note_address(details->si_addr);
    noted->system_call = number == SIGSYS ? details->si_syscall : -1;
    noted->signal = number;
    _exit(CRASHED);
}

void incident_catch(incident *to)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
    static char      stack[STACK_SIZE];
    const stack_t    aside = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    noted = to;
    noted->system_call = -1;
    sigaltstack(&aside, NULL);
    sigemptyset(&action.sa_mask);
    for (size_t s = 0; s < sizeof signals / sizeof *signals; ++s)
        sigaction(signals[s], &action, NULL);
}
