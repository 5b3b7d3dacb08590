/* ini.h - INI files read strictly: nothing is cut, and nothing changes its meaning silently.
 *
 * inih as the system ships it cuts long lines, long section names and what follows " ;"
 * without a word (docs/grading.md 7). It is fed through ini_parse_stream() by a
 * reader of ours that counts lines, keeps sections itself and refuses, each with its line:
 * a line over 198 bytes; " ;" inside a line; a section or a key given twice; a section header
 * that is not closed; a line without "="; an indented line that looks like a key of
 * its own ("weight = 3"), because inih would read it as more of the value above;
 * a ":" in a key, where inih would end it; a key before the first section; words behind a
 * section header; NUL bytes; text that is not UTF-8. A byte order mark and CRLF are taken. */
#pragma once

#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

/* One key. Values are trimmed; the lines of a long value are joined by a space. */
typedef struct {
    const char *name;
    const char *value;
    uint64_t    line;
    bool        used; /* for the reader of the section: set by ini_value() */
} ini_key;

typedef struct {
    const char *name; /* "criterion.risk_analysis" */
    uint64_t    line;
    ini_key    *keys; /* in file order */
    size_t      key_count;
} ini_section;

/* A file, whole. Strings live in the arena that was passed. */
typedef struct {
    const char  *file;     /* as named by the caller */
    ini_section *sections; /* in file order */
    size_t       section_count;
} ini_file;

/* Reads `path` (1 MiB at most), or `size` bytes at `bytes` which messages call `name`. Returns
 * false where the file cannot be read or has any fault; all faults are in `errors` (as `kind`).
 * What could be read is in `out` even then, so that the caller can report its own faults beside. */
bool ini_read_file(ini_file *out, const char *path, fault_kind kind, arena *arena,
                   error_list *errors);
bool ini_read_bytes(ini_file *out, const char *name, const char *bytes, size_t size,
                    fault_kind kind, arena *arena, error_list *errors);

/* The bytes of such a file, with a NUL behind them, for a caller that keeps them too. */
bool ini_load_file(text *out, const char *path, fault_kind kind, arena *arena, error_list *errors);

/* The section of that name, or NULL. */
ini_section *ini_find(const ini_file *file, const char *section);

/* The key of that name, marked as used, or NULL. `section` may be NULL. */
ini_key *ini_key_of(ini_section *section, const char *name);

/* Its value, or NULL; marks it as used. */
const char *ini_value(ini_section *section, const char *name);

/* Reports every key of the section that was not asked for, with the nearest of `known`.
 * `what` completes "is not a key of ...": "a criterion". */
void ini_refuse_unused(const ini_file *file, const ini_section *section, const char *what,
                       const char *const *known, size_t known_count, fault_kind kind,
                       error_list *errors);
