/* Statistics of given numbers. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "statistics_json/statistics_json.h"

/* The largest input. */
static const size_t GREATEST = (size_t)1 << 30;

static bool read_all(FILE *file, const char *name, buffer *bytes, error_list *errors)
{
    size_t taken = 1;

    while (taken > 0 && bytes->size <= GREATEST && buffer_grow(bytes, BUFSIZ)) {
        taken = fread(bytes->bytes + bytes->size, 1, BUFSIZ, file);
        bytes->size += taken;
    }
    if (bytes->failed)
        return error_memory(errors);
    if (ferror(file))
        error_add(errors, FAULT_INPUT, name, 0, 0, "cannot be read: %s", strerror(errno));
    else if (bytes->size > GREATEST)
        error_add(errors, FAULT_INPUT, name, 0, 0, "is over 1 GiB; give fewer cases at a time");
    return !ferror(file) && bytes->size <= GREATEST;
}

static bool read_input(const assay_input *input, const char *name, buffer *bytes,
                       error_list *errors)
{
    if (input->bytes) {
        buffer_bytes(bytes, input->bytes, input->size);
        return !bytes->failed || error_memory(errors);
    }
    if (strcmp(input->path, "-") == 0)
        return read_all(stdin, name, bytes, errors);

    FILE *file = fopen(input->path, "rbe");
    if (!file) {
        error_add(errors, FAULT_INPUT, name, 0, 0, "cannot be opened: %s", strerror(errno));
        return false;
    }
    const bool read = read_all(file, name, bytes, errors);
    fclose(file);
    return read;
}

int assay_statistics(assay *session, const assay_input *input, assay_write write, void *user)
{
    const char *path =
        input->path && strcmp(input->path, "-") == 0 ? "standard input" : input->path;
    const char  *name = input->name ? input->name : path;
    caller_write caller = {write, user};
    buffer       bytes = {0}, answers = {0};
    size_t       refused = 0;

    const bool answered =
        read_input(input, name, &bytes, &session->errors) &&
        statistics_json_answer(bytes.bytes, bytes.size, name, &answers, &refused, &session->errors);
    const bool written = answered && caller_writes(&caller, answers.bytes, answers.size);
    buffer_free(&bytes);
    buffer_free(&answers);
    if (!answered)
        return session_status(session);
    if (!written)
        return ASSAY_FAILED;
    return refused > 0 ? ASSAY_FOUND : ASSAY_FINE;
}
