/* dialect.h - what kind of file an input is, told from its first bytes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    size_t      skip;      /* bytes before the header: byte order mark, "sep=;" line */
    size_t      lines;     /* line ends among them */
    char        delimiter; /* ',', ';' or '\t' */
    const char *refusal;   /* why it cannot be read, with the remedy; NULL: it can */
} dialect;

/* Looks at the first bytes of an input. A "sep=;" line names the delimiter; else it is the one of
 * comma, semicolon and tab that is most frequent outside of quotes in the first record that is
 * not blank; comma on a tie. */
dialect dialect_find(const char *bytes, size_t size);
