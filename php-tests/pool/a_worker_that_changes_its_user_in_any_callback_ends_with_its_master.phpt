--TEST--
a worker that changes its user or group ends when its master is killed, while it waits as well as in the callback
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (posix_geteuid() !== 0) die('skip only root can change its user');
?>
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
$changes = [
    'seteuid' => fn () => posix_seteuid(65534),
    'seteuid and back' => fn () => posix_seteuid(65534) && posix_seteuid(0),
    'setegid' => fn () => posix_setegid(65534),
    'setgid and setuid' => fn () => posix_setgid(65534) && posix_setuid('65534'),
];
if (extension_loaded('ffi')) {
    // Not in the callback: nobody sees it there.
    $changes['seteuid of C'] = fn () => FFI::cdef('int seteuid(unsigned id);')->seteuid(65534) === 0;
}
$kinds = [
    'pair' => [SWOOLE_IPC_UNIXSOCK, false],
    'coroutines' => [SWOOLE_IPC_UNIXSOCK, true],
    'queue' => [SWOOLE_IPC_MSGQUEUE, false],
    'WorkerStart' => [SWOOLE_IPC_NONE, false],
];
foreach ($kinds as $kind => [$ipc, $coroutine]) {
    foreach ($changes as $how => $change) {
        foreach (['waits', 'hangs'] as $then) {
            if ($then === 'hangs' ? $how === 'seteuid of C' : $kind === 'WorkerStart') {
                continue;
            }
            $wire = new Wire();
            $body = function () use ($change, $then, $wire) {
                $wire->tell($change(), getmypid());
                while ($then === 'hangs') {
                    sleep(100);
                }
            };
            $master = apart(function () use ($ipc, $coroutine, $kind, $body) {
                $pool = new Pool(1, $ipc, 0, $coroutine);
                $pool->set(['max_wait_time' => 0.2]);
                $pool->on('WorkerStart', match ($kind) {
                    'WorkerStart' => $body,
                    'queue' => fn (Pool $pool) => $pool->getProcess()->push('now'),
                    default => fn (Pool $pool) => $pool->sendMessage('now', 0),
                });
                $ipc !== SWOOLE_IPC_NONE && $pool->on('Message', $body);
                $pool->start();
            });
            [$changed, $worker] = explode(' ', $wire->hear());
            $then === 'waits' && until_asleep((int) $worker);
            posix_kill($master, SIGKILL);
            ending_of($master);
            if ($changed !== 'true' || $wire->hearAll() !== []) {
                echo "$kind, $how, $then: not changed\n";
            }
        }
    }
    echo "$kind: all have ended\n";
}
?>
--EXPECT--
pair: all have ended
coroutines: all have ended
queue: all have ended
WorkerStart: all have ended
