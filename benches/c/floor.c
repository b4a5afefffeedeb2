/*
 * The floors: what the kernel charges for each hot path, with nothing around the system calls.
 *
 * Every subcommand prints one number, the median over batches of nanoseconds an operation. The PHP
 * scripts in ../php have the same shape: same batches, same calls, same buffer sizes. A batch is short
 * (about a millisecond), so that most of them fit between two interruptions by other processes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "measure.h"

/* Swoole's socket_buffer_size; the kernel grants at most net.core.wmem_max. */
#define SEND_BUFFER (8 * 1024 * 1024)
#define MESSAGE_MAX 65536
#define WORKERS 2

struct message {
	long type;
	char text[MESSAGE_MAX];
};

static struct message message = {.type = 1};
static char bytes[MESSAGE_MAX];

/* The queue to remove and the child processes to end when something fails; -1 and 0 are none. */
static int queue = -1;
static pid_t children[WORKERS];

static void clean_up(void)
{
	for (int i = 0; i < WORKERS; i++) {
		if (children[i] > 0) {
			kill(children[i], SIGKILL);
			waitpid(children[i], NULL, 0);
			children[i] = 0;
		}
	}
	if (queue >= 0) {
		msgctl(queue, IPC_RMID, NULL);
		queue = -1;
	}
}

static size_t message_size(const char *text)
{
	long size = number(text);
	if (size < 1 || size > MESSAGE_MAX) {
		fprintf(stderr, "floor: a message has 1 to %d bytes\n", MESSAGE_MAX);
		exit(2);
	}
	return (size_t)size;
}

static void send_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t sent = send(fd, data, len, MSG_NOSIGNAL);
		if (sent < 0) die("send");
		data += sent;
		len -= (size_t)sent;
	}
}

static void make_pair(int type, int pair[2])
{
	int size = SEND_BUFFER;
	if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, pair) < 0) die("socketpair");
	for (int i = 0; i < 2; i++) {
		if (setsockopt(pair[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof size) < 0) die("setsockopt");
	}
}

/* Forks; the child runs `body` on its end and leaves, the parent keeps the other end. */
static int spawn_on_pair(int slot, int type, void (*body)(int fd))
{
	int pair[2];
	make_pair(type, pair);
	pid_t pid = fork();
	if (pid < 0) die("fork");
	if (pid == 0) {
		close(pair[0]);
		body(pair[1]);
		_exit(0);
	}
	children[slot] = pid;
	close(pair[1]);
	return pair[0];
}

/* ---- pipe: round trips between parent and child ---- */

static size_t size;
static int peer;

static void echo(int fd)
{
	ssize_t got;
	while ((got = recv(fd, bytes, 8192, 0)) > 0) {
		send_all(fd, bytes, (size_t)got);
	}
}

static void round_trips(long count)
{
	while (count-- > 0) {
		send_all(peer, bytes, size);
		for (size_t have = 0; have < size;) {
			ssize_t got = recv(peer, bytes, 8192, 0);
			if (got <= 0) die("recv");
			have += (size_t)got;
		}
	}
}

/* ---- oneway: messages to a child that only reads; it answers once a batch ---- */

static long batch_size;

static void drain(int fd)
{
	for (;;) {
		for (long i = 0; i < batch_size; i++) {
			if (recv(fd, bytes, MESSAGE_MAX, 0) <= 0) return;
		}
		send_all(fd, "k", 1);
	}
}

static void transfer(long count)
{
	while (count-- > 0) {
		send_all(peer, bytes, size);
	}
	if (recv(peer, bytes, 1, 0) != 1) die("recv");
}

/* ---- ring: push and pop of a ring in shared memory behind a robust mutex, in one process ---- */

#define RING (1 << 20)

struct ring {
	pthread_mutex_t lock;
	_Atomic unsigned long first, last;
	char bytes[RING];
};

static struct ring *ring;

