/* replay.c - gives every file of the folders named to a fuzz target once, where libFuzzer is
 * not at hand. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The bytes of a file, freed by the caller; NULL where it cannot be read. */
static uint8_t *read_whole(const char *path, size_t *size)
{
    FILE    *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long     length;

    if (!file)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0 &&
        fseek(file, 0, SEEK_SET) == 0) {
        *size = (size_t)length;
        bytes = malloc(*size ? *size : 1);
        if (bytes && fread(bytes, 1, *size, file) != *size) {
            free(bytes);
            bytes = NULL;
        }
    }
    fclose(file);
    return bytes;
}

static int replay_folder(const char *folder)
{
    DIR *entries = opendir(folder);
    int  count = 0;

    if (!entries)
        return 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        char   path[4096];
        size_t size = 0;

        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        uint8_t *bytes = read_whole(path, &size);
        if (!bytes) {
            fprintf(stderr, "replay: %s cannot be read\n", path);
            continue;
        }
        LLVMFuzzerTestOneInput(bytes, size);
        free(bytes);
        count++;
    }
    closedir(entries);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;

    for (int i = 1; i < argc; i++)
        count += replay_folder(argv[i]);
    printf("%d inputs replayed\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
