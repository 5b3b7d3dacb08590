/* symbols.c - what a shared object exports: its dynamic symbols (System V ABI, chapter 4). The file
 * is a stranger's, so every offset in it is held against its size. */
#include "checker/symbols.h"

#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const uint8_t *bytes;
    size_t         size;
} mapped_file;

/* A copy of `size` bytes from the file: what is in it need not be aligned. */
static bool take_bytes(const mapped_file *file, uint64_t offset, void *out, size_t size)
{
    if (offset > file->size || size > file->size - offset)
        return false;
    memcpy(out, file->bytes + offset, size);
    return true;
}

static bool section_at(const mapped_file *file, const ElfW(Ehdr) * header, uint64_t index,
                       ElfW(Shdr) * out)
{
    return index < header->e_shnum && header->e_shentsize == sizeof *out &&
           header->e_shoff <= file->size &&
           take_bytes(file, header->e_shoff + index * sizeof *out, out, sizeof *out);
}

/* A name of a table of strings, or NULL where it does not end within. */
static const char *name_at(const mapped_file *file, const ElfW(Shdr) * strings, uint64_t offset)
{
    if (strings->sh_offset > file->size || strings->sh_size > file->size - strings->sh_offset ||
        offset >= strings->sh_size)
        return NULL;
    const char *name = (const char *)file->bytes + strings->sh_offset + offset;
    return memchr(name, '\0', strings->sh_size - offset) != NULL ? name : NULL;
}

static bool is_exported(const ElfW(Sym) * symbol)
{
    const unsigned binding = symbol->st_info >> 4; /* alike in 32 and 64 bits */
    const unsigned visibility = symbol->st_other & 3;

    return symbol->st_shndx != SHN_UNDEF &&
           (binding == STB_GLOBAL || binding == STB_WEAK || binding == STB_GNU_UNIQUE) &&
           (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

static bool read_table(const mapped_file *file, const ElfW(Shdr) * table,
                       const ElfW(Shdr) * strings, bool (*take)(void *, const char *), void *user)
{
    ElfW(Sym) symbol;

    for (uint64_t at = 0; at + sizeof symbol <= table->sh_size; at += sizeof symbol) {
        if (!take_bytes(file, table->sh_offset + at, &symbol, sizeof symbol))
            return false;
        if (!is_exported(&symbol))
            continue;
        const char *name = name_at(file, strings, symbol.st_name);
        if (name == NULL)
            return false;
        if (!take(user, name))
            return true;
    }
    return true;
}

static bool read_file(const mapped_file *file, bool (*take)(void *, const char *), void *user)
{
    ElfW(Ehdr) header;
    ElfW(Shdr) table, strings;

    if (!take_bytes(file, 0, &header, sizeof header))
        return false;
    for (uint64_t s = 0; s < header.e_shnum; ++s) {
        if (!section_at(file, &header, s, &table))
            return false;
        if (table.sh_type == SHT_DYNSYM)
            return table.sh_offset <= file->size && table.sh_size <= file->size &&
                   section_at(file, &header, table.sh_link, &strings) &&
                   read_table(file, &table, &strings, take, user);
    }
    return false;
}

bool symbols_exported(const char *path, bool (*take)(void *user, const char *name), void *user)
{
    const int   opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status;
    bool        read = false;

    if (opened < 0)
        return false;
    if (fstat(opened, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        const size_t size = (size_t)status.st_size;
        void        *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, opened, 0);
        if (bytes != MAP_FAILED) {
            read = read_file(&(mapped_file){bytes, size}, take, user);
            munmap(bytes, size);
        }
    }
    close(opened);
    return read;
}
