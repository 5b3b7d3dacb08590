#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "assay: %s: %s: %s; name another file, or free some space\n",
            path ? path : "standard output", what, strerror(errno));
    return false;
}

/* The mode that a new file would have: mkstemp() gives the owner alone. */
static mode_t usual_mode(void)
{
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A device or a pipe that is there already: nothing can take its name. */
static bool is_special(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

bool output_open(output *out, const char *path)
{
    *out = (output){.path = path && strcmp(path, "-") != 0 ? path : NULL, .file = stdout};
    if (!out->path)
        return true;
    if (is_special(path)) {
        out->file = fopen(path, "w");
        return out->file || complain(path, "cannot be written");
    }
    if (asprintf(&out->temporary, "%s.XXXXXX", path) < 0) {
        out->temporary = NULL;
        return complain(path, "cannot be written");
    }
    const int descriptor = mkstemp(out->temporary);
    out->file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (!out->file) {
        complain(path, "cannot be written");
        if (descriptor >= 0) {
            close(descriptor);
            unlink(out->temporary);
        }
        free(out->temporary);
        return false;
    }
    if (fchmod(descriptor, usual_mode()) != 0)
        return output_close(out, false), complain(path, "cannot be written");
    return true;
}

int output_write(void *user, const char *bytes, size_t size)
{
    output *out = user;
    return fwrite(bytes, 1, size, out->file) == size ? 0 : -1;
}

bool output_close(output *out, bool keep)
{
    bool fine = !ferror(out->file) && fflush(out->file) == 0;

    if (!fine)
        complain(out->path, "could not be written");
    if (!out->path)
        return fine;
    if (fclose(out->file) != 0 && fine)
        fine = complain(out->path, "could not be written");
    if (!out->temporary)
        return fine;
    if (fine && keep && rename(out->temporary, out->path) != 0)
        fine = complain(out->path, "could not be put in its place");
    if (!fine || !keep)
        unlink(out->temporary);
    free(out->temporary);
    return fine;
}
