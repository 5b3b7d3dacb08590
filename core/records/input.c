/* input.c - bytes from a file, standard input or memory. */
#include "records/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SKIP_SIZE = 64 << 10 };

static bool open_file(input *from, const char *path, const char *name, error_list *errors)
{
    int descriptor;
    do {
        descriptor = open(path, O_RDONLY | O_CLOEXEC);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) {
        error_add(errors, FAULT_INPUT, name, 0, 0,
                  "cannot be opened: %s; check the name and that "
                  "you may read the file",
                  strerror(errno));
        return false;
    }
    from->descriptor = descriptor;
    from->to_close = true;
    struct stat status;
    if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        error_add(errors, FAULT_INPUT, name, 0, 0, "is a folder; name the CSV file in it");
        return false;
    }
    return true;
}

bool input_open(input *from, const record_source *source, const char *name, error_list *errors)
{
    *from = (struct input){.descriptor = -1};
    if (source->path == NULL) {
        from->bytes = source->bytes;
        from->left = source->size;
        return true;
    }
    if (strcmp(source->path, "-") == 0) {
        from->descriptor = STDIN_FILENO;
        return true;
    }
    return open_file(from, source->path, name, errors);
}

void input_close(input *from)
{
    if (from->to_close) {
        close(from->descriptor);
    }
    free(from->carried);
    *from = (struct input){.descriptor = -1};
}

/* Reads once; *taken is 0 at the end only. */
static bool read_some(input *from, char *to, size_t size, size_t *taken)
{
    *taken = 0;
    if (from->ended) {
        return true;
    }
    if (from->descriptor < 0) {
        *taken = size < from->left ? size : from->left;
        if (*taken > 0) {
            memcpy(to, from->bytes, *taken);
            from->bytes += *taken;
            from->left -= *taken;
        }
    } else {
        ssize_t count;
        do {
            count = read(from->descriptor, to, size);
        } while (count < 0 && errno == EINTR);
        if (count < 0) {
            return false;
        }
        *taken = (size_t)count;
    }
    from->ended = *taken == 0;
    return true;
}

/* What was given back is used up: a lot of it, as a stray quote leaves behind, is not kept. */
static void release(input *from)
{
    from->at = 0;
    from->end = 0;
    if (from->capacity > SKIP_SIZE) {
        free(from->carried);
        from->carried = NULL;
        from->capacity = 0;
    }
}

input_result input_take(input *from, char *to, size_t size, size_t *taken)
{
    size_t carried = from->end - from->at;
    *taken = size < carried ? size : carried;
    if (*taken > 0) {
        memcpy(to, from->carried + from->at, *taken);
        from->at += *taken;
        if (from->at == from->end) {
            release(from);
        }
    }
    while (*taken < size) {
        size_t count;
        if (!read_some(from, to + *taken, size - *taken, &count)) {
            return INPUT_UNREADABLE;
        }
        if (count == 0) {
            break;
        }
        *taken += count;
    }
    return INPUT_READ;
}

static bool make_room(input *from, size_t size)
{
    if (size <= from->capacity) {
        return true;
    }
    char *carried = realloc(from->carried, size);
    if (carried == NULL) {
        return false;
    }
    from->carried = carried;
    from->capacity = size;
    return true;
}

bool input_give_back(input *from, const char *bytes, size_t size)
{
    /* Where bytes given back earlier are left, those of now came from right before them. */
    if (from->at < from->end) {
        from->at -= size;
        return true;
    }
    if (!make_room(from, size)) {
        return false;
    }
    if (size > 0) {
        memcpy(from->carried, bytes, size);
    }
    from->at = 0;
    from->end = size;
    return true;
}

/* Makes carried[at] readable. *found: false at the end of the input. */
static input_result look_ahead(input *from, bool *found)
{
    if (from->at == from->end) {
        from->at = 0;
        from->end = 0;
        if (!make_room(from, SKIP_SIZE)) {
            return INPUT_NO_MEMORY;
        }
        if (!read_some(from, from->carried, from->capacity, &from->end)) {
            return INPUT_UNREADABLE;
        }
    }
    *found = from->at < from->end;
    return INPUT_READ;
}

input_result input_skip_line(input *from, size_t *line_ends)
{
    *line_ends = 0;
    char before = 0;
    for (;;) {
        bool         found;
        input_result result = look_ahead(from, &found);
        if (result != INPUT_READ) {
            return result;
        }
        if (!found || (before == '\r' && from->carried[from->at] != '\n')) {
            return INPUT_READ;
        }
        if (before == '\r') {
            from->at++;
            return INPUT_READ;
        }
        while (from->at < from->end && before != '\n' && before != '\r') {
            before = from->carried[from->at++];
        }
        *line_ends = before == '\n' || before == '\r';
        if (before == '\n') {
            return INPUT_READ;
        }
    }
}
