#include "cli/output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *remedy(int fault)
{
    switch (fault) {
    case ENOENT:
    case ENOTDIR:
        return "make the folder first";
    case EISDIR:
        return "name a file in it";
    case EACCES:
    case EPERM:
    case EROFS:
        return "name a file where you may write";
    default:
        return "name another file, or free some space";
    }
}

static bool complain(const char *path, const char *what, int fault)
{
    fprintf(stderr, "assay: %s: %s: %s; %s\n", path ? path : "standard output", what,
            strerror(fault), remedy(fault));
    return false;
}

/* The mode that the file has, or that a new one would have. Until it takes its name it is the
 * owner's alone. */
static mode_t mode_of(const char *path)
{
    struct stat status;

    if (stat(path, &status) == 0)
        return status.st_mode & 0777;
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* ---- Interrupted ------------------------------------------------------------- */

/* The temporary file under way, for the handler. */
static const char *volatile unfinished;

static void remove_unfinished(int number)
{
    if (unfinished)
        unlink(unfinished);
    signal(number, SIG_DFL);
    raise(number);
}

static void watch(const char *temporary)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP};

    unfinished = temporary;
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++)
        if (signal(ending[i], temporary ? remove_unfinished : SIG_DFL) == SIG_IGN)
            signal(ending[i], SIG_IGN);
}

/* ---- Files -------------------------------------------------------------------- */

/* A device or a pipe that is there already: nothing can take its name. Nor that of an open
 * descriptor, which /dev/stdout and /dev/fd/N are, though there be a file behind it. */
static bool is_special(const char *path)
{
    struct stat status;
    return strncmp(path, "/dev/std", 8) == 0 || strncmp(path, "/dev/fd/", 8) == 0 ||
           (stat(path, &status) == 0 && !S_ISREG(status.st_mode));
}

bool output_open(output *out, const char *path)
{
    *out = (output){.path = path && strcmp(path, "-") != 0 ? path : NULL, .file = stdout};
    if (!out->path)
        return true;
    if (is_special(path)) {
        out->file = fopen(path, "w");
        return out->file || complain(path, "cannot be written", errno);
    }
    /* the file itself is replaced, not a link to it */
    out->target = realpath(path, NULL);
    if (!out->target)
        out->target = strdup(path);
    if (!out->target || asprintf(&out->temporary, "%s.XXXXXX", out->target) < 0) {
        free(out->target);
        out->temporary = NULL;
        return complain(path, "cannot be written", ENOMEM);
    }
    const int descriptor = mkstemp(out->temporary);
    out->file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (!out->file) {
        complain(path, "cannot be written", errno);
        if (descriptor >= 0) {
            close(descriptor);
            unlink(out->temporary);
        }
        free(out->temporary);
        free(out->target);
        return false;
    }
    watch(out->temporary);
    return true;
}

int output_write(void *user, const char *bytes, size_t size)
{
    output *out = user;

    out->begun |= size > 0;
    if (fwrite(bytes, 1, size, out->file) == size)
        return 0;
    out->fault = errno;
    return -1;
}

/* Says once what could not be written. */
static void close_file(output *out)
{
    if (fflush(out->file) != 0 && !out->fault)
        out->fault = errno;
    if (out->temporary && !out->fault &&
        fchmod(fileno(out->file), out->alone ? S_IRUSR | S_IWUSR : mode_of(out->target)) != 0)
        out->fault = errno;
    if (out->path && fclose(out->file) != 0 && !out->fault)
        out->fault = errno;
    if (out->fault)
        complain(out->path, "could not be written", out->fault);
}

bool output_close(output *out, bool keep)
{
    close_file(out);
    if (!out->temporary)
        return !out->fault;
    if (!out->fault && keep && rename(out->temporary, out->target) != 0) {
        out->fault = errno;
        complain(out->path, "could not be put in its place", out->fault);
    }
    if (out->fault || !keep)
        unlink(out->temporary);
    watch(NULL);
    free(out->temporary);
    free(out->target);
    return !out->fault;
}
