/*
 * The floors of coroutines: stacks and switches between them, with nothing around.
 *
 * A switch is _setjmp() and _longjmp(), which save and load registers and make no system call; only the first entry of
 * a stack is by ucontext(3). Otherwise as floor.c.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "measure.h"

/* Address space of a stack, as PHP's fibers have it. */
#define STACK (2 * 1024 * 1024)
/* How long a sleep is, in nanoseconds. */
#define NAP 1e6

struct coroutine {
	jmp_buf own, caller;
	ucontext_t entry, from;
	void *stack;
};

static long how_many;
static struct coroutine *coroutines;
static struct coroutine *entered;

static void clean_up(void)
{
}

/* Gives way for ever: each resume is one operation. */
static void body(void)
{
	struct coroutine *own = entered;
	for (;;) {
		if (_setjmp(own->own) == 0) _longjmp(own->caller, 1);
	}
}

static void begin(struct coroutine *one)
{
	one->stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	if (one->stack == MAP_FAILED) die("mmap");
	if (getcontext(&one->entry) < 0) die("getcontext");
	one->entry.uc_stack.ss_sp = one->stack;
	one->entry.uc_stack.ss_size = STACK;
	one->entry.uc_link = NULL;
	makecontext(&one->entry, body, 0);
	entered = one;
	if (_setjmp(one->caller) == 0) swapcontext(&one->from, &one->entry);
}

static void resume(struct coroutine *one)
{
	if (_setjmp(one->caller) == 0) _longjmp(one->own, 1);
}

static void begin_all(void)
{
	coroutines = calloc((size_t)how_many, sizeof *coroutines);
	if (!coroutines) die("calloc");
	for (long i = 0; i < how_many; i++) {
		begin(&coroutines[i]);
	}
}

/* ---- resume: to a coroutine and back ---- */

static void resume_one(long count)
{
	while (count-- > 0) {
		resume(coroutines);
	}
}

/* ---- sleep: a heap of deadlines; the coroutine that is due goes on, and sleeps again ---- */

struct sleeper {
	double due;
	struct coroutine *who;
};

static struct sleeper *heap;
static long sleepers;
static int epoll = -1;

static void fall_asleep(struct coroutine *who, double due)
{
	long at = sleepers++;
	for (; at > 0 && heap[(at - 1) / 2].due > due; at = (at - 1) / 2) {
		heap[at] = heap[(at - 1) / 2];
	}
	heap[at] = (struct sleeper){due, who};
}

static struct coroutine *wake_first(void)
{
	struct coroutine *first = heap[0].who;
	struct sleeper last = heap[--sleepers];
	long at = 0;
	for (;;) {
		long child = 2 * at + 1;
		if (child + 1 < sleepers && heap[child + 1].due < heap[child].due) child++;
		if (child >= sleepers || heap[child].due >= last.due) break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = last;
	return first;
}

static void wake(long count)
{
	struct epoll_event event;
	while (count > 0) {
		double left = heap[0].due - now();
		if (left > 0 && epoll_wait(epoll, &event, 1, (int)(left / 1e6) + 1) < 0) die("epoll_wait");
		double at = now();
		for (; count > 0 && heap[0].due <= at; count--) {
			struct coroutine *who = wake_first();
			resume(who);
			/* Each asks for the time when it falls asleep. */
			fall_asleep(who, now() + NAP);
		}
	}
}

static void all_fall_asleep(void)
{
	epoll = epoll_create1(EPOLL_CLOEXEC);
	heap = calloc((size_t)how_many + 1, sizeof *heap);
	if (!heap || epoll < 0) die("epoll_create1");
	for (long i = 0; i < how_many; i++) {
		fall_asleep(&coroutines[i], now() + NAP);
	}
}

/* ---- alive: what each of many costs that wait, in time or memory ---- */

static double resident(void)
{
	long pages;
	FILE *file = fopen("/proc/self/statm", "r");
	if (!file || fscanf(file, "%*d %ld", &pages) != 1) die("/proc/self/statm");
	fclose(file);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static void alive(const char *what)
{
	double start = now(), before = resident();
	begin_all();
	double took = now() - start, grown = resident() - before;
	printf("%.2f\n", (strcmp(what, "memory") == 0 ? grown : took) / (double)how_many);
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";
	if (strcmp(command, "resume") == 0 && argc == 4) {
		how_many = 1;
		begin_all();
		measure(number(argv[2]), number(argv[3]), resume_one);
	} else if (strcmp(command, "sleep") == 0 && argc == 5) {
		how_many = number(argv[2]);
		begin_all();
		all_fall_asleep();
		measure(number(argv[3]), number(argv[4]), wake);
	} else if (strcmp(command, "alive") == 0 && argc == 4) {
		how_many = number(argv[3]);
		alive(argv[2]);
	} else {
		fprintf(stderr, "usage: coroutines resume BATCHES PER_BATCH | sleep NUMBER BATCHES PER_BATCH | alive time|memory NUMBER\n");
		return 2;
	}
	return 0;
}
