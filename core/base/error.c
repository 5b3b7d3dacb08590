/* error.c - faults kept in a list, and the one form in which they are shown. */
#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int exit_status_of(fault_kind kind)
{
    static const int statuses[] = {
#define X(kind, status) [kind] = status,
        FAULT_KINDS(X)
#undef X
    };
    return statuses[kind];
}

/* Room for one more fault. */
static bool reserve(error_list *errors)
{
    if (errors->count < errors->capacity)
        return true;
    const size_t capacity = errors->capacity == 0 ? 8 : errors->capacity * 2;
    if (capacity > SIZE_MAX / sizeof(fault))
        return false;
    fault *items = realloc(errors->items, capacity * sizeof(fault));
    if (items == NULL)
        return false;
    errors->items = items;
    errors->capacity = capacity;
    return true;
}

/* Text and file name in one block, so that a fault is one thing to free: fault.text. */
static char *write_strings(const char *file, const char **file_copy, const char *format,
                           va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return NULL;

    const size_t text_size = (size_t)length + 1;
    const size_t file_size = strlen(file) + 1;
    char        *block = malloc(text_size + file_size);
    if (block == NULL)
        return NULL;
    vsnprintf(block, text_size, format, arguments);
    memcpy(block + text_size, file, file_size);
    *file_copy = block + text_size;
    return block;
}

void error_add(error_list *errors, fault_kind kind, const char *file, uint64_t line,
               uint64_t column, const char *format, ...)
{
    const char *file_copy = "";
    char       *strings = NULL;
    if (reserve(errors)) {
        va_list arguments;
        va_start(arguments, format);
        strings = write_strings(file == NULL ? "" : file, &file_copy, format, arguments);
        va_end(arguments);
    }
    if (strings == NULL) {
        errors->out_of_memory = true;
        return;
    }
    errors->items[errors->count++] =
        (fault){.kind = kind, .file = file_copy, .line = line, .column = column, .text = strings};
}

void error_append(error_list *errors, const error_list *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const fault *found = &from->items[i];
        error_add(errors, found->kind, found->file, found->line, found->column, "%s", found->text);
    }
    errors->out_of_memory |= from->out_of_memory;
}

bool error_memory(error_list *errors)
{
    error_add(errors, FAULT_MEMORY, NULL, 0, 0,
              "no memory left; close other programs or give this one more memory");
    return false;
}

void error_sort_lines(error_list *errors, size_t first)
{
    for (size_t i = first + 1; i < errors->count; i++) {
        const fault moved = errors->items[i];
        size_t      at = i;
        for (; at > first && errors->items[at - 1].line > moved.line; at--)
            errors->items[at] = errors->items[at - 1];
        errors->items[at] = moved;
    }
}

size_t error_count(const error_list *errors)
{
    size_t count = errors->out_of_memory ? 1 : 0;
    for (size_t i = 0; i < errors->count; i++) {
        if (errors->items[i].kind != FAULT_NOTICE)
            count++;
    }
    return count;
}

int error_exit_status(const error_list *errors)
{
    int gravest = errors->out_of_memory ? exit_status_of(FAULT_MEMORY) : 0;
    for (size_t i = 0; i < errors->count; i++) {
        const int status = exit_status_of(errors->items[i].kind);
        if (status > gravest)
            gravest = status;
    }
    return gravest;
}

/* A length so far, and as much of the text as fits. */
typedef struct {
    char  *out;
    size_t size;
    size_t length;
} writer;

static void write_byte(writer *to, char byte)
{
    if (to->length + 1 < to->size)
        to->out[to->length] = byte;
    to->length++;
}

/* Control characters would let a file's content move the cursor of a terminal: those of
 * ASCII, and U+0080 to U+009F, which are C2 80 to C2 9F in UTF-8. */
static void write_shown(writer *to, const char *string)
{
    for (const char *at = string; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)at[0];
        const unsigned char next = (unsigned char)at[1];
        if (byte == 0xC2 && next >= 0x80 && next <= 0x9F) {
            write_byte(to, ' ');
            at++;
        } else {
            write_byte(to, byte < 0x20 || byte == 0x7F ? ' ' : *at);
        }
    }
}

static void write_place(writer *to, uint64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, ":%llu", (unsigned long long)number);
    write_shown(to, digits);
}

size_t error_format(const fault *shown, char *out, size_t size)
{
    writer to = {.out = out, .size = size, .length = 0};

    write_shown(&to, "assay: ");
    if (shown->file[0] != '\0') {
        write_shown(&to, shown->file);
        if (shown->line > 0)
            write_place(&to, shown->line);
        if (shown->line > 0 && shown->column > 0)
            write_place(&to, shown->column);
        write_shown(&to, ": ");
    }
    write_shown(&to, shown->text);
    if (size > 0)
        out[to.length < size ? to.length : size - 1] = '\0';
    return to.length;
}

void error_clear(error_list *errors)
{
    for (size_t i = 0; i < errors->count; i++)
        free((char *)errors->items[i].text);
    free(errors->items);
    *errors = (error_list){0};
}
