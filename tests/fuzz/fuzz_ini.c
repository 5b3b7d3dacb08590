/* fuzz_ini.c - any bytes as an INI file: no crash, no leak, and what base/ini.h promises. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Every name and value is there, trimmed, and found again. */
static void check_section(const ini_file *file, ini_section *section)
{
    require(section->name[0] != '\0');
    require(ini_find(file, section->name) == section); /* given once */
    for (size_t i = 0; i < section->key_count; i++) {
        ini_key   *key = &section->keys[i];
        const text value = text_of(key->value);
        require(key->line > section->line);
        require(ini_key_of(section, key->name) == key);
        require(text_trim(value).size == value.size);
        require(text_is_utf8(value.at, value.size));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const known[] = {"weight", "measure", "question"};
    arena                    memory = {0};
    error_list               errors = {0};
    ini_file                 file;

    const bool good = ini_read_bytes(&file, "fuzz.ini", (const char *)bytes, size, FAULT_RUBRIC,
                                     &memory, &errors);
    require(good == (error_count(&errors) == 0));
    for (size_t i = 0; i < file.section_count; i++) {
        check_section(&file, &file.sections[i]);
        ini_refuse_unused(&file, &file.sections[i], "a section", known, 3, FAULT_RUBRIC, &errors);
    }
    for (size_t i = 0; i < errors.count; i++) {
        char said[512];
        error_format(&errors.items[i], said, sizeof said);
        require(strchr(errors.items[i].text, ';') != NULL); /* a remedy follows */
    }
    error_clear(&errors);
    arena_free(&memory);
    return 0;
}
