/* Nothing acknowledged is lost, whenever the program is killed.
 *
 *     kill FOLDER SEED ROUNDS
 *
 * In each round a child process works on a store in FOLDER, and says on a pipe what was kept, after it
 * was; it is killed (SIGKILL) at a moment that the seed gives. Then everything that it said must be
 * there, the store must be whole, and the next child goes on with it. Rounds add records, moderate,
 * redact, take backups, and migrate a store of version 1. */
#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/migrate.h"
#include "store/store.h"

enum { ROUNDS_A_STORE = 30, AUDITS_A_FILE = 12, SAID_MAX = 1 << 16 };

typedef struct {
    char           path[200];
    char           backup[200];
    char           old[200];
    char           fixture[200];
    char           checkpoint[100]; /* of the fixture */
    store_settings settings;
    uint64_t       chance;
} run;

/* What children said was kept, of the store at hand. */
typedef struct {
    size_t    audits;      /* A-1 to A-n */
    size_t    moderations; /* of A-1 to A-n */
    size_t    redactions;  /* of A-1 to A-n */
    long long backed;      /* events of the last backup that was said to be there */
    ino_t     looked_at;   /* the file of the backup that was looked at last */
    long long found;       /* events in it */
    bool      migrated;
} kept;

static void give_up(const char *what, const error_list *errors)
{
    fprintf(stderr, "kill: %s\n", what);
    for (size_t i = 0; errors && i < errors->count; i++)
        fprintf(stderr, "kill:   %s: %s\n", errors->items[i].file, errors->items[i].text);
    exit(1);
}

/* SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t draw(run *at)
{
    uint64_t z = at->chance += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* ---- The child ------------------------------------------------------------------------- */

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...)
{
    char    line[100];
    va_list arguments;

    va_start(arguments, format);
    const int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (write(STDOUT_FILENO, line, (size_t)size) != size)
        _exit(2);
}

static void must(bool fine, const char *what, const error_list *errors)
{
    if (!fine)
        give_up(what, errors);
}

static void add_file(store *held, size_t *number)
{
    error_list errors = {0};

    must(store_begin(held, &errors), "begin", &errors);
    for (int i = 0; i < AUDITS_A_FILE; i++) {
        char id[32];
        snprintf(id, sizeof id, "A-%zu", ++*number);
        must(store_put_audit(held,
                             &(store_audit){.audit_id = id,
                                            .audit_date = "2026-03-31",
                                            .team = "North",
                                            .child_ref = "C-1"},
                             NULL, &errors) &&
                 store_put_grade(held,
                                 &(store_grade){.audit_id = id,
                                                .rubric = "plans",
                                                .levels = "bad|good",
                                                .judgement = "good"},
                                 NULL, &errors),
             "put", &errors);
    }
    must(store_commit(held, &errors), "commit", &errors);
    say("audits %zu\n", *number);
}

static void moderate(store *held, size_t number)
{
    error_list errors = {0};
    char       id[32];

    snprintf(id, sizeof id, "A-%zu", number);
    must(store_put_moderation(held,
                              &(store_moderation){.audit_id = id,
                                                  .moderator = "M",
                                                  .moderated_on = "2026-04-01",
                                                  .practice_grade = "bad"},
                              NULL, &errors),
         "moderate", &errors);
    say("moderations %zu\n", number);
}

static void redact(store *held, size_t number)
{
    error_list errors = {0};
    char       id[32];
    int64_t    count;

    snprintf(id, sizeof id, "A-%zu", number);
    must(store_redact(held, &(store_redaction){.audit_id = id, .reason = "test"}, &count, &errors),
         "redact", &errors);
    say("redactions %zu\n", number);
}

static void back_up(run *at, store *held)
{
    error_list    errors = {0};
    store_verdict verdict;

    must(store_backup(held, at->backup, &verdict, &errors), "back up", &errors);
    say("backup %lld\n", (long long)verdict.events);
}

static void migrate(run *at)
{
    store_settings old = {.path = at->old, .who = "child"};
    error_list     errors = {0};
    int64_t        from;
    char          *copy;

    must(store_migrate(&old, &from, &copy, &errors), "migrate", &errors);
    say("migrated 1\n");
    if (copy)
        unlink(copy);
}

