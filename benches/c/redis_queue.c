/* The floor of benches/php/redis_queue.php: jobs through a stream of Redis, without any library.
 *
 *   redis_queue PATH push|take COUNT BODY
 *
 * Each job is one round trip: XADD, or XACK and XDEL of the last one together with XREADGROUP. Ends with 1 when a reply is
 * not as expected. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char buffer[65536];
static size_t filled;

static void fail(const char *what) {
    fprintf(stderr, "redis_queue: %s: %.*s\n", what, (int) filled, buffer);
    exit(1);
}

static void send_all(int fd, const char *data, size_t length) {
    while (length > 0) {
        ssize_t sent = write(fd, data, length);
        if (sent <= 0) fail("write");
        data += sent;
        length -= (size_t) sent;
    }
}

/* Where a reply ends, or NULL if it is not whole. */
static char *reply_end(char *at) {
    char *end = buffer + filled;
    char *line = at < end ? memchr(at, '\n', (size_t) (end - at)) : NULL;
    if (line == NULL) return NULL;
    long number = strtol(at + 1, NULL, 10);
    line++;
    if (*at == '$' && number >= 0) {
        return line + number + 2 <= end ? line + number + 2 : NULL;
    }
    for (; *at == '*' && number > 0 && line != NULL; number--) line = reply_end(line);
    return line;
}

/* Receives this number of replies. Returns the last one. */
static char *receive(int fd, int replies) {
    filled = 0;
    for (;;) {
        ssize_t got = read(fd, buffer + filled, sizeof buffer - filled);
        if (got <= 0) fail("read");
        filled += (size_t) got;
        char *at = buffer, *last = buffer;
        int whole = 0;
        while (whole < replies && (at = reply_end(last = at)) != NULL) whole++;
        if (whole == replies) return last;
    }
}

int main(int count, char **words) {
    if (count != 5) return 2;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, words[1], sizeof address.sun_path - 1);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *) &address, sizeof address) != 0) fail("connect");
    long jobs = atol(words[3]);
    char command[4096], consumer[32];
    snprintf(consumer, sizeof consumer, "c%d", getpid());
    if (strcmp(words[2], "push") == 0) {
        int length = snprintf(command, sizeof command, "*5\r\n$4\r\nXADD\r\n$3\r\nraw\r\n$1\r\n*\r\n$1\r\nb\r\n$%zu\r\n%s\r\n", strlen(words[4]), words[4]);
        while (jobs-- > 0) {
            send_all(fd, command, (size_t) length);
            if (*receive(fd, 1) != '$') fail("XADD");
        }
        return 0;
    }
    const char *create = "XGROUP CREATE raw workers 0 MKSTREAM\r\n";
    send_all(fd, create, strlen(create));
    receive(fd, 1);
    char id[64] = "";
    for (long job = 0; job <= jobs; job++) {
        int length = 0;
        if (job > 0) {
            length = snprintf(command, sizeof command, "*4\r\n$4\r\nXACK\r\n$3\r\nraw\r\n$7\r\nworkers\r\n$%zu\r\n%s\r\n*3\r\n$4\r\nXDEL\r\n$3\r\nraw\r\n$%zu\r\n%s\r\n", strlen(id), id, strlen(id), id);
        }
        if (job < jobs) {
            length += snprintf(command + length, sizeof command - (size_t) length,
                "*9\r\n$10\r\nXREADGROUP\r\n$5\r\nGROUP\r\n$7\r\nworkers\r\n$%zu\r\n%s\r\n$5\r\nCOUNT\r\n$1\r\n1\r\n$7\r\nSTREAMS\r\n$3\r\nraw\r\n$1\r\n>\r\n", strlen(consumer), consumer);
        }
        send_all(fd, command, (size_t) length);
        char *last = receive(fd, (job > 0 ? 2 : 0) + (job < jobs));
        if (job < jobs) {
            /* *1 *2 $3 raw *1 *2 $LENGTH ID ... */
            for (int line = 0; line < 7; line++) {
                last = memchr(last, '\n', (size_t) (buffer + filled - last));
                if (last == NULL) fail("XREADGROUP");
                last++;
            }
            if (sscanf(last, "%63[0-9-]", id) != 1) fail("XREADGROUP");
        }
    }
    return 0;
}
