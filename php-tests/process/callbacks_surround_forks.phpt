--TEST--
onFork(): callbacks before a fork, in the parent and in the child: start(), pcntl_fork(), workers of pools, daemon(); failures
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/../support.inc';
$log = tempnam(sys_get_temp_dir(), 'log');
$say = fn (string $text) => file_put_contents($log, "$text\n", FILE_APPEND);
/** What parent and child have told, each in its order. */
$told = function () use ($log): string {
    $lines = file($log, FILE_IGNORE_NEW_LINES);
    file_put_contents($log, '');
    $of = fn (string $who) => implode(', ', array_values(array_filter($lines, fn ($line) => str_starts_with($line, $who))));
    return $of('P') . ' | ' . $of('C') . "\n";
};
Process::onFork(fn () => $say('P before 1'), fn () => $say('P after 1'), fn () => $say('C 1'));
Process::onFork(before: fn () => $say('P before 2'), child: fn () => $say('C 2'));
Process::onFork(parent: 'getmypid');
Process::onFork();

$p = new Process(fn () => $say('C callback'));
$p->start();
$p->join();
echo 'start: ', $told();
if (!$pid = pcntl_fork()) {
    $say('C continues');
    Process::exitNow(3);
}
pcntl_waitpid($pid, $status);
echo 'pcntl_fork: ', $told();
$pool = new Pool(1);
$pool->on('WorkerStart', function (Pool $pool) use ($say) {
    $say('C worker');
    $pool->shutdown();
});
$pool->start();
echo 'pool: ', $told();
[$mine, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$p = new Process(function (Process $p) use ($say, $theirs, $told) {
    $p->read();
    $told();
    Process::daemon();
    $say('C daemon');
    fwrite($theirs, 'x');
    Process::exitNow();
});
$p->start();
$p->write('go');
$p->join();
fread($mine, 1);
echo 'daemon: ', $told();
Process::command(['true'])->join();
echo 'command: ', $told();
// A child has the callbacks of its parent.
$p = new Process(function (Process $p) use ($say) {
    $p->read();
    (new Process(fn () => $say('C grandchild')))->start();
    Process::wait();
});
$p->start();
$p->write('go');
$p->join();
echo 'a grandchild: ', $told();

echo "failures\n";
$p->set(['cwd' => '/no/such/folder']);
var_dump($p->start());
echo $told();
foreach ([fn () => Process::onFork('no_such_function'), fn () => Process::onFork(1), fn () => Process::exitNow(256), fn () => Process::exitNow(-1)] as $call) {
    try {
        $call();
    } catch (Error $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$throws = new Process(function () use ($say) {
    $where = '';
    Process::onFork(
        before: function () use (&$where) { if ($where === 'before') throw new Exception('before'); },
        parent: function () use (&$where) { if ($where === 'parent') throw new Exception('parent'); },
        child: function () use (&$where) { if ($where === 'child') throw new Exception('child'); },
    );
    foreach (['before', 'parent', 'child'] as $where) {
        $p = new Process(fn () => exit(5));
        try {
            $p->start();
            $end = ending($p->join());
            echo "started, $end\n";
        } catch (Exception $e) {
            echo $e->getMessage(), ': ', $p->pid ? ending($p->join()) : 'not forked', "\n";
        }
    }
});
$throws->start();
$throws->join();
unlink($log);
?>
--EXPECTF--
start: P before 2, P before 1, P after 1 | C 1, C 2, C callback
pcntl_fork: P before 2, P before 1, P after 1 | C 1, C 2, C continues
pool: P before 2, P before 1, P after 1 | C 1, C 2, C worker
daemon: P before 2, P before 1 | C 1, C 2, C daemon
command:  | 
a grandchild: P before 2, P before 1, P after 1, P before 2, P before 1, P after 1 | C 1, C 2, C 1, C 2, C grandchild
failures

Warning: Swoole\Process::start(): setting the option cwd failed, Error: No such file or directory[2] in %s on line %d
bool(false)
P before 2, P before 1, P after 1 | 
TypeError: Swoole\Process::onFork(): Argument #1 ($before) must be a valid callback, function "no_such_function" not found or invalid function name
TypeError: Swoole\Process::onFork(): Argument #1 ($before) must be a valid callback, no array or string given
ValueError: Swoole\Process::exitNow(): Argument #1 ($status) must be between 0 and 255
ValueError: Swoole\Process::exitNow(): Argument #1 ($status) must be between 0 and 255
before: not forked
parent: code 5

Fatal error: Uncaught Exception: child in %scallbacks_surround_forks.php:%d
Stack trace:
#0 [internal function]: {closure%S()
#1 %s(%d): Swoole\Process->start()
#2 [internal function]: {closure%S(Object(Swoole\Process))
#3 %s(%d): Swoole\Process->start()
#4 {main}
  thrown in %s on line %d
started, code 255