/* Works until it is killed. */
static void work(run *at, int round, kept so_far)
{
    error_list errors = {0};
    size_t     audits = so_far.audits, moderated = so_far.moderations, redacted = so_far.redactions;

    if (round % 4 == 3)
        migrate(at);
    store *held = store_open(&at->settings, &errors);
    must(held != NULL, "open", &errors);
    for (uint64_t turn = (uint64_t)round;; turn++) {
        add_file(held, &audits);
        for (int i = 0; i < 3; i++)
            moderate(held, ++moderated);
        if (turn % 4 == 1)
            back_up(at, held);
        if (turn % 4 == 2)
            redact(held, ++redacted);
    }
}

/* ---- The parent ------------------------------------------------------------------------- */

static void tell(void *user, const char *what)
{
    fprintf(stderr, "kill: %s: %s\n", (const char *)user, what);
}

static long long must_be_whole(char *path, const char *checkpoint)
{
    error_list    errors = {0};
    store_verdict verdict;

    must(store_verify(path, checkpoint, tell, path, &verdict, &errors), path, &errors);
    must(verdict.faults == 0, path, NULL);
    return (long long)verdict.events;
}

/* Everything that was said; the last of each kind stands for all before it. */
static void hear(const char *said, kept *so_far)
{
    char      kind[20];
    long long number;
    int       size;

    for (; sscanf(said, "%19s %lld\n%n", kind, &number, &size) == 2; said += size) {
        if (strcmp(kind, "audits") == 0)
            so_far->audits = (size_t)number;
        else if (strcmp(kind, "moderations") == 0)
            so_far->moderations = (size_t)number;
        else if (strcmp(kind, "redactions") == 0)
            so_far->redactions = (size_t)number;
        else if (strcmp(kind, "backup") == 0)
            so_far->backed = number;
        else
            so_far->migrated = true;
    }
}

/* One bit for each entry that is there. */
typedef struct {
    bool  *there;
    size_t room;
} presence;

static void see(presence *seen, const char *audit_id)
{
    const size_t number = strtoul(audit_id + 2, NULL, 10);
    if (number < seen->room)
        seen->there[number] = true;
}

static bool see_grade(void *user, const store_stamp *stamp, const store_grade *entry)
{
    (void)stamp;
    see(user, entry->audit_id);
    return true;
}

static bool see_moderation(void *user, const store_stamp *stamp, const store_moderation *entry)
{
    (void)stamp;
    see(user, entry->audit_id);
    return true;
}

/* The first so many are there, but for those that were redacted; of the next, which nobody was told of,
 * it may be either. */
static void check_present(const presence *seen, const kept *said, size_t count, const char *what)
{
    for (size_t n = 1; n <= count; n++)
        if (seen->there[n] ? n <= said->redactions : n > said->redactions + 1) {
            fprintf(stderr, "kill: %s of A-%zu: %s\n", what, n,
                    seen->there[n] ? "was redacted, and is there" : "was kept, and is not there");
            exit(1);
        }
}

/* What a child left behind that was not said yet is what the next one has to start from. */
static size_t last_of(const presence *seen, size_t said)
{
    for (size_t n = seen->room; n-- > said;)
        if (seen->there[n])
            return n;
    return said;
}

static void check_store(run *at, kept *said)
{
    error_list errors = {0};
    bool       there[2][SAID_MAX] = {{false}, {false}};
    presence   graded = {there[0], SAID_MAX}, moderated = {there[1], SAID_MAX};

    must_be_whole(at->path, NULL);
    store *held = store_open(&(store_settings){.path = at->path, .read_only = true}, &errors);
    must(held && store_each_grade(held, NULL, see_grade, &graded, &errors) &&
             store_each_moderation(held, NULL, see_moderation, &moderated, &errors),
         "read", &errors);
    store_close(held);
    check_present(&graded, said, said->audits, "audit");
    check_present(&moderated, said, said->moderations, "moderation");
    said->audits = last_of(&graded, said->audits);
    said->moderations = last_of(&moderated, said->moderations);
    if (said->redactions < said->audits && !there[0][said->redactions + 1])
        said->redactions++;
}

/* A backup is a new file each time: one that was looked at is as it was. */
static void check_copies(run *at, kept *said)
{
    struct stat status;

    if (stat(at->backup, &status) != 0) {
        must(said->backed == 0, "a backup is not there", NULL);
        return;
    }
    if (status.st_ino != said->looked_at || said->found < said->backed)
        said->found = must_be_whole(at->backup, NULL);
    said->looked_at = status.st_ino;
    must(said->found >= said->backed, "a backup lost events", NULL);
}

