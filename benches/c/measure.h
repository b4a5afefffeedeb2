/* What the floors share: how a batch is timed, and how they fail. Included once by each program. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Releases what outlives the process; before it fails. */
static void clean_up(void);

static void die(const char *what)
{
	int error = errno;
	clean_up();
	fprintf(stderr, "floor: %s: %s\n", what, strerror(error));
	exit(1);
}

static long number(const char *text)
{
	char *end;
	long value = strtol(text, &end, 0);
	if (*text == '\0' || *end != '\0') {
		fprintf(stderr, "floor: not a number: %s\n", text);
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

/* Runs `batch` once to warm up and then `batches` times, and prints the median. */
static void measure(long batches, long per_batch, void (*batch)(long count))
{
	if (batches < 1 || per_batch < 1) {
		fprintf(stderr, "floor: at least one batch of one operation\n");
		exit(2);
	}
	double *times = calloc((size_t)batches, sizeof *times);
	if (!times) die("calloc");
	batch(per_batch);
	for (long i = 0; i < batches; i++) {
		double start = now();
		batch(per_batch);
		times[i] = (now() - start) / (double)per_batch;
	}
	qsort(times, (size_t)batches, sizeof *times, ascending);
	printf("%.2f\n", times[batches / 2]);
	free(times);
}
