/*
 * The floors of pools: senders and two workers, with nothing around the system calls.
 *
 * A sender waits for a go, sends its messages to the workers in turn, and then one of a single byte to each; a worker
 * tells of every such end. A batch is over when all ends have been told. ../php/pool.php has the same shape.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SEND_BUFFER (8 * 1024 * 1024)
/* What is larger goes into a file in memory. */
#define INLINE 65536
#define LARGEST (1 << 20)
#define WORKERS 2
#define MOST_SENDERS 8

static char bytes[LARGEST + 4];
static struct message { long type; char text[8192]; } message = {.type = 1};
static size_t size;
static long senders;
static int go[MOST_SENDERS][2], told[2], workers[WORKERS][2];
static int queue = -1, listener = -1;
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static pid_t children[MOST_SENDERS + WORKERS];
static int count_children;
static pid_t parent;

static void clean_up(void)
{
	if (getpid() != parent) return;
	for (int i = 0; i < count_children; i++) {
		kill(children[i], SIGKILL);
		waitpid(children[i], NULL, 0);
	}
	if (queue >= 0) msgctl(queue, IPC_RMID, NULL);
	if (listener >= 0) unlink(address.sun_path);
}

static void die(const char *what)
{
	fprintf(stderr, "pool: %s: %s\n", what, strerror(errno));
	clean_up();
	_exit(1);
}

static long number(const char *text, long most)
{
	char *end;
	long value = strtol(text, &end, 10);
	if (*end != '\0' || value < 1 || value > most) {
		fprintf(stderr, "pool: not a number from 1 to %ld: %s\n", most, text);
		exit(2);
	}
	return value;
}

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
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

/* ---- a message to one of the workers ---- */

static void send_packet(int worker, size_t len)
{
	send_all(workers[worker][0], bytes, len);
}

static void send_file(int worker, size_t len)
{
	if (len <= INLINE) {
		send_packet(worker, len);
		return;
	}
	int file = memfd_create("message", MFD_CLOEXEC);
	if (file < 0 || write(file, bytes, len - INLINE) != (ssize_t)(len - INLINE)) die("memfd");
	union { struct cmsghdr header; char room[CMSG_SPACE(sizeof file)]; } control = {0};
	struct iovec part = {.iov_base = bytes, .iov_len = INLINE};
	struct msghdr head = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof file);
	memcpy(CMSG_DATA(&control.header), &file, sizeof file);
	if (sendmsg(workers[worker][0], &head, MSG_NOSIGNAL) != INLINE) die("sendmsg");
	close(file);
}

static void push(int worker, size_t len)
{
	(void)worker;
	if (msgsnd(queue, &message, len, 0) < 0) die("msgsnd");
}

/* ---- the next message of a worker: its length ---- */

static ssize_t receive_packet(int worker)
{
	return recv(workers[worker][1], bytes, LARGEST, 0);
}

static ssize_t receive_file(int worker)
{
	union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(int))]; } control = {0};
	struct iovec part = {.iov_base = bytes, .iov_len = INLINE};
	struct msghdr head = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	ssize_t len = recvmsg(workers[worker][1], &head, MSG_CMSG_CLOEXEC);
	if (len == INLINE && head.msg_controllen > 0) {
		int file;
		memcpy(&file, CMSG_DATA(&control.header), sizeof file);
		ssize_t more = pread(file, bytes + INLINE, LARGEST - INLINE, 0);
		if (more < 0) die("pread");
		close(file);
		len += more;
	}
	return len;
}

static ssize_t pop(int worker)
{
	(void)worker;
	return msgrcv(queue, &message, sizeof message.text, 0, 0);
}

static ssize_t (*receive)(int worker);
static void (*transmit)(int worker, size_t len);
static int ends;

/* ---- processes ---- */

static void fork_child(void (*body)(long), long argument)
{
	pid_t pid = fork();
	if (pid < 0) die("fork");
	if (pid == 0) {
		body(argument);
		_exit(0);
	}
	children[count_children++] = pid;
}

static void work(long worker)
{
	ssize_t len;
	while ((len = receive((int)worker)) > 0) {
		if (len == 1) send_all(told[1], "k", 1);
	}
}

static long per_batch;