static void open_ring(void)
{
	pthread_mutexattr_t attributes;
	ring = mmap(NULL, sizeof *ring, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (ring == MAP_FAILED) die("mmap");
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	if (pthread_mutex_init(&ring->lock, &attributes) != 0) die("pthread_mutex_init");
}

/* Messages do not cross the end: the sizes measured divide that of the ring. */
static void through_ring(long count)
{
	while (count-- > 0) {
		pthread_mutex_lock(&ring->lock);
		memcpy(ring->bytes + ring->last % RING, bytes, size);
		ring->last += size;
		pthread_mutex_unlock(&ring->lock);
		pthread_mutex_lock(&ring->lock);
		if (ring->first == ring->last) die("ring");
		memcpy(bytes, ring->bytes + ring->first % RING, size);
		ring->first += size;
		pthread_mutex_unlock(&ring->lock);
	}
}

/* ---- queue: push and pop in one process ---- */

static void push(size_t len)
{
	if (msgsnd(queue, &message, len, 0) < 0) die("msgsnd");
}

static ssize_t pop(void)
{
	return msgrcv(queue, &message, MESSAGE_MAX, 0, 0);
}

static void push_and_pop(long count)
{
	while (count-- > 0) {
		push(size);
		if (pop() < 0) die("msgrcv");
	}
}

/* ---- workers: one producer, two consumers; a message of one byte ends a batch for whoever gets it ---- */

static int workers[WORKERS];

static void consume(int fd)
{
	char go;
	while (recv(fd, &go, 1, 0) == 1) {
		ssize_t got;
		while ((got = pop()) > 1) {
		}
		if (got < 0) return;
		send_all(fd, "k", 1);
	}
}

static void feed(long count)
{
	for (int i = 0; i < WORKERS; i++) {
		send_all(workers[i], "g", 1);
	}
	while (count-- > 0) {
		push(size);
	}
	for (int i = 0; i < WORKERS; i++) {
		push(1);
	}
	for (int i = 0; i < WORKERS; i++) {
		char done;
		if (recv(workers[i], &done, 1, 0) != 1) die("recv");
	}
}

/* ---- spawn: a bare C process ---- */

static void spawn_and_wait(long count)
{
	while (count-- > 0) {
		pid_t pid = fork();
		if (pid < 0) die("fork");
		if (pid == 0) _exit(0);
		if (waitpid(-1, NULL, 0) != pid) die("waitpid");
	}
}

/* ---- program: posix_spawn, its output to the end, wait ---- */

extern char **environ;

static void run_programs(long count)
{
	char *arguments[] = {"true", NULL};
	posix_spawn_file_actions_t actions;
	while (count-- > 0) {
		int output[2];
		pid_t pid;
		if (pipe2(output, O_CLOEXEC) < 0) die("pipe2");
		posix_spawn_file_actions_init(&actions);
		posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
		posix_spawn_file_actions_adddup2(&actions, output[1], 1);
		if ((errno = posix_spawnp(&pid, "true", &actions, NULL, arguments, environ)) != 0) die("posix_spawnp");
		posix_spawn_file_actions_destroy(&actions);
		close(output[1]);
		if (read(output[0], bytes, 1) != 0) die("read");
		close(output[0]);
		if (waitpid(pid, NULL, 0) != pid) die("waitpid");
	}
}

/* ---- the loop: epoll, and what makes a descriptor of it ready ---- */

/* As many as the extension asks for at a time. */
#define EVENTS 512
#define BALL 64

static int epoll = -1, source = -1;

static void watch(int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
	if (epoll < 0) epoll = epoll_create1(EPOLL_CLOEXEC);
	if (epoll < 0) die("epoll_create1");
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) die("epoll_ctl");
}

/* Waits until the source is ready, and takes what it tells. */
static void await_source(void)
{
	struct epoll_event event;
	unsigned long long told;
	while (epoll_wait(epoll, &event, 1, -1) != 1) {
		if (errno != EINTR) die("epoll_wait");
	}
	if (read(source, &told, sizeof told) != sizeof told) die("read");
}

/* fired: a timer of the kernel for each */

static void fire(long count)
{
	const struct itimerspec now = {.it_value = {.tv_nsec = 1}};
	while (count-- > 0) {
		if (timerfd_settime(source, 0, &now, NULL) < 0) die("timerfd_settime");
		await_source();
	}
}

