/* worker_protocol.h - how the host and a plugin's worker process talk.
 *
 * They share one piece of memory, WORKER_MEMORY, and a socket, WORKER_SOCKET, on which one byte
 * says whose turn it is. The worker dies where the host does, for the socket ends. The host
 * believes nothing that it reads here: offsets are its own, and texts and answers are checked. */
#pragma once

#include <stdint.h>

/* Under a sanitizer a worker has less to give up: shadow memory is larger than any limit, and
 * ThreadSanitizer has threads and files of its own, so that nothing is forbidden. */
#if defined(__SANITIZE_ADDRESS__)
#define WORKER_SANITIZED 1
#elif defined(__SANITIZE_THREAD__)
#define WORKER_SANITIZED 1
#define WORKER_UNGUARDED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WORKER_SANITIZED 1
#elif __has_feature(thread_sanitizer)
#define WORKER_SANITIZED 1
#define WORKER_UNGUARDED 1
#endif
#endif
#ifndef WORKER_SANITIZED
#define WORKER_SANITIZED 0
#endif
#ifndef WORKER_UNGUARDED
#define WORKER_UNGUARDED 0
#endif

/* The worker's descriptors. Behind them there are none. */
enum { WORKER_SOCKET = 3, WORKER_MEMORY = 4, WORKER_BINARY = 5, WORKER_DESCRIPTORS = 6 };

enum {
    WORKER_PROTOCOL = 1,
    WORKER_MEMORY_SIZE = 64 << 20, /* reserved; pages that are not written cost nothing */
    WORKER_TEXT_SIZE = 256 << 10,
    WORKER_CALLS_MAX = 256,
    WORKER_NAME_SIZE = 1024,
    WORKER_FILTERS = WORKER_SANITIZED ? 1 : 2 /* of seccomp, once it is ready */
};

/* What the kernel really does to the worker. */
enum {
    WORKER_NO_NEW_PRIVILEGES = 1 << 0,
    WORKER_NO_SYSTEM_CALLS = 1 << 1, /* seccomp */
    WORKER_NO_FILES = 1 << 2,        /* Landlock */
    WORKER_LIMITS = 1 << 3,          /* of memory, processor time, files and processes */
    WORKER_CLOSED = 1 << 4,          /* no descriptor but its own, no environment */
    WORKER_PROTECTIONS = (1 << 5) - 1
};

/* What the byte on the socket says. */
enum {
    WORKER_RUN = 'r',     /* to the worker: run the calls */
    WORKER_READY = 'o',   /* from it: the plugin is open; its faults are in `text` */
    WORKER_REFUSED = 'x', /* the plugin is refused; why is in `text` */
    WORKER_DONE = 'd'     /* the calls were run */
};

/* One measure to run. Offsets are from the start of the memory; 0 is none. */
typedef struct {
    uint32_t measure;
    int32_t  outcome; /* what the measure returned */
    uint64_t inputs;  /* worker_column, one an input */
    uint64_t parameters;
    uint64_t calendar; /* worker_calendar */
    uint64_t status;
    uint64_t values;
    uint32_t value_size; /* bytes of one value */
    uint32_t input_count;
} worker_call;

typedef struct {
    uint64_t status;
    uint64_t values;
    uint64_t offsets; /* 0 but for lists */
    uint64_t value_size;
} worker_column;

typedef struct {
    int32_t  first, last;
    uint64_t working_days;
} worker_calendar;

/* The memory begins with this. */
typedef struct {
    uint32_t protocol;
    uint32_t protections; /* set by the worker */
    uint32_t count;       /* records of the batch */
    uint32_t call_count;
    uint32_t one_by_one;  /* 1: each record by itself, saying in `call` and `record` which */
    uint32_t first_call;  /* where to begin, one by one */
    uint32_t first_record;
    volatile uint32_t call;
    volatile uint32_t record;
    uint32_t landlock;    /* the version that the kernel has, 0: none */
    uint64_t skip;        /* one by one: a byte a record, 1: leave it out */
    char     path[WORKER_NAME_SIZE];     /* the plugin's file, for messages */
    char     manifest[WORKER_NAME_SIZE]; /* its manifest's */
    char     id[64];
    uint64_t source_size; /* the manifest's bytes are in `text`; then what the worker says is */
    char     text[WORKER_TEXT_SIZE];
    worker_call calls[WORKER_CALLS_MAX];
} worker_memory;
