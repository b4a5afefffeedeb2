--TEST--
terminate() never reaches another process that has the pid of the child by now, where a plain kill would
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can choose pids');
if (trim((string) shell_exec('unshare --pid --fork --mount-proc sh -c "echo 90 > /proc/sys/kernel/ns_last_pid && echo ok" 2>/dev/null')) !== 'ok') die('skip no PID namespaces here');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
$code = <<<'PHP'
use Swoole\Process;
/** Forks a process that gets this pid. */
function fork_as(int $pid): int
{
    file_put_contents('/proc/sys/kernel/ns_last_pid', (string) ($pid - 1));
    $stranger = pcntl_fork();
    if ($stranger) {
        return $stranger;
    }
    while (true) {
        sleep(60);
    }
}
$p = new Process(fn () => exit(3));
$p->start();
// Other code reaps the child, and the process object cannot know.
pcntl_waitpid($p->pid, $status);
$stranger = fork_as($p->pid);
var_dump($stranger === $p->pid, posix_kill($p->pid, 0));
var_dump($p->isAlive(), $p->terminate(0), $p->terminate(0, SIGKILL, true), $p->join());
var_dump(pcntl_waitpid($stranger, $status, WNOHANG));
$r = [$p->exitStream()];
var_dump(stream_select($r, $w, $e, 60));

// Another object has the pid: each knows its own.
posix_kill($stranger, SIGKILL);
pcntl_waitpid($stranger, $status);
file_put_contents('/proc/sys/kernel/ns_last_pid', (string) ($p->pid - 1));
$other = new Process(fn () => sleep(60));
$other->start();
var_dump($other->pid === $p->pid, $p->isAlive(), $other->isAlive(), $p->terminate(0), $other->isAlive());
var_dump($other->terminate(60)['signal'], $p->join());
PHP;
$file = tempnam(sys_get_temp_dir(), 'pid');
file_put_contents($file, "<?php\n$code");
passthru('unshare --pid --fork --mount-proc ' . implode(' ', array_map('escapeshellarg', [...php_command(), $file])));
unlink($file);
?>
--EXPECT--
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
bool(false)
int(0)
int(1)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
int(15)
bool(false)
