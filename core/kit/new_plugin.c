/* new_plugin.c - the folder of a new plugin, from templates. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "kit/kit.h"
#include "writing/buffer.h"

enum { PATH_MOST = 4096, TEMPLATE_MOST = 1 << 20 };

/* Each template and what it becomes: the same words are replaced in names and in texts. */
static const struct {
    const char *template;
    const char *made;
} files[] = {
    {"CMakeLists.txt", "CMakeLists.txt"},
    {"README.md", "README.md"},
    {"plugin.c", "@NAME@.c"},
    {"plugin.ini", "@NAME@.ini"},
    {"test_plugin.c", "test_@NAME@.c"},
    {"rubrics/rubric.ini", "rubrics/@AREA@.ini"},
    {"rubrics/rubric.cases.csv", "rubrics/@AREA@.cases.csv"},
};

enum { FILES = sizeof files / sizeof *files };

/* What stands for what in the templates. */
typedef struct {
    const char *token;
    const char *value;
} replacement;

enum { REPLACEMENTS = 4 };

/* One plugin being made. */
typedef struct {
    const char *folder;
    const char *templates;
    replacement words[REPLACEMENTS];
    size_t      made; /* how many of the files are there */
    error_list *errors;
} making;

/* ---- Words ------------------------------------------------------------------------ */

static bool check_id(const char *name, const char *what, error_list *errors)
{
    if (text_is_id(text_of(name)))
        return true;
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" cannot be the name of %s; use a to z, 0 to 9 and _, a letter first, at most "
              "40 characters",
              name, what);
    return false;
}

/* "early_help" as "Early help". */
static char *title_of(const char *area)
{
    char *title = strdup(area);
    for (char *c = title; c && *c; c++)
        *c = *c == '_' ? ' ' : *c;
    if (title && *title >= 'a' && *title <= 'z')
        *title = (char)(*title - 'a' + 'A');
    return title;
}

/* `from` with every token replaced. */
static void replace(buffer *out, const making *at, text from)
{
    for (size_t i = 0; i < from.size;) {
        size_t w = 0, size = 0;
        for (; w < REPLACEMENTS; w++) {
            size = strlen(at->words[w].token);
            if (from.size - i >= size && memcmp(from.at + i, at->words[w].token, size) == 0)
                break;
        }
        if (w < REPLACEMENTS) {
            buffer_string(out, at->words[w].value);
            i += size;
        } else {
            buffer_byte(out, from.at[i++]);
        }
    }
}

/* ---- Files ------------------------------------------------------------------------ */

static bool cannot(const making *at, fault_kind kind, const char *path, const char *what,
                   const char *remedy)
{
    error_add(at->errors, kind, path, 0, 0, "it cannot be %s: %s; %s", what, strerror(errno),
              remedy);
    return false;
}

static bool read_template(const making *at, const char *path, buffer *out)
{
    FILE *file = fopen(path, "rb");
    bool  fine = file != NULL;

    while (fine && out->size < TEMPLATE_MOST && buffer_room(out, BUFSIZ)) {
        const size_t size = fread(out->bytes + out->size, 1, BUFSIZ, file);
        out->size += size;
        if (size == 0)
            break;
    }
    fine = fine && !ferror(file);
    if (!fine)
        cannot(at, FAULT_INPUT, path, "read", "install assay again, templates included");
    if (file)
        fclose(file);
    return fine && (!out->failed || error_memory(at->errors));
}

static bool write_file(const making *at, const char *path, const buffer *content)
{
    FILE *file = fopen(path, "wbx");
    if (!file)
        return cannot(at, FAULT_OUTPUT, path, "made", "choose another folder with --output");
    const bool written = fwrite(content->bytes, 1, content->size, file) == content->size;
    if (fclose(file) != 0 || !written)
        return cannot(at, FAULT_OUTPUT, path, "written", "free some space");
    return true;
}

/* FOLDER/NAME, the name's tokens replaced; false where it is too long or memory is out. */
static bool path_of(const making *at, const char *name, char path[PATH_MOST])
{
    buffer replaced = {0};

    replace(&replaced, at, text_of(name));
    if (!buffer_end(&replaced)) {
        buffer_free(&replaced);
        return error_memory(at->errors);
    }
    const int size = snprintf(path, PATH_MOST, "%s/%s", at->folder, replaced.bytes);
    buffer_free(&replaced);
    if (size >= 0 && size < PATH_MOST)
        return true;
    error_add(at->errors, FAULT_USAGE, at->folder, 0, 0,
              "the path is too long; choose a shorter one with --output");
    return false;
}

static bool make_file(making *at, size_t f)
{
    char from[PATH_MOST], to[PATH_MOST];
    buffer template = {0}, content = {0};

    const int size = snprintf(from, sizeof from, "%s/%s", at->templates, files[f].template);
    if (size < 0 || (size_t)size >= sizeof from) {
        errno = ENAMETOOLONG;
        return cannot(at, FAULT_INPUT, at->templates, "read", "install assay elsewhere");
    }
    bool fine = path_of(at, files[f].made, to) && read_template(at, from, &template);
    if (fine) {
        replace(&content, at, (text){template.bytes, template.size});
        fine = content.failed ? error_memory(at->errors) : true;
    }
    if (fine) {
        fine = write_file(at, to, &content);
        at->made = f + 1;
    }
    buffer_free(&template);
    buffer_free(&content);
    return fine;
}

/* ---- The folder --------------------------------------------------------------------- */

static bool make_folder(const making *at, const char *path)
{
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno == EEXIST)
        error_add(at->errors, FAULT_USAGE, path, 0, 0,
                  "it is there already, and nothing was changed; remove it, or name another "
                  "folder with --output");
    else
        cannot(at, FAULT_OUTPUT, path, "made", "choose another folder with --output");
    return false;
}

static void remove_all(const making *at, const char *inner)
{
    char path[PATH_MOST];
    for (size_t f = 0; f < at->made; f++)
        if (path_of(at, files[f].made, path))
            unlink(path);
    if (inner)
        rmdir(inner);
    rmdir(at->folder);
}

static bool make_all(making *at)
{
    char inner[PATH_MOST];

    if (!path_of(at, "rubrics", inner) || !make_folder(at, at->folder))
        return false;
    if (!make_folder(at, inner)) {
        remove_all(at, NULL);
        return false;
    }
    for (size_t f = 0; f < FILES; f++)
        if (!make_file(at, f)) {
            remove_all(at, inner);
            return false;
        }
    return true;
}

bool kit_new_plugin(const new_plugin *asked, const char *templates, error_list *errors)
{
    const char *area = asked->practice_area ? asked->practice_area : asked->id;
    char        abi[16];

    if (!check_id(asked->id, "a plugin", errors) || !check_id(area, "a practice area", errors))
        return false;
    char *title = title_of(area);
    if (!title)
        return error_memory(errors);
    snprintf(abi, sizeof abi, "%u", ASSAY_ABI);

    making work = {
        .folder = asked->folder ? asked->folder : asked->id,
        .templates = templates,
        .words = {{"@NAME@", asked->id}, {"@AREA@", area}, {"@TITLE@", title}, {"@ABI@", abi}},
        .errors = errors,
    };
    const bool made = make_all(&work);
    free(title);
    return made;
}
