#include "api/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_standard_input(const assay_input *input)
{
    return !input->bytes && input->path && strcmp(input->path, "-") == 0;
}

static bool copy_standard_input(FILE *to, error_list *errors)
{
    char bytes[1 << 16];
    size_t size;

    while ((size = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        if (fwrite(bytes, 1, size, to) != size)
            break;
    if (ferror(stdin) || ferror(to) || fflush(to) != 0) {
        error_add(errors, ferror(stdin) ? FAULT_INPUT : FAULT_OUTPUT, NULL, 0, 0,
                  "standard input could not be copied to a temporary file: %s; free some space, "
                  "or name a file to read",
                  strerror(errno));
        return false;
    }
    return true;
}

bool spool_inputs(spool *kept, const assay_input **inputs, size_t count, error_list *errors)
{
    size_t found = 0;

    while (found < count && !is_standard_input(&(*inputs)[found]))
        found++;
    if (found == count)
        return true;

    kept->inputs = calloc(count, sizeof *kept->inputs);
    kept->file = tmpfile();
    if (!kept->inputs || !kept->file) {
        error_add(errors, FAULT_OUTPUT, NULL, 0, 0,
                  "a temporary file could not be made: %s; free some space, or name a file to read",
                  strerror(errno));
        return false;
    }
    if (!copy_standard_input(kept->file, errors))
        return false;

    snprintf(kept->path, sizeof kept->path, "/proc/self/fd/%d", fileno(kept->file));
    memcpy(kept->inputs, *inputs, count * sizeof *kept->inputs);
    kept->inputs[found].path = kept->path;
    kept->inputs[found].name = (*inputs)[found].name ? (*inputs)[found].name : "-";
    *inputs = kept->inputs;
    return true;
}

void spool_free(spool *kept)
{
    if (kept->file)
        fclose(kept->file);
    free(kept->inputs);
    *kept = (spool){0};
}
