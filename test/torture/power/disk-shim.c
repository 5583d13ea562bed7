/*
 * Stands between one process and the files of one folder (LD_PRELOAD). It does one of two things:
 *
 * - DISK_SHIM_TRACE: appends every change of a file or a name, and every sync, to a trace, in the order in which they
 *   happened. The trace is what crash images are made from.
 * - DISK_SHIM_CONTROL: lets the n-th change fail. The file is five 32-bit numbers that the process under test shares with
 *   us: which fault, at which change, whether it lasts, and back from us how many changes there were and how many failed.
 *
 * DISK_SHIM_FOLDER is the folder. SQLite's "-shm" files hold nothing that outlives a crash and are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* The numbers are part of the trace; trace.ts reads them. */
enum { OPEN = 1, CLOSE, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, LINK, MKDIR, RMDIR };
enum { NO_FAULT, FAULT_EIO, FAULT_ENOSPC, FAULT_SHORT, FAULT_SYNC, FAULT_SILENT };
enum { IS_WRITE, IS_SYNC, IS_NAME };

struct control { volatile int32_t kind, at, lasts, count, hits; };
struct record { uint32_t operation; int32_t fd; int64_t number; uint32_t length, second; };

#define MOST_FILES 65536
static char tracked[MOST_FILES];
static const char *folder;
static size_t folder_length;
static int trace = -1;
static struct control *control;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void start(void) {
  folder = getenv("DISK_SHIM_FOLDER");
  if (folder == NULL) return;
  folder_length = strlen(folder);
  const char *path = getenv("DISK_SHIM_TRACE");
  if (path != NULL) trace = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  path = getenv("DISK_SHIM_CONTROL");
  if (path == NULL) return;
  int fd = REAL(open)(path, O_RDWR | O_CLOEXEC);
  void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (shared == MAP_FAILED) abort();
  control = shared;
}

static int is_ours(const char *path) {
  if (folder == NULL || path == NULL || strncmp(path, folder, folder_length) != 0) return 0;
  if (path[folder_length] != '/' && path[folder_length] != 0) return 0;
  size_t length = strlen(path);
  return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static int is_tracked(int fd) { return fd >= 0 && fd < MOST_FILES && tracked[fd]; }

static void note(uint32_t operation, int fd, int64_t number, const void *bytes, size_t length, const char *second) {
  if (trace < 0) return;
  size_t second_length = second == NULL ? 0 : strlen(second);
  struct record head = { operation, fd, number, (uint32_t)length, (uint32_t)second_length };
  struct iovec parts[] = { { &head, sizeof head }, { (void *)bytes, length }, { (void *)second, second_length } };
  if (REAL(writev)(trace, parts, 3) != (ssize_t)(sizeof head + length + second_length)) abort();
}

/* Which fault this change meets; only changes that the fault is about are counted. */
static int meet_fault(int what) {
  if (control == NULL || control->kind == NO_FAULT) return NO_FAULT;
  if (control->kind == FAULT_ENOSPC && what == IS_SYNC) return NO_FAULT;
  if ((control->kind == FAULT_SHORT || control->kind == FAULT_SILENT) && what != IS_WRITE) return NO_FAULT;
  if (control->kind == FAULT_SYNC && what != IS_SYNC) return NO_FAULT;
  control->count += 1;
  if (control->count < control->at || (control->count > control->at && !control->lasts)) return NO_FAULT;
  control->hits += 1;
  return control->kind;
}

/* True when the change must not happen; errno says why. */
static int fails(int what) {
  int fault = meet_fault(what);
  if (fault == NO_FAULT) return 0;
  errno = fault == FAULT_ENOSPC ? ENOSPC : EIO;
  return 1;
}

static int open_file(const char *path, int flags, mode_t mode) {
  struct stat before;
  int creates = (flags & O_CREAT) && stat(path, &before) != 0;
  if (creates && fails(IS_NAME)) return -1;
  int fd = REAL(open)(path, flags, mode);
  if (fd < 0 || fd >= MOST_FILES) return fd;
  tracked[fd] = 1;
  note(OPEN, fd, flags, path, strlen(path), NULL);
  return fd;
}

static int open_any(const char *path, int flags, mode_t mode) {
  if (!is_ours(path)) return REAL(open)(path, flags, mode);
  pthread_mutex_lock(&turn);
  int fd = open_file(path, flags, mode);
  pthread_mutex_unlock(&turn);
  return fd;
}

static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

#define OPEN_AS(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = mode_of(flags, rest); \
    va_end(rest); \
    return open_any(path, flags, mode); \
  }
OPEN_AS(open)
OPEN_AS(open64)

int close(int fd) {
  if (!is_tracked(fd)) return REAL(close)(fd);
  pthread_mutex_lock(&turn);
  tracked[fd] = 0;
  note(CLOSE, fd, 0, NULL, 0, NULL);
  int result = REAL(close)(fd);
  pthread_mutex_unlock(&turn);
  return result;
}

/* Where a write without an offset lands. */
static int64_t place_of(int fd) {
  struct stat now;
  if (fcntl(fd, F_GETFL) & O_APPEND) return fstat(fd, &now) == 0 ? now.st_size : 0;
  return lseek(fd, 0, SEEK_CUR);
}

