/* text_person.c - whether two written names are of one person.
 *
 * A spreadsheet makes O’Neill of O'Neill and a no-break space of a space; people write "A.Smith",
 * "Smith, A." and "a smith" for one another. What is left of a name is its letters and digits: bare of
 * marks and letter case, in words that may stand in any order and be written together or apart. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

enum {
    PERSON_MAX = 256, /* bytes of letters and digits */
    WORDS_MAX = 8     /* what follows the last one belongs to it */
};

typedef struct {
    char   letters[PERSON_MAX];
    size_t size;
    text   words[WORDS_MAX];
    size_t word_count;
} person;

/* What is written for an apostrophe. They stand within a word, and are no letter of it. U+00B4 comes
 * as a space once it is decomposed. */
static bool is_apostrophe(utf8proc_int32_t code)
{
    return code == '\'' || code == '`' || code == 0xB4 || (code >= 0x2B9 && code <= 0x2BF) ||
           code == 0x2C8 || (code >= 0x2018 && code <= 0x201B) || code == 0x2032 ||
           code == 0x2035 || code == 0x5F3 || code == 0xA78B || code == 0xA78C || code == 0xFF07;
}

static bool is_letter(utf8proc_int32_t code)
{
    const utf8proc_category_t kind = utf8proc_category(code);
    return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
           (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
}

/* Adds one character of a name that is folded already. False where it is too long. */
static bool add_letter(person *out, const char *at, size_t size, bool *within)
{
    if (out->size + size > sizeof out->letters)
        return false;
    if (!*within && out->word_count < WORDS_MAX)
        out->words[out->word_count++] = (text){out->letters + out->size, 0};
    memcpy(out->letters + out->size, at, size);
    out->size += size;
    out->words[out->word_count - 1].size += size;
    *within = true;
    return true;
}

/* Splits folded UTF-8 into words. */
static bool add_words(person *out, const char *folded, size_t size)
{
    bool within = false;

    for (size_t i = 0; i < size;) {
        utf8proc_int32_t       code = 0;
        const utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)folded + i,
                                                       (utf8proc_ssize_t)(size - i), &code);
        if (step <= 0)
            return false;
        if (is_letter(code)) {
            if (!add_letter(out, folded + i, (size_t)step, &within))
                return false;
        } else if (!is_apostrophe(code)) {
            within = false;
        }
        i += (size_t)step;
    }
    return true;
}

/* U+00B4 becomes a space where it is decomposed; what stands for it does not. */
static utf8proc_int32_t before_folding(utf8proc_int32_t code, void *unused)
{
    (void)unused;
    return is_apostrophe(code) ? '\'' : code;
}

/* Any UTF-8. */
static bool read_wide(text name, person *out)
{
    const utf8proc_option_t fold = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                   UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    utf8proc_uint8_t      *folded = NULL;
    const utf8proc_ssize_t length =
        name.size > 16 * (size_t)PERSON_MAX
            ? -1
            : utf8proc_map_custom((const utf8proc_uint8_t *)name.at, (utf8proc_ssize_t)name.size,
                                  &folded, fold, before_folding, NULL);

    const bool fine = length >= 0 && add_words(out, (const char *)folded, (size_t)length);
    free(folded);
    return fine;
}

/* False where it is too long for a name, not UTF-8, or memory is out. */
static bool read_person(text name, person *out)
{
    bool within = false;

    out->size = out->word_count = 0;
    for (size_t i = 0; i < name.size; i++) {
        const unsigned char byte = (unsigned char)name.at[i];
        const char          lower = (char)(byte | 0x20);
        if (byte >= 0x80) {
            out->size = out->word_count = 0;
            return read_wide(name, out);
        }
        if ((byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z')) {
            if (!add_letter(out, byte <= '9' ? (const char *)&byte : &lower, 1, &within))
                return false;
        } else if (!is_apostrophe(byte)) {
            within = false;
        }
    }
    return true;
}

/* Whether both are made of the same bytes: most names are told apart here. */
static bool same_letters(const person *a, const person *b)
{
    int counted[256] = {0};

    if (a->size != b->size)
        return false;
    for (size_t i = 0; i < a->size; i++) {
        counted[(unsigned char)a->letters[i]]++;
        counted[(unsigned char)b->letters[i]]--;
    }
    for (size_t i = 0; i < 256; i++)
        if (counted[i] != 0)
            return false;
    return true;
}

/* A word like this one comes earlier, and is still left: what that led to, this leads to. */
static bool comes_earlier(const person *of, unsigned used, size_t word)
{
    for (size_t w = 0; w < word; w++)
        if (!(used >> w & 1) && of->words[w].size == of->words[word].size &&
            memcmp(of->words[w].at, of->words[word].at, of->words[w].size) == 0)
            return true;
    return false;
}

/* Whether the words that are left of two names, each word once, can be put in an order in which both read
 * the same: "o neill sean" and "sean oneill". `ahead` is what the first side has that the second has
 * still to match; a bit of `used` is a word. */
static bool reads_the_same(const person *const sides[2], const unsigned used[2], text ahead)
{
    const person *behind = sides[1];

    if (used[0] + 1 == 1u << sides[0]->word_count && used[1] + 1 == 1u << behind->word_count)
        return ahead.size == 0;
    for (size_t w = 0; w < behind->word_count; w++) {
        const text     word = behind->words[w];
        const unsigned taken = used[1] | 1u << w;
        const size_t   common = word.size < ahead.size ? word.size : ahead.size;
        if (taken == used[1] || memcmp(word.at, ahead.at, common) != 0 ||
            comes_earlier(behind, used[1], w))
            continue;
        const bool passed = word.size > ahead.size
                                ? reads_the_same((const person *const[]){behind, sides[0]},
                                                 (const unsigned[]){taken, used[0]},
                                                 (text){word.at + common, word.size - common})
                                : reads_the_same(sides, (const unsigned[]){used[0], taken},
                                                 (text){ahead.at + common, ahead.size - common});
        if (passed)
            return true;
    }
    return false;
}

bool text_same_person(text a, text b)
{
    person one, other;

    if (!read_person(a, &one) || !read_person(b, &other))
        return a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
    if (one.size == 0 || !same_letters(&one, &other))
        return false;
    /* nothing is ahead: the first name's words are tried against nothing, one after the other */
    return reads_the_same((const person *const[]){&one, &other}, (const unsigned[]){0, 0},
                          (text){one.letters, 0});
}

bool text_names_somebody(text name)
{
    person read;
    return read_person(name, &read) && read.size > 0;
}
