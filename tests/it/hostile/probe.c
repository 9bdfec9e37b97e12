/* Tries what a hostile program in a sandbox would try, and says in one line each what came of it:
   `name: ok`, or the name of the error. Usage: probe calls|sockets|agent|namespaces|writes|limits, or
   probe memory own|shared|file|segments */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *cause(void) { const char *name = strerrorname_np(errno); return name ? name : "?"; }
static void say(const char *name, long result) { printf("%s: %s\n", name, result < 0 ? cause() : "ok"); }
#define TRY(name, call) do { errno = 0; say(name, (long)(call)); } while (0)

/* Every call with no arguments to speak of, each in a process of its own. */
static void calls(void) {
    int *told = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (int number = 0; number <= 600; number++) {
        if (number == SYS_exit || number == SYS_exit_group || number == SYS_rt_sigreturn) continue;
        *told = -1;
        pid_t child = fork();
        if (child == 0) {
            setpgid(0, 0);
            alarm(1);
            errno = 0;
            long result = syscall(number, 0, 0, 0, 0, 0, 0);
            *told = result < 0 ? errno : 0;
            syscall(SYS_exit_group, 0);
        }
        waitpid(child, 0, 0);
        kill(-child, SIGKILL);
        while (waitpid(-1, 0, WNOHANG | __WALL) > 0) {}
        if (*told == EPERM || *told == ENOSYS) printf("%d %s\n", number, *told == EPERM ? "EPERM" : "ENOSYS");
        fflush(stdout);
    }
}

static void sockets(void) {
    char name[64];
    int kinds[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET};
    for (int family = 0; family <= 46; family++)
        for (int kind = 0; kind < 4; kind++) {
            int fd = socket(family, kinds[kind], 0);
            if (fd < 0) continue;
            printf("family %d kind %d: ok\n", family, kinds[kind]);
            close(fd);
        }
    for (int protocol = 0; protocol <= 22; protocol++) {
        int fd = socket(AF_NETLINK, SOCK_RAW, protocol);
        if (fd >= 0) printf("netlink %d: ok\n", protocol);
        if (fd >= 0) close(fd);
    }
    int pair[2];
    TRY("pair of vsock", socketpair(40, SOCK_STREAM, 0, pair));
    TRY("raw ip", socket(AF_INET, SOCK_RAW, 1));
    TRY("packet", socket(AF_PACKET, SOCK_RAW, 0));
    TRY("all-ones family", socket(-1, SOCK_STREAM, 0));
    snprintf(name, sizeof name, "wide family");
    TRY(name, syscall(SYS_socket, 0x100000000UL | 40, SOCK_STREAM, 0));
}

static void reach(const char *file, int flags) {
    char path[128];
    snprintf(path, sizeof path, "/proc/1/%s", file);
    int fd = open(path, flags);
    char name[160];
    snprintf(name, sizeof name, "%s %s", flags == O_RDONLY ? "read" : "write", path);
    say(name, fd < 0 || flags == O_RDONLY ? fd : write(fd, "1", 1));
    if (fd >= 0) close(fd);
}

