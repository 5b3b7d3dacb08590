/* elf.c - whether a file can be a plugin at all (ELF-64 and ELF-32, System V ABI, chapter 4). */
#include "loader/elf.h"

#include <link.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The header of the file that this code is in, put there by the linker: what a plugin's
 * header has to look like. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

static bool ends_within(uint64_t offset, uint64_t size, uint64_t whole)
{
    return offset <= whole && size <= whole - offset;
}

/* True where all that would be mapped is there, and the section headers, which stand last. */
static bool is_whole(int file, const ElfW(Ehdr) * header, uint64_t size)
{
    if (!ends_within(header->e_phoff, (uint64_t)header->e_phnum * sizeof(ElfW(Phdr)), size) ||
        !ends_within(header->e_shoff, (uint64_t)header->e_shnum * sizeof(ElfW(Shdr)), size))
        return false;
    for (size_t p = 0; p < header->e_phnum; ++p) {
        ElfW(Phdr) part;
        const off_t at = (off_t)(header->e_phoff + p * sizeof part);
        if (pread(file, &part, sizeof part, at) != (ssize_t)sizeof part ||
            (part.p_type == PT_LOAD && !ends_within(part.p_offset, part.p_filesz, size)))
            return false;
    }
    return true;
}

bool elf_check(int file, const char *path, error_list *errors)
{
    const char *wrong = NULL;
    ElfW(Ehdr) header;
    struct stat status;

    if (fstat(file, &status) != 0 ||
        pread(file, &header, sizeof header, 0) != (ssize_t)sizeof header ||
        memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        wrong = "is not a shared object; build the plugin with cc -shared -fPIC";
    else if (header.e_ident[EI_CLASS] != __ehdr_start.e_ident[EI_CLASS] ||
             header.e_ident[EI_DATA] != __ehdr_start.e_ident[EI_DATA] ||
             header.e_machine != __ehdr_start.e_machine)
        wrong = "is built for another kind of processor; rebuild the plugin on this one";
    else if (header.e_type != ET_DYN || header.e_phentsize != sizeof(ElfW(Phdr)))
        wrong = "is not a shared object; build the plugin with cc -shared -fPIC";
    else if (!is_whole(file, &header, (uint64_t)status.st_size))
        wrong = "is cut off: a part of the file is not there; copy it again";

    if (wrong != NULL)
        error_add(errors, FAULT_PLUGIN, path, 0, 0, "%s", wrong);
    return wrong == NULL;
}
