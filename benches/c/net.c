/*
 * The floors of coroutine sockets: the same system calls with nothing around them. As floor.c: every subcommand prints one
 * number, the median over batches of nanoseconds an operation.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

#define CHUNK 65536
#define SIZE 64

static char block[CHUNK], received[2 * CHUNK];
static int ends[2] = {-1, -1};
static pid_t child;

static void clean_up(void)
{
	if (child > 0) {
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		child = 0;
	}
}

static void open_ends(void)
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) die("socketpair");
	int size = 8 * 1024 * 1024;
	for (int i = 0; i < 2; i++) setsockopt(ends[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
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

/* Sends blocks of messages and takes them apart: `length_of` gives the length of the first one, 0 when it is not whole. */
static inline void take_apart(long count, size_t (*length_of)(const char *data, size_t have))
{
	size_t have = 0;
	long got = 0;
	static char message[CHUNK];
	while (got < count) {
		send_all(ends[0], block, sizeof block);
		size_t left = sizeof block;
		while (left > 0) {
			ssize_t len = recv(ends[1], received + have, CHUNK, 0);
			if (len <= 0) die("recv");
			left -= (size_t)len;
			have += (size_t)len;
			const char *at = received;
			size_t length;
			while ((length = length_of(at, have)) > 0) {
				memcpy(message, at, length);
				at += length;
				have -= length;
				got++;
			}
			memmove(received, at, have);
		}
	}
}

static inline size_t line_length(const char *data, size_t have)
{
	const char *end = memchr(data, '\n', have);
	return end == NULL ? 0 : (size_t)(end - data) + 1;
}

/* The length of the rest stands in front. */
static inline size_t packet_length(const char *data, size_t have)
{
	uint32_t body;
	if (have < sizeof body) return 0;
	memcpy(&body, data, sizeof body);
	size_t length = sizeof body + ntohl(body);
	return have < length ? 0 : length;
}

static void lines(long count)
{
	take_apart(count, line_length);
}

static void packets(long count)
{
	take_apart(count, packet_length);
}

static int file;
static size_t file_size;

/* A child that takes all there is. */
static void start_drain(void)
{
	child = fork();
	if (child < 0) die("fork");
	if (child == 0) {
		close(ends[0]);
		while (recv(ends[1], received, sizeof received, 0) > 0);
		_exit(0);
	}
	close(ends[1]);
}

static void send_files(long count)
{
	for (long i = 0; i < count; i++) {
		off_t at = 0;
		while ((size_t)at < file_size) {
			if (sendfile(ends[0], file, &at, file_size - (size_t)at) < 0) die("sendfile");
		}
	}
}

/* Connections that are all open at once, a message there and back on each. */
static void connections(long count)
{
	int *fds = calloc(2 * (size_t)count, sizeof *fds);
	if (!fds) die("calloc");
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof address;
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 512) < 0) die("listen");
	getsockname(listener, (struct sockaddr *)&address, &len);
	for (long i = 0; i < count; i++) {
		fds[2 * i] = socket(AF_INET, SOCK_STREAM, 0);
		if (fds[2 * i] < 0 || connect(fds[2 * i], (struct sockaddr *)&address, sizeof address) < 0) die("connect");
		fds[2 * i + 1] = accept(listener, NULL, NULL);
		if (fds[2 * i + 1] < 0) die("accept");
	}
	for (long i = 0; i < count; i++) {
		for (int from = 0; from < 2; from++) {
			send_all(fds[2 * i + from], block, SIZE);
			if (recv(fds[2 * i + 1 - from], received, SIZE, MSG_WAITALL) != SIZE) die("recv");
		}
	}
	for (long i = 0; i < 2 * count; i++) close(fds[i]);
	close(listener);
	free(fds);
}

static _Noreturn void echo(int fd)
{
	ssize_t len;
	while ((len = recv(fd, received, sizeof received, 0)) > 0) send_all(fd, received, (size_t)len);
	_exit(0);
}

static void start_echo(void)
{
	open_ends();
	child = fork();
	if (child < 0) die("fork");
	if (child == 0) {
		close(ends[0]);
		echo(ends[1]);
	}
	close(ends[1]);
}

static void round_trips(long count)
{
	while (count-- > 0) {
		send_all(ends[0], block, SIZE);
		if (recv(ends[0], received, SIZE, MSG_WAITALL) != SIZE) die("recv");
	}
}

static int connected(long port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0) die("socket");
	if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
	return fd;
}

