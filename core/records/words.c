/* words.c - missing, not applicable, yes, no. */
#include "records/words.h"

#include <string.h>

#include "records/records.h"

typedef enum { WORD_MISSING, WORD_NOT_APPLICABLE, WORD_NO, WORD_YES, WORD_NONE } word_meaning;

enum { WORD_SIZE_MAX = 14 };

/* grading.md 3, in small letters. */
static const struct {
    const char  *word;
    word_meaning meaning;
} words[] = {
    {"missing", WORD_MISSING},
    {"not recorded", WORD_MISSING},
    {"not evidenced", WORD_MISSING},
    {"null", WORD_MISSING},
    {"-", WORD_MISSING},
    {"n/a", WORD_NOT_APPLICABLE},
    {"na", WORD_NOT_APPLICABLE},
    {"not applicable", WORD_NOT_APPLICABLE},
    {"yes", WORD_YES},
    {"y", WORD_YES},
    {"true", WORD_YES},
    {"1", WORD_YES},
    {"no", WORD_NO},
    {"n", WORD_NO},
    {"false", WORD_NO},
    {"0", WORD_NO},
};
enum { WORDS = sizeof words / sizeof *words };

static word_meaning find_word(text value)
{
    if (value.size == 0) {
        return WORD_MISSING;
    }
    if (value.size > WORD_SIZE_MAX) {
        return WORD_NONE;
    }
    char small[WORD_SIZE_MAX + 1] = {0};
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.at[i];
        small[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
    }
    for (size_t i = 0; i < WORDS; i++) {
        if (strlen(words[i].word) == value.size && memcmp(words[i].word, small, value.size) == 0) {
            return words[i].meaning;
        }
    }
    return WORD_NONE;
}

int word_status(text value)
{
    switch (find_word(value)) {
    case WORD_MISSING:
        return COLUMN_MISSING;
    case WORD_NOT_APPLICABLE:
        return COLUMN_NOT_APPLICABLE;
    default:
        return COLUMN_VALUE;
    }
}

bool word_flag(text value, uint8_t *flag)
{
    word_meaning meaning = find_word(value);
    *flag = meaning == WORD_YES;
    return meaning == WORD_YES || meaning == WORD_NO;
}

const char *word_of_name(text name)
{
    for (size_t i = 0; i < WORDS; i++) {
        char first = words[i].word[0];
        if (first != '0' && first != '1' && text_same_name(text_of(words[i].word), name)) {
            return words[i].word;
        }
    }
    return NULL;
}
