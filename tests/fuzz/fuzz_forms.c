/* fuzz_forms.c - any bytes as a form that comes back: no crash, no leak; every answer is text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "forms/forms.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const record_source source = {.bytes = (const char *)bytes, .size = size, .name = "pack.csv"};
    form_answers        answers;
    error_list          errors = {0};
    uint64_t            line = 0;

    const bool fine = form_answers_read(&answers, &source, &errors);
    require(fine == (error_count(&errors) == 0));
    for (size_t a = 0; fine && a < answers.count; a++) {
        const form_answer *one = &answers.items[a];
        require(one->line > line);
        line = one->line;
        require(text_is_utf8(one->answer, strlen(one->answer)));
        require(one->fault != NULL || *one->question != '\0');
    }
    form_answers_free(&answers);
    error_clear(&errors);
    return 0;
}
