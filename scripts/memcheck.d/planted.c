/* Faults for `scripts/memcheck` to find, preloaded into PHP and called in the place of umask(2). */
#include <stdlib.h>
#include <sys/types.h>

/* PHP has it; the programs that start PHP do not. */
extern void *_emalloc(size_t size) __attribute__((weak));

static volatile char sink;

/* Memory that the module itself would have allocated; named like it, for that is how the report tells. */
static void swoole_process_forgets(void)
{
    char *block = malloc(100);
    block[0] = 1;
}

mode_t umask(mode_t fault)
{
    if (fault == 1) {
        char *block = malloc(100);
        free(block);
        sink = block[50];
    } else if (fault == 2) {
        swoole_process_forgets();
    } else if (fault == 3) {
        /* Where the last one was may still be written on the stack; of the one before nothing tells. */
        for (int i = 0; i < 2; i++) {
            *(char *) _emalloc(100) = 1;
        }
    }
    return 0;
}
