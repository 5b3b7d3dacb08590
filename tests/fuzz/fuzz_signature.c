/* fuzz_signature.c - any bytes as a signature file: taken apart or refused with a reason. */
#include <stdlib.h>
#include <string.h>

#include "trust/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static trust_signature read;
    error_list             errors = {0};

    const bool good =
        trust_signature_parse(&read, "a.so.minisig", (const char *)bytes, size, &errors);
    if (good != (errors.count == 0))
        abort();
    if (good && (read.comment_size > TRUST_COMMENT_MAX || read.comment[read.comment_size] != '\0' ||
                 memchr(read.comment, '\n', read.comment_size) != NULL))
        abort();
    error_clear(&errors);
    return 0;
}
