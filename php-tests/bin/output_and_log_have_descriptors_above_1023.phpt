--TEST--
bin/pool writes its log and the files of its workers under any number of a descriptor: large pools have more than 1,023
--EXTENSIONS--
posix
pcntl
--SKIPIF--
<?php
if ((int) posix_getrlimit()['hard openfiles'] < 2048 && posix_getrlimit()['hard openfiles'] !== 'unlimited') {
    echo 'skip the limit for open files is too low';
}
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
mkdir('logs');
$open = 'while (count($files ?? []) < 1024) { $files[] = fopen("/dev/null", "r"); } pcntl_exec($argv[1], array_slice($argv, 2));';
$pool = new Program([
    'sh', '-c', 'ulimit -n 2048; exec "$@"', 'sh', ...php_command(), '-r', $open, '--', ...php_command(), __DIR__ . '/../../bin/pool',
    'run', '--socket=a.sock', '--name=a', '--log=log', '--output-folder=logs', '--', 'sh', '-c', 'echo hello; exec sleep 1000',
]);
until(fn () => str_contains((string) @file_get_contents('log'), 'is ready'));
until(fn () => (string) @file_get_contents('logs/a-0.log') !== '');
echo file_get_contents('logs/a-0.log');
$pool->signal(SIGTERM);
echo $pool->end()[0], "\n", without_times(file_get_contents('log'));
?>
--EXPECT--
hello
0
NOTICE a: starts 1 worker
NOTICE a: is ready
NOTICE a: stops
NOTICE a: has ended