/* signal: a handler that wakes the loop */

static void note(int signal)
{
	unsigned long long one = 1;
	(void)signal;
	if (write(source, &one, sizeof one) < 0) _exit(1);
}

static void signals(long count)
{
	pid_t me = getpid();
	while (count-- > 0) {
		if (kill(me, SIGUSR1) < 0) die("kill");
		await_source();
	}
}

/* pairs: every descriptor sends back what it gets; one message is on its way in each pair */

static void open_pairs(long pairs, long idle)
{
	struct rlimit most;
	rlim_t wanted = (rlim_t)(2 * pairs + idle + 64);
	if (getrlimit(RLIMIT_NOFILE, &most) < 0) die("getrlimit");
	if (most.rlim_cur < wanted) {
		most.rlim_cur = most.rlim_max = wanted;
		if (setrlimit(RLIMIT_NOFILE, &most) < 0) die("setrlimit");
	}
	for (long i = 0; i < pairs + idle / 2; i++) {
		int pair[2];
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) die("socketpair");
		watch(pair[0]);
		watch(pair[1]);
		if (i < pairs) send_all(pair[0], bytes, BALL);
	}
}

static void answer(long count)
{
	struct epoll_event events[EVENTS];
	while (count > 0) {
		int ready = epoll_wait(epoll, events, EVENTS, -1);
		if (ready < 0) die("epoll_wait");
		for (int i = 0; i < ready && count > 0; i++, count--) {
			ssize_t got = recv(events[i].data.fd, bytes, BALL, MSG_DONTWAIT);
			if (got != BALL) die("recv");
			send_all(events[i].data.fd, bytes, BALL);
		}
	}
}

/* ---- exported: round trips by sockets that never wait, each after the word of epoll ---- */

static void await_readable(int fd)
{
	struct epoll_event event;
	(void)fd;
	if (epoll_wait(epoll, &event, 1, -1) < 0) die("epoll_wait");
}

/* What a coroutine does: it tries first, and waits when there is nothing. */
static ssize_t receive_or_wait(int fd)
{
	ssize_t got;
	while ((got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) < 0) {
		if (errno != EAGAIN) die("recv");
		await_readable(fd);
	}
	return got;
}

static void watch_edges(int fd)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.fd = fd};
	epoll = epoll_create1(EPOLL_CLOEXEC);
	if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) die("epoll");
}

static void echo_edges(int fd)
{
	watch_edges(fd);
	ssize_t got;
	while ((got = receive_or_wait(fd)) > 0) {
		send_all(fd, bytes, (size_t)got);
	}
}

static void round_trips_edges(long count)
{
	while (count-- > 0) {
		send_all(peer, bytes, size);
		for (size_t have = 0; have < size;) {
			ssize_t got = receive_or_wait(peer);
			if (got == 0) die("the end");
			have += (size_t)got;
		}
	}
}

/* ---- helpers of the driver ---- */

/* Runs a command on the last core this process may use, so that both ends of a pipe share it. */
static void pin(char **command)
{
	cpu_set_t allowed, one;
	if (sched_getaffinity(0, sizeof allowed, &allowed) < 0) die("sched_getaffinity");
	int cpu = CPU_SETSIZE - 1;
	while (cpu > 0 && !CPU_ISSET(cpu, &allowed)) cpu--;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	if (sched_setaffinity(0, sizeof one, &one) < 0) die("sched_setaffinity");
	execvp(command[0], command);
	die(command[0]);
}

/* Times one run of a command, from the fork to its end. */
static void time_command(char **command)
{
	double start = now();
	int status;
	pid_t pid = fork();
	if (pid < 0) die("fork");
	if (pid == 0) {
		execvp(command[0], command);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid) die("waitpid");
	double end = now();
	if (status != 0) {
		fprintf(stderr, "floor: %s ended with status %d\n", command[0], status);
		exit(1);
	}
	printf("%.0f\n", end - start);
}

static void free_queue(key_t key)
{
	int id = msgget(key, 0);
	if (id >= 0) msgctl(id, IPC_RMID, NULL);
}

