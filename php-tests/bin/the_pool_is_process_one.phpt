--TEST--
bin/pool as process 1: it reaps orphans, and stops at SIGTERM
--EXTENSIONS--
posix
pcntl
--SKIPIF--
<?php
exec('unshare --pid --fork --mount-proc true 2>&1', $lines, $status);
$status === 0 || die('skip no PID namespace may be made');
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
// The orphan ends after its parent, and must not stay as a zombie.
$script = '(sh -c "sleep 0.1; : >gone" &) ; while :; do sleep 0.05; [ -e gone ] && ps -A -o stat= | grep -c Z >zombies; done';
$pool = new Program(['unshare', '--pid', '--fork', '--mount-proc', ...php_command(), __DIR__ . '/../../bin/pool', 'run', '--socket=a.sock', '--boot-time=0', '--', 'sh', '-c', $script]);
echo preg_match('/sh\[1\]: is ready/', $pool->hear('is ready')), "\n";
until(fn () => trim((string) @file_get_contents('zombies')) === '0');
echo "no zombies\n", pool_run('stop', '--socket=a.sock'), $pool->end()[0], "\n";
?>
--EXPECT--
1
no zombies
0
0