static ssize_t write_at(int fd, const void *bytes, size_t length, int64_t place, int moves) {
  pthread_mutex_lock(&turn);
  int64_t at = moves ? place_of(fd) : place;
  int fault = meet_fault(IS_WRITE);
  ssize_t written = -1;
  if (fault == FAULT_SHORT && length > 1) length /= 2;
  if (fault == FAULT_SILENT) {
    if (moves) lseek(fd, (off_t)length, SEEK_CUR);
    written = (ssize_t)length;
  } else if (fault == NO_FAULT || fault == FAULT_SHORT)
    written = moves ? REAL(write)(fd, bytes, length) : REAL(pwrite)(fd, bytes, length, place);
  else
    errno = fault == FAULT_ENOSPC ? ENOSPC : EIO;
  if (written > 0 && fault != FAULT_SILENT) note(WRITE, fd, at, bytes, (size_t)written, NULL);
  pthread_mutex_unlock(&turn);
  return written;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  return is_tracked(fd) ? write_at(fd, bytes, length, 0, 1) : REAL(write)(fd, bytes, length);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t place) {
  return is_tracked(fd) ? write_at(fd, bytes, length, place, 0) : REAL(pwrite)(fd, bytes, length, place);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t place) { return pwrite(fd, bytes, length, place); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!is_tracked(fd)) return REAL(writev)(fd, parts, count);
  ssize_t all = 0;
  for (int index = 0; index < count; index += 1) {
    ssize_t written = write(fd, parts[index].iov_base, parts[index].iov_len);
    if (written < 0) return all > 0 ? all : -1;
    all += written;
    if ((size_t)written < parts[index].iov_len) break;
  }
  return all;
}

/* Copies inside the kernel become reads and writes, so that their bytes are seen. */
static ssize_t copy_through(int from, off64_t *from_place, int to, off64_t *to_place, size_t length) {
  char block[65536];
  if (length > sizeof block) length = sizeof block;
  ssize_t got = from_place == NULL ? read(from, block, length) : pread(from, block, length, *from_place);
  if (got <= 0) return got;
  ssize_t written = to_place == NULL ? write(to, block, (size_t)got) : pwrite(to, block, (size_t)got, *to_place);
  if (written > 0 && from_place != NULL) *from_place += written;
  if (written > 0 && to_place != NULL) *to_place += written;
  return written;
}

ssize_t sendfile(int to, int from, off_t *place, size_t length) {
  return is_tracked(to) ? copy_through(from, place, to, NULL, length) : REAL(sendfile64)(to, from, place, length);
}
ssize_t sendfile64(int to, int from, off64_t *place, size_t length) { return sendfile(to, from, place, length); }

/* libuv asks the kernel for these two by their numbers. */
long syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long);
  long d = va_arg(rest, long), e = va_arg(rest, long), f = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_close) return close((int)a);
  if (number == SYS_copy_file_range && is_tracked((int)c))
    return copy_through((int)a, (off64_t *)b, (int)c, (off64_t *)d, (size_t)e);
  return REAL(syscall)(number, a, b, c, d, e, f);
}

#define CHANGE(what, call, noted) \
  pthread_mutex_lock(&turn); \
  int result = fails(what) ? -1 : (call); \
  if (result == 0) noted; \
  pthread_mutex_unlock(&turn); \
  return result

int ftruncate(int fd, off_t length) {
  if (!is_tracked(fd)) return REAL(ftruncate)(fd, length);
  CHANGE(IS_NAME, REAL(ftruncate)(fd, length), note(TRUNCATE, fd, length, NULL, 0, NULL));
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

int fsync(int fd) {
  if (!is_tracked(fd)) return REAL(fsync)(fd);
  CHANGE(IS_SYNC, REAL(fsync)(fd), note(SYNC, fd, 0, NULL, 0, NULL));
}
int fdatasync(int fd) { return fsync(fd); }

int rename(const char *from, const char *to) {
  if (!is_ours(from) || !is_ours(to)) return REAL(rename)(from, to);
  CHANGE(IS_NAME, REAL(rename)(from, to), note(RENAME, -1, 0, from, strlen(from), to));
}
int link(const char *from, const char *to) {
  if (!is_ours(from) || !is_ours(to)) return REAL(link)(from, to);
  CHANGE(IS_NAME, REAL(link)(from, to), note(LINK, -1, 0, from, strlen(from), to));
}
int mkdir(const char *path, mode_t mode) {
  if (!is_ours(path)) return REAL(mkdir)(path, mode);
  struct stat before;
  if (stat(path, &before) == 0) return REAL(mkdir)(path, mode);
  CHANGE(IS_NAME, REAL(mkdir)(path, mode), note(MKDIR, -1, 0, path, strlen(path), NULL));
}

/* A full or failing disk still lets go of a name: nothing of ours depends on that being refused. */
#define REMOVE(call, operation, path) \
  pthread_mutex_lock(&turn); \
  int result = (call); \
  if (result == 0) note(operation, -1, 0, path, strlen(path), NULL); \
  pthread_mutex_unlock(&turn); \
  return result

int unlink(const char *path) {
  if (!is_ours(path)) return REAL(unlink)(path);
  REMOVE(REAL(unlink)(path), UNLINK, path);
}
int rmdir(const char *path) {
  if (!is_ours(path)) return REAL(rmdir)(path);
  REMOVE(REAL(rmdir)(path), RMDIR, path);
}
int remove(const char *path) {
  struct stat what;
  if (!is_ours(path) || lstat(path, &what) != 0) return REAL(remove)(path);
  return S_ISDIR(what.st_mode) ? rmdir(path) : unlink(path);
}
