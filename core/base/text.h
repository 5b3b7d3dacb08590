/* text.h - words as people write them: trimming, letter case, near misses. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A piece of UTF-8 that somebody else owns; not NUL-ended. */
typedef struct {
    const char *at;
    size_t      size;
} text;

/* A text of a NUL-ended string. */
text text_of(const char *string);

/* Without white space at both ends: ASCII white space, no-break and other Unicode spaces,
 * zero-width space and byte order mark. */
text text_trim(text value);

/* The same text in one form of letter case, trimmed. Two texts are equal in any
 * letter case where their folded forms are equal (Unicode case folding, NFC).
 * Writes at most `size` bytes to `out`, no NUL; returns the length, or SIZE_MAX where
 * it does not fit or is not UTF-8. */
size_t text_fold(text value, char *out, size_t size);

/* Like text_fold(), and each run of spaces, hyphens and underscores becomes one
 * underscore: "Requires improvement", "requires-improvement" and "REQUIRES_IMPROVEMENT"
 * are one name. The way levels, field names and practice areas compare. */
size_t text_fold_name(text value, char *out, size_t size);

/* True where both are the same name (text_fold_name()). */
bool text_same_name(text a, text b);

/* True where the folded texts are equal (text_fold()). */
bool text_same(text a, text b);

/* True where both are written names of one person. Letters and digits alone count, without regard to
 * letter case, Unicode form and marks; nor to the order of words, and whether they are written
 * together: "Müller, Zoë" is "Zoe Müller", "O’Neill" is "ONEILL", "A.Smith" is "a. smith". Where nobody
 * is named, nobody is the same. */
bool text_same_person(text a, text b);

/* True where a name has a letter or a digit. */
bool text_names_somebody(text name);

/* [a-z][a-z0-9_]*, at most 40 characters: an id as grading.md 7 has it. */
bool text_is_id(text value);

/* True where every byte sequence is well-formed UTF-8. */
bool text_is_utf8(const char *bytes, size_t size);

/* Windows-1252 as UTF-8. Writes at most 3 * size bytes to `out`; returns how many. The five
 * bytes that Windows-1252 leaves open become U+FFFD. */
size_t text_from_windows_1252(const char *bytes, size_t size, char *out);

/* The entry of `names` that is nearest to `name` in edits (insert, delete, replace, swap
 * of neighbours), as a name; where in all of them more than a third of the letters differ, the
 * one that is in `name`, or `name` in it, by whole words ("History" in "history_and_chronology").
 * NULL where none is near enough to suggest. `count` entries, NULL entries are passed over. */
const char *text_nearest(text name, const char *const *names, size_t count);