static void check_migration(run *at, const kept *said)
{
    store_settings old = {.path = at->old, .who = "parent"};
    error_list     errors = {0};
    int64_t        from;
    char          *copy;

    must(store_migrate(&old, &from, &copy, &errors), "migrate again", &errors);
    must(!said->migrated || from == store_version(), "a migration was lost", NULL);
    if (copy)
        unlink(copy);
    free(copy);
    must_be_whole(at->old, at->checkpoint);
}

static void copy_file(const char *from, const char *to)
{
    char command[1200];

    snprintf(command, sizeof command, "rm -f '%s' '%s-wal' '%s-shm' && cp -p '%s' '%s'", to, to, to,
             from, to);
    must(system(command) == 0, command, NULL);
}

/* A store out of tests/data/store/version-1.sql, whose first line has its checkpoint. */
static void make_fixture(run *at)
{
    char    *statements = NULL;
    size_t   room = 0;
    sqlite3 *db = NULL;
    FILE    *file = fopen(ASSAY_SOURCE_DIR "/tests/data/store/version-1.sql", "r");

    must(file && getdelim(&statements, &room, '\0', file) > 0, "fixture", NULL);
    fclose(file);
    snprintf(at->checkpoint, sizeof at->checkpoint, "%.*s", (int)strcspn(statements + 3, "\n"),
             statements + 3);
    unlink(at->fixture);
    must(sqlite3_open(at->fixture, &db) == SQLITE_OK &&
             sqlite3_exec(db, statements, NULL, NULL, NULL) == SQLITE_OK,
         "fixture", NULL);
    sqlite3_close(db);
    free(statements);
    must(chmod(at->fixture, 0600) == 0, "fixture", NULL);
}

/* Lets a child work for so many microseconds from its first word on, or from its start. */
static void one_round(run *at, int round, kept *said)
{
    static char    words[SAID_MAX];
    size_t         size = 0;
    int            ends[2];
    const uint64_t microseconds = draw(at) % 12000;
    const bool     from_start = round % 4 == 3;

    must(pipe(ends) == 0, "pipe", NULL);
    const pid_t child = fork();
    must(child >= 0, "fork", NULL);
    if (child == 0) {
        close(ends[0]);
        dup2(ends[1], STDOUT_FILENO);
        work(at, round, *said);
    }
    close(ends[1]);
    if (!from_start)
        size = (size_t)read(ends[0], words, 1);
    nanosleep(&(struct timespec){.tv_nsec = (long)(microseconds * 1000)}, NULL);
    kill(child, SIGKILL);
    for (ssize_t got; (got = read(ends[0], words + size, sizeof words - 1 - size)) > 0;)
        size += (size_t)got;
    words[size] = '\0';
    close(ends[0]);
    int status;
    waitpid(child, &status, 0);
    must(WIFSIGNALED(status), "the child ended by itself", NULL);
    hear(words, said);
}

int main(int count, char **arguments)
{
    run  at = {.chance = count > 2 ? strtoull(arguments[2], NULL, 10) : 1};
    kept said = {0};

    must(count == 4, "usage: kill FOLDER SEED ROUNDS", NULL);
    snprintf(at.path, sizeof at.path, "%s/assay.db", arguments[1]);
    snprintf(at.backup, sizeof at.backup, "%s/backup.db", arguments[1]);
    snprintf(at.old, sizeof at.old, "%s/old.db", arguments[1]);
    snprintf(at.fixture, sizeof at.fixture, "%s/version-1.db", arguments[1]);
    at.settings = (store_settings){.path = at.path, .who = "child"};
    make_fixture(&at);

    size_t    events = 0;
    const int rounds = atoi(arguments[3]);
    for (int round = 0; round < rounds; round++) {
        error_list errors = {0};
        if (round % ROUNDS_A_STORE == 0) {
            events += said.audits;
            said = (kept){0};
            unlink(at.path);
            unlink(at.backup);
            must(store_create(&at.settings, &errors), "create", &errors);
        }
        if (round % 4 == 3)
            copy_file(at.fixture, at.old);
        said.migrated = false;
        one_round(&at, round, &said);
        check_store(&at, &said);
        check_copies(&at, &said);
        if (round % 4 == 3)
            check_migration(&at, &said);
    }
    printf("%d kills: every acknowledged entry was there, %zu audits in all\n", rounds,
           events + said.audits);
    printf("%d passed, 0 failed\n", rounds);
    return 0;
}
