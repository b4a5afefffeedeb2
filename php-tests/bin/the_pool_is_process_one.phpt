--TEST--
bin/pool as process 1: it reaps orphans, stops at SIGTERM, and no pool of another PID namespace takes its pid file; one that was killed hinders none
--EXTENSIONS--
posix
pcntl
--SKIPIF--
<?php
exec('unshare --pid --fork --mount-proc true 2>&1', $lines, $status);
$status === 0 || die('skip no PID namespace may be made');
is_file('/proc/self/task/' . getmypid() . '/children') || die('skip the kernel lists no children');
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
// The orphan ends after its parent, and must not stay as a zombie.
$script = '(sh -c "sleep 0.1; : >gone" &) ; while :; do sleep 0.05; [ -e gone ] && ps -A -o stat= | grep -c Z >zombies; done';
$pool = new Program(['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', ...php_command(), __DIR__ . '/../../bin/pool', 'run', '--socket=a.sock', '--boot-time=0', '--', 'sh', '-c', $script]);
echo preg_match('/sh\[1\]: is ready/', $pool->hear('is ready')), "\n";
until(fn () => trim((string) @file_get_contents('zombies')) === '0');
echo "no zombies\n";
$again = ['run', '--socket=a.sock', '--boot-time=0', '--restart=once', '--', 'true'];
$inside = fn (array $words) => new Program(['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', ...php_command(), __DIR__ . '/../../bin/pool', ...$words]);
[$status, , $errors] = $inside($again)->end();
echo $status, ' ', $errors, pool_run(...$again);
/** Process 1, as it is called outside. */
$first = fn (Program $pool) => (int) file_get_contents("/proc/$pool->pid/task/$pool->pid/children");
posix_kill($first($pool), SIGTERM);
echo $pool->end()[0], ' ', json_encode(glob('a.*')), "\n";

$pool = $inside(['run', '--socket=a.sock', '--boot-time=0', '--', 'sleep', '1000']);
$pool->hear('is ready');
posix_kill($first($pool), SIGKILL);
$pool->end();
echo 'a killed one leaves ', json_encode(glob('a.*')), ' ', pool_run(...$again);
?>
--EXPECT--
1
no zombies
75 pool: the pool runs already, as process 1: a.pid is locked
75
pool: the pool runs already, as process N: a.pid is locked
0 []
a killed one leaves ["a.pid","a.sock"] 0
NOTICE true: starts 1 worker
NOTICE true: stops
NOTICE true: has ended
