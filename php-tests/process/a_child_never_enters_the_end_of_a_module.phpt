--TEST--
a module whose shutdown joins a thread: children of start(), and of pcntl_fork() with exitNow(), never enter it
--EXTENSIONS--
pcntl
--SKIPIF--
<?php
if (ZEND_DEBUG_BUILD) die('skip a debug build ends in its own way, for its report about leaks');
if (PHP_ZTS) die('skip php-config in PATH describes a PHP without threads');
if (!trim((string) shell_exec('command -v cc; command -v php-config'))) die('skip no C compiler or headers of PHP');
$api = trim((string) shell_exec('php-config --phpapi 2>/dev/null'));
ob_start();
phpinfo(INFO_GENERAL);
if ($api === '' || !str_contains(ob_get_clean(), "PHP API => $api") && !preg_match("/PHP Extension => $api\b/", (string) shell_exec(PHP_BINARY . ' -n -i'))) die('skip the headers are of another PHP');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
$folder = sys_get_temp_dir() . '/module-' . getmypid();
mkdir($folder);
file_put_contents("$folder/joins.c", <<<'C'
#include "php.h"
#include <pthread.h>
#include <unistd.h>
static pthread_t thread;
static int ends[2];
static void *work(void *nothing) {
    char byte;
    // Until the module stops: in a child of a fork there is no such thread.
    (void) !read(ends[0], &byte, 1);
    return nothing;
}
static PHP_MINIT_FUNCTION(joins) {
    return pipe(ends) || pthread_create(&thread, NULL, work, NULL) ? FAILURE : SUCCESS;
}
static PHP_MSHUTDOWN_FUNCTION(joins) {
    close(ends[1]);
    pthread_join(thread, NULL);
    fputs("the module has joined its thread\n", stdout);
    fflush(stdout);
    return SUCCESS;
}
static zend_module_entry entry = {STANDARD_MODULE_HEADER, "joins", NULL, PHP_MINIT(joins), PHP_MSHUTDOWN(joins), NULL, NULL, NULL, "1", STANDARD_MODULE_PROPERTIES};
ZEND_DLEXPORT zend_module_entry *get_module(void) { return &entry; }
C);
passthru('cc -shared -fPIC -w -o ' . "$folder/joins.so $folder/joins.c " . trim(shell_exec('php-config --includes')) . ' 2>&1', $status);
file_put_contents("$folder/script.php", <<<'PHP'
<?php
use Swoole\Process;
$p = new Process(fn () => exit(3));
$p->start();
echo 'start: ', json_encode($p->join(60)['code'] ?? 'it hangs'), "\n";
if (!$pid = pcntl_fork()) {
    Process::exitNow(4);
}
pcntl_waitpid($pid, $status);
echo 'pcntl_fork: ', pcntl_wexitstatus($status), "\n";
PHP);
passthru(implode(' ', array_map('escapeshellarg', [...php_command(), '-d', "extension=$folder/joins.so", "$folder/script.php"])));
array_map('unlink', glob("$folder/*"));
rmdir($folder);
?>
--EXPECT--
start: 3
pcntl_fork: 4
the module has joined its thread