static void feed(long sender)
{
	char word;
	while (recv(go[sender][1], &word, 1, 0) == 1) {
		for (long i = 0; i < per_batch / senders; i++) transmit((int)(i % WORKERS), size);
		for (int i = 0; i < ends; i++) transmit(i, 1);
	}
}

static void accept_clients(long worker)
{
	(void)worker;
	for (;;) {
		int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (client < 0) die("accept");
		uint32_t len;
		if (recv(client, &len, 4, MSG_WAITALL) == 4 && recv(client, bytes, ntohl(len), MSG_WAITALL) > 0) {
			send_all(client, "\0\0\0\1k", 5);
		}
		close(client);
	}
}

static void ask(long sender)
{
	char word, reply[5];
	uint32_t len = htonl((uint32_t)size);
	memcpy(bytes, &len, 4);
	while (recv(go[sender][1], &word, 1, 0) == 1) {
		for (long i = 0; i < per_batch / senders; i++) {
			int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
			if (client < 0 || connect(client, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
			send_all(client, bytes, size + 4);
			if (recv(client, reply, 5, MSG_WAITALL) != 5 || recv(client, reply, 1, 0) != 0) die("the answer");
			close(client);
		}
		send_all(told[1], "k", 1);
	}
}

static void batch(long expected)
{
	for (long i = 0; i < senders; i++) send_all(go[i][0], "g", 1);
	for (char word; expected > 0; expected--) {
		if (recv(told[0], &word, 1, 0) != 1) die("a worker has gone");
	}
}

static void make_pair(int type, int pair[2])
{
	int room = SEND_BUFFER;
	if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, pair) < 0) die("socketpair");
	setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
	setsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int has_path = strcmp(what, "clients") == 0;
	if (argc != 6 + has_path) {
		fputs("usage: pool pairs|files|queue|server SIZE SENDERS BATCHES PER_BATCH\n"
		      "       pool clients PATH SIZE SENDERS BATCHES PER_BATCH\n", stderr);
		return 2;
	}
	char **arguments = argv + 2 + has_path;
	parent = getpid();
	size = (size_t)number(arguments[0], strcmp(what, "queue") == 0 ? (long)sizeof message.text : LARGEST);
	senders = number(arguments[1], MOST_SENDERS);
	long batches = number(arguments[2], 1000000);
	per_batch = number(arguments[3], 1000000);
	make_pair(SOCK_STREAM, told);
	for (long i = 0; i < senders; i++) make_pair(SOCK_SEQPACKET, go[i]);

	long expected = senders;
	if (strcmp(what, "pairs") == 0 || strcmp(what, "files") == 0) {
		int files = strcmp(what, "files") == 0;
		for (int i = 0; i < WORKERS; i++) make_pair(SOCK_SEQPACKET, workers[i]);
		receive = files ? receive_file : receive_packet;
		transmit = files ? send_file : send_packet;
		ends = WORKERS;
		expected *= WORKERS;
	} else if (strcmp(what, "queue") == 0) {
		queue = msgget(IPC_PRIVATE, 0600);
		if (queue < 0) die("msgget");
		receive = pop;
		transmit = push;
		ends = 1;
	} else if (has_path) {
		strncpy(address.sun_path, argv[2], sizeof address.sun_path - 1);
	} else if (strcmp(what, "server") == 0) {
		snprintf(address.sun_path, sizeof address.sun_path, "%s/pool-floor-%d", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", getpid());
		listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 2048) < 0) die("listen");
		for (int i = 0; i < WORKERS; i++) fork_child(accept_clients, i);
	} else {
		fprintf(stderr, "pool: no floor is called %s\n", what);
		return 2;
	}
	for (int i = 0; receive && i < WORKERS; i++) fork_child(work, i);
	for (long i = 0; i < senders; i++) fork_child(receive ? feed : ask, i);

	double *times = calloc((size_t)batches, sizeof *times);
	if (!times) die("calloc");
	batch(expected);
	for (long i = 0; i < batches; i++) {
		double start = now();
		batch(expected);
		times[i] = (now() - start) / (double)per_batch;
	}
	qsort(times, (size_t)batches, sizeof *times, ascending);
	printf("%.2f\n", times[batches / 2]);
	clean_up();
	return 0;
}