/* The first process: looked into, traced, limited, answered for. */
static void agent(void) {
    static const char *secret[] = {"mem", "environ", "maps", "smaps", "auxv", "stack", "syscall", "io", "pagemap",
                                   "personality", "fd", "fdinfo", "map_files", "ns/net", "root", "cwd", "exe"};
    for (unsigned i = 0; i < sizeof secret / sizeof *secret; i++) reach(secret[i], O_RDONLY);
    static const char *knobs[] = {"mem", "oom_score_adj", "clear_refs", "comm", "coredump_filter", "timerslack_ns",
                                  "autogroup", "uid_map", "setgroups", "attr/current", "timens_offsets", "loginuid"};
    for (unsigned i = 0; i < sizeof knobs / sizeof *knobs; i++) reach(knobs[i], O_WRONLY);
    char link[64];
    TRY("readlink /proc/1/exe", readlink("/proc/1/exe", link, sizeof link));
    TRY("ptrace attach", ptrace(PTRACE_ATTACH, 1, 0, 0));
    TRY("ptrace seize", ptrace(0x4206, 1, 0, 0));
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
    TRY("process_vm_readv", process_vm_readv(1, &here, 1, &there, 1, 0));
    TRY("process_vm_writev", process_vm_writev(1, &here, 1, &there, 1, 0));
    TRY("pidfd_open", syscall(SYS_pidfd_open, 1, 0));
    int folder = open("/proc/1", O_RDONLY | O_DIRECTORY);
    TRY("pidfd_getfd by its folder", syscall(SYS_pidfd_getfd, folder, 3, 0));
    TRY("signal by its folder", syscall(424, folder, SIGKILL, 0, 0));
    TRY("kcmp", syscall(SYS_kcmp, getpid(), 1, 0, 0, 0));
    TRY("get_robust_list", syscall(SYS_get_robust_list, 1, &byte, &byte));
    TRY("process_madvise", syscall(440, folder, 0, 0, 0, 0));
    struct rlimit none = {0, 0};
    TRY("limit its descriptors", prlimit(1, RLIMIT_NOFILE, &none, 0));
    DIR *threads = opendir("/proc/1/task");
    for (struct dirent *entry; threads && (entry = readdir(threads));)
        if (atoi(entry->d_name) > 1 && prlimit(atoi(entry->d_name), RLIMIT_NOFILE, &none, 0) == 0) puts("a thread: limited");
    TRY("limit mine", prlimit(0, RLIMIT_CORE, &none, 0));
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    TRY("bind it to a processor", sched_setaffinity(1, sizeof one, &one));
    TRY("bind me", sched_setaffinity(0, sizeof one, &one));
    struct sched_param idle = {0};
    TRY("make it idle", sched_setscheduler(1, SCHED_IDLE, &idle));
    TRY("make it nice", setpriority(PRIO_PROCESS, 1, 19));
    TRY("make its group nice", setpriority(PRIO_PGRP, 1, 19));
    TRY("make its user nice", setpriority(PRIO_USER, 0, 19));
    TRY("make me nice", setpriority(PRIO_PROCESS, 0, 1));
    TRY("lower its io", syscall(SYS_ioprio_set, 1, 1, 3 << 13));
    TRY("join its group", setpgid(0, 1));
    int rank = open("/proc/self/oom_score_adj", O_WRONLY);
    say("rank before it", rank >= 0 ? write(rank, "-1", 2) : -1);
    /* Whatever was left open: answer for it. */
    for (int fd = 3; fd < 4096; fd++) {
        if (fd == folder || fd == rank || (threads && fd == dirfd(threads))) continue;
        struct sockaddr_un name;
        socklen_t length = sizeof name;
        if (fcntl(fd, F_GETFD) >= 0) printf("descriptor %d is open%s\n", fd, getsockname(fd, (void *)&name, &length) ? "" : ", a socket");
        if (accept(fd, 0, 0) >= 0) printf("descriptor %d gave a caller\n", fd);
    }
    FILE *sockets = fopen("/proc/net/unix", "r");
    char line[512];
    for (int number = 0; sockets && fgets(line, sizeof line, sockets); number++)
        if (number > 0 && (strchr(line, '/') || strchr(line, '@'))) printf("socket with a name: %s", line);
    TRY("signal", kill(1, SIGTERM));
    /* By this way they arrive. */
    for (int turn = 0; turn < 1000; turn++)
        for (int signal = 1; signal <= 64; signal++) syscall(424, folder, signal, 0, 0);
    puts("signals: sent");
}

static int nothing(void *unused) { (void)unused; return 0; }

static void namespaces(void) {
    static char stack[65536];
    struct { const char *name; int flag; } kinds[] = {
        {"user", CLONE_NEWUSER}, {"mount", CLONE_NEWNS}, {"net", CLONE_NEWNET}, {"pid", CLONE_NEWPID},
        {"ipc", CLONE_NEWIPC}, {"uts", CLONE_NEWUTS}, {"cgroup", CLONE_NEWCGROUP}};
    char name[64];
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        snprintf(name, sizeof name, "unshare %s", kinds[i].name);
        TRY(name, unshare(kinds[i].flag));
        snprintf(name, sizeof name, "clone %s", kinds[i].name);
        TRY(name, clone(nothing, stack + sizeof stack, kinds[i].flag | SIGCHLD, 0));
    }
    TRY("unshare time", unshare(0x80));
    int own = open("/proc/self/ns/mnt", O_RDONLY);
    TRY("setns", setns(own, 0));
    TRY("mount", mount("none", "/tmp", "tmpfs", 0, 0));
    TRY("bind", mount("/", "/tmp", 0, MS_BIND, 0));
    TRY("remount", mount(0, "/usr", 0, MS_REMOUNT | MS_BIND, 0));
    TRY("umount", umount2("/proc/sys", MNT_DETACH));
    TRY("open_tree", syscall(428, AT_FDCWD, "/", 1));
    TRY("fsopen", syscall(430, "tmpfs", 0));
    TRY("mount_setattr", syscall(442, AT_FDCWD, "/usr", 0, 0, 0));
    TRY("open_tree_attr", syscall(467, AT_FDCWD, "/", 1, 0, 0));
    TRY("pivot_root", syscall(SYS_pivot_root, "/", "/"));
    TRY("chroot", chroot("/tmp"));
    struct { struct file_handle head; char room[128]; } handle = {.head = {.handle_bytes = 128}};
    int mounted;
    name_to_handle_at(AT_FDCWD, "/", &handle.head, &mounted, 0);
    TRY("open_by_handle_at", open_by_handle_at(own, &handle.head, O_RDONLY));
    TRY("device", mknod("/tmp/device", S_IFBLK | 0666, 0x800));
    TRY("device of memory", mknod("/tmp/memory", S_IFCHR | 0666, 0x101));
    TRY("setuid", setuid(0));
    TRY("setgroups", syscall(SYS_setgroups, 0, 0));
}