static int usage(void)
{
	fputs("usage: floor pipe stream|message SIZE BATCHES PER_BATCH\n"
	      "       floor oneway SIZE BATCHES PER_BATCH\n"
	      "       floor channel SIZE BATCHES PER_BATCH\n"
	      "       floor queue SIZE BATCHES PER_BATCH KEY\n"
	      "       floor workers SIZE BATCHES PER_BATCH KEY\n"
	      "       floor spawn|program BATCHES PER_BATCH\n"
	      "       floor fired|signal BATCHES PER_BATCH\n"
	      "       floor pairs PAIRS IDLE BATCHES PER_BATCH\n"
	      "       floor pin COMMAND...\n"
	      "       floor time COMMAND...\n"
	      "       floor free-queue KEY\n",
	      stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";
	if (strcmp(command, "pin") == 0 && argc > 2) {
		pin(argv + 2);
	} else if (strcmp(command, "time") == 0 && argc > 2) {
		time_command(argv + 2);
	} else if (strcmp(command, "free-queue") == 0 && argc == 3) {
		free_queue((key_t)number(argv[2]));
	} else if (strcmp(command, "pipe") == 0 && argc == 6) {
		size = message_size(argv[3]);
		peer = spawn_on_pair(0, strcmp(argv[2], "stream") == 0 ? SOCK_STREAM : SOCK_SEQPACKET, echo);
		measure(number(argv[4]), number(argv[5]), round_trips);
	} else if (strcmp(command, "exported") == 0 && argc == 6) {
		size = message_size(argv[3]);
		peer = spawn_on_pair(0, strcmp(argv[2], "stream") == 0 ? SOCK_STREAM : SOCK_SEQPACKET, echo_edges);
		watch_edges(peer);
		measure(number(argv[4]), number(argv[5]), round_trips_edges);
	} else if (strcmp(command, "oneway") == 0 && argc == 5) {
		size = message_size(argv[2]);
		batch_size = number(argv[4]);
		peer = spawn_on_pair(0, SOCK_SEQPACKET, drain);
		measure(number(argv[3]), batch_size, transfer);
	} else if (strcmp(command, "channel") == 0 && argc == 5) {
		size = message_size(argv[2]);
		open_ring();
		measure(number(argv[3]), number(argv[4]), through_ring);
	} else if (strcmp(command, "queue") == 0 && argc == 6) {
		size = message_size(argv[2]);
		queue = msgget((key_t)number(argv[5]), IPC_CREAT | 0600);
		if (queue < 0) die("msgget");
		measure(number(argv[3]), number(argv[4]), push_and_pop);
	} else if (strcmp(command, "workers") == 0 && argc == 6) {
		size = message_size(argv[2]);
		queue = msgget((key_t)number(argv[5]), IPC_CREAT | 0600);
		if (queue < 0) die("msgget");
		for (int i = 0; i < WORKERS; i++) {
			workers[i] = spawn_on_pair(i, SOCK_SEQPACKET, consume);
		}
		measure(number(argv[3]), number(argv[4]), feed);
	} else if (strcmp(command, "spawn") == 0 && argc == 4) {
		measure(number(argv[2]), number(argv[3]), spawn_and_wait);
	} else if (strcmp(command, "program") == 0 && argc == 4) {
		measure(number(argv[2]), number(argv[3]), run_programs);
	} else if (strcmp(command, "fired") == 0 && argc == 4) {
		source = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
		if (source < 0) die("timerfd_create");
		watch(source);
		measure(number(argv[2]), number(argv[3]), fire);
	} else if (strcmp(command, "signal") == 0 && argc == 4) {
		const struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
		source = eventfd(0, EFD_CLOEXEC);
		if (source < 0) die("eventfd");
		watch(source);
		if (sigaction(SIGUSR1, &action, NULL) < 0) die("sigaction");
		measure(number(argv[2]), number(argv[3]), signals);
	} else if (strcmp(command, "pairs") == 0 && argc == 6) {
		open_pairs(number(argv[2]), number(argv[3]));
		measure(number(argv[4]), number(argv[5]), answer);
	} else {
		return usage();
	}
	clean_up();
	return 0;
}