/* Connects again and again; each connection is over when the other side closes it. */
static _Noreturn void connect_for_ever(long port)
{
	for (;;) {
		int fd = connected(port);
		while (recv(fd, received, SIZE, 0) > 0);
		close(fd);
	}
}

static int listening;

static void start_clients(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof address;
	listening = socket(AF_INET, SOCK_STREAM, 0);
	if (listening < 0 || bind(listening, (struct sockaddr *)&address, sizeof address) < 0 || listen(listening, 512) < 0) die("listen");
	getsockname(listening, (struct sockaddr *)&address, &len);
	child = fork();
	if (child < 0) die("fork");
	if (child == 0) connect_for_ever(ntohs(address.sin_port));
}

static void accept_all(long count)
{
	while (count-- > 0) {
		int fd = accept(listening, NULL, NULL);
		if (fd < 0) die("accept");
		send_all(fd, "x", 1);
		close(fd);
	}
}

/* A MySQL server that asks for no password: its greeting, our answer (protocol 4.1, the user "php"), OK. */
static void start_session(long port)
{
	static const unsigned char answer[4 + 32 + 5] = {37, 0, 0, 1, 0x01, 0x82, 0, 0, 0, 0, 0, 1, 33, [36] = 'p', 'h', 'p'};
	ends[0] = connected(port);
	if (recv(ends[0], received, sizeof received, 0) <= 4) die("greeting");
	send_all(ends[0], (const char *)answer, sizeof answer);
	if (recv(ends[0], received, sizeof received, 0) <= 4 || received[4] != 0) die("session");
}

static void queries(long count)
{
	static const char query[] = "\x09\0\0\0\x03SELECT 1";
	while (count-- > 0) {
		send_all(ends[0], query, sizeof query - 1);
		size_t have = 0;
		/* Five packets; the last one is EOF, which is nine bytes long and begins with 0xfe. */
		do {
			ssize_t len = recv(ends[0], received + have, CHUNK, 0);
			if (len <= 0) die("recv");
			have += (size_t)len;
		} while (have < 50 || (unsigned char)received[have - 5] != 0xfe);
	}
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	if (argc == 2 && strcmp(argv[1], "echo") == 0) echo(STDIN_FILENO);
	if (argc == 3 && strcmp(argv[1], "connect") == 0) connect_for_ever(number(argv[2]));
	if (argc != 4 && argc != 5) {
		fprintf(stderr, "net lines|packets|connections|stream|accept BATCHES PER_BATCH, net sendfile BATCHES PER_BATCH BYTES, "
			"net query BATCHES PER_BATCH PORT, net echo, net connect PORT\n");
		return 2;
	}
	long batches = number(argv[2]), per_batch = number(argv[3]);
	if (strcmp(argv[1], "lines") == 0) {
		memset(block, 'x', sizeof block);
		for (size_t at = SIZE - 1; at < sizeof block; at += SIZE) block[at] = '\n';
		open_ends();
		measure(batches, per_batch, lines);
	} else if (strcmp(argv[1], "packets") == 0) {
		for (size_t at = 0; at < sizeof block; at += SIZE) {
			uint32_t body = htonl(SIZE - 4);
			memcpy(block + at, &body, 4);
		}
		open_ends();
		measure(batches, per_batch, packets);
	} else if (strcmp(argv[1], "connections") == 0) {
		struct rlimit limit = {2 * (rlim_t)per_batch + 64, 2 * (rlim_t)per_batch + 64};
		setrlimit(RLIMIT_NOFILE, &limit);
		measure(batches, per_batch, connections);
	} else if (strcmp(argv[1], "stream") == 0) {
		start_echo();
		measure(batches, per_batch, round_trips);
		clean_up();
	} else if (strcmp(argv[1], "accept") == 0) {
		start_clients();
		measure(batches, per_batch, accept_all);
		clean_up();
	} else if (strcmp(argv[1], "query") == 0 && argc == 5) {
		start_session(number(argv[4]));
		measure(batches, per_batch, queries);
	} else if (strcmp(argv[1], "sendfile") == 0 && argc == 5) {
		file_size = (size_t)number(argv[4]);
		FILE *made = tmpfile();
		if (!made || ftruncate(file = fileno(made), (off_t)file_size) < 0) die("tmpfile");
		open_ends();
		start_drain();
		measure(batches, per_batch, send_files);
		close(ends[0]);
		waitpid(child, NULL, 0);
	} else {
		return 2;
	}
	return 0;
}