static void look(const char *folder, int depth) {
    DIR *list = opendir(folder);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        if (entry->d_name[0] == '.') continue;
        /* Processes are looked at by themselves. */
        if (!strcmp(folder, "/proc") && (atoi(entry->d_name) > 0 || strstr(entry->d_name, "self"))) continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        struct stat meta;
        if (lstat(path, &meta)) continue;
        if (S_ISDIR(meta.st_mode) && depth < 8) look(path, depth + 1);
        if (S_ISREG(meta.st_mode)) {
            int fd = open(path, O_WRONLY);
            if (fd >= 0) printf("%s can be written to\n", path), close(fd);
        }
        if (S_ISBLK(meta.st_mode) || S_ISCHR(meta.st_mode)) {
            int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
            if (fd >= 0) printf("%s is a device\n", path), close(fd);
        }
    }
    if (list) closedir(list);
}

/* How many there can be of what the kernel shares out. */
static void limits(void) {
    int count;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    for (count = 0; count < 100000 && inotify_init1(0) >= 0; count++) {}
    printf("inotify %s: %s\n", count < 100000 ? "is bounded" : "has no bound", cause());
    closefrom(3);
    for (count = 0; count < 100000 && posix_openpt(O_RDWR | O_NOCTTY) >= 0; count++) {}
    printf("terminals %s: %s\n", count < 100000 ? "are bounded" : "have no bound", cause());
    closefrom(3);
    char name[32];
    for (count = 0; count < 100000; count++) {
        snprintf(name, sizeof name, "/q%d", count);
        if (mq_open(name, O_CREAT | O_RDWR, 0600, 0) < 0) break;
    }
    printf("message queues %s: %s\n", count < 100000 ? "are bounded" : "have no bound", cause());
    for (int i = 0; i < count; i++) snprintf(name, sizeof name, "/q%d", i), mq_unlink(name);
    closefrom(3);
    TRY("keyring", syscall(SYS_keyctl, 0, -2, 1));
    TRY("key", syscall(SYS_add_key, "user", "x", "y", 1, -2));
    TRY("huge pages", mmap(0, 1 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_POPULATE, -1, 0) == MAP_FAILED ? -1 : 0);
    TRY("perf", syscall(SYS_perf_event_open, 0, 0, -1, -1, 0));
    TRY("real time", sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 1}));
    TRY("deadline", syscall(SYS_sched_setattr, 0, &(unsigned[12]){48, 6, 0, 0, 0, 0, 1 << 20, 0, 1 << 21, 0, 1 << 22, 0}, 0));
    TRY("negative nice", setpriority(PRIO_PROCESS, 0, -1));
    struct rlimit more = {2000, 2000};
    TRY("more processes", setrlimit(RLIMIT_NPROC, &more));
    int rank = open("/proc/self/oom_score_adj", O_WRONLY);
    say("rank of the unkillable", rank >= 0 ? write(rank, "-1000", 5) : -1);
}

/* Takes three gibibytes, in steps that can be watched. */
static void memory(const char *kind) {
    const long step = 32 << 20;
    char *from = mmap(0, step, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(from, 1, step);
    int file = memfd_create("x", 0);
    for (int taken = 0; taken < 96; taken++) {
        char *memory = 0;
        if (!strcmp(kind, "file")) {
            if (write(file, from, step) != step) break;
        } else if (!strcmp(kind, "segments")) {
            int segment = shmget(IPC_PRIVATE, step, IPC_CREAT | 0600);
            memory = shmat(segment, 0, 0);
            if (memory == (void *)-1) break;
            memset(memory, 1, step);
            shmdt(memory);
        } else {
            int how = !strcmp(kind, "shared") ? MAP_SHARED : MAP_PRIVATE;
            memory = mmap(0, step, PROT_READ | PROT_WRITE, how | MAP_ANONYMOUS, -1, 0);
            if (memory == MAP_FAILED) break;
            memset(memory, 1, step);
        }
        usleep(20000);
    }
    puts("all taken");
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "calls")) calls();
    else if (!strcmp(what, "sockets")) sockets();
    else if (!strcmp(what, "agent")) agent();
    else if (!strcmp(what, "namespaces")) namespaces();
    else if (!strcmp(what, "writes")) look("/proc", 0), look("/sys", 0), look("/dev", 0);
    else if (!strcmp(what, "limits")) limits();
    else if (!strcmp(what, "memory") && argc > 2) memory(argv[2]);
    else return 2;
    return 0;
}
