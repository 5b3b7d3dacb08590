#include "api/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Standard input, and whatever else gives its bytes once: a pipe, a device. */
static bool is_read_once(const assay_input *input)
{
    struct stat status;

    if (input->bytes || !input->path)
        return false;
    return strcmp(input->path, "-") == 0 ||
           (stat(input->path, &status) == 0 && !S_ISREG(status.st_mode) &&
            !S_ISDIR(status.st_mode));
}

static bool copy(FILE *from, FILE *to)
{
    char bytes[1 << 16];
    size_t size;

    while ((size = fread(bytes, 1, sizeof bytes, from)) > 0)
        if (fwrite(bytes, 1, size, to) != size)
            return false;
    return !ferror(from) && fflush(to) == 0;
}

/* Makes `input` read a copy of what it gives. */
static bool spool_one(spooled_file *kept, assay_input *input, error_list *errors)
{
    const bool standard = strcmp(input->path, "-") == 0;
    FILE *from = standard ? stdin : fopen(input->path, "re");

    kept->file = tmpfile();
    const bool copied = from && kept->file && copy(from, kept->file);
    if (!copied)
        error_add(errors, FAULT_INPUT, input->path, 0, 0,
                  "could not be copied to a temporary file: %s; free some space, or name a "
                  "regular file to read",
                  strerror(errno));
    if (from && !standard)
        fclose(from);
    if (!copied)
        return false;
    snprintf(kept->path, sizeof kept->path, "/proc/self/fd/%d", fileno(kept->file));
    input->name = input->name ? input->name : input->path;
    input->path = kept->path;
    return true;
}

bool spool_inputs(spool *kept, const assay_input **inputs, size_t count, error_list *errors)
{
    kept->inputs = calloc(count + 1, sizeof *kept->inputs);
    kept->files = calloc(count + 1, sizeof *kept->files);
    if (!kept->inputs || !kept->files)
        return error_memory(errors);
    kept->count = count;
    memcpy(kept->inputs, *inputs, count * sizeof *kept->inputs);
    for (size_t i = 0; i < count; i++)
        if (is_read_once(&kept->inputs[i]) &&
            !spool_one(&kept->files[i], &kept->inputs[i], errors))
            return false;
    *inputs = kept->inputs;
    return true;
}

void spool_free(spool *kept)
{
    for (size_t i = 0; i < kept->count; i++)
        if (kept->files[i].file)
            fclose(kept->files[i].file);
    free(kept->files);
    free(kept->inputs);
    *kept = (spool){0};
}
