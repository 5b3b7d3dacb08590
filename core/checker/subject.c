/* subject.c - the plugin under test, opened in the process of one test.
 *
 * The loader opens a plugin for one host and keeps its functions to itself. A test wants other
 * hosts, and arrays where it puts them; so this file alone goes behind the loader's header. */
#include "checker/subject.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "loader/elf.h"
#include "loader/library.h"

typedef const struct assay_plugin *(*entry_function)(const struct assay_host *);

static const void *no_service(const char *name)
{
    (void)name;
    return NULL;
}

const struct assay_host *subject_host(void)
{
    static const struct assay_host host = {
        .struct_size = sizeof host,
        .oldest_abi = LOADER_OLDEST_ABI,
        .newest_abi = LOADER_NEWEST_ABI,
        .version = ASSAY_VERSION,
        .service = no_service,
    };
    return &host;
}

static library *load(const char *binary, error_list *errors)
{
    const int file = open(binary, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (file < 0) {
        error_add(errors, FAULT_PLUGIN, binary, 0, 0, "cannot be read: %s; look at its permissions",
                  strerror(errno));
        return NULL;
    }
    if (!elf_check(file, binary, errors)) {
        close(file);
        return NULL;
    }
    return library_open(file, binary, errors);
}

bool subject_open(subject *out, const char *binary, const struct assay_host *host,
                  error_list *errors)
{
    entry_function entry;

    *out = (subject){.library = load(binary, errors)};
    if (out->library == NULL)
        return false;

    void *symbol = library_symbol(out->library, "assay_plugin_entry");
    if (symbol == NULL) {
        error_add(errors, FAULT_PLUGIN, binary, 0, 0,
                  "exports no assay_plugin_entry; define it with ASSAY_PLUGIN_EXPORT before it");
        subject_close(out);
        return false;
    }
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from data to function */
    out->entry = symbol;
    out->table = entry(host);
    return true;
}

void subject_close(subject *opened)
{
    if (opened->library != NULL)
        library_close(opened->library);
    *opened = (subject){0};
}
