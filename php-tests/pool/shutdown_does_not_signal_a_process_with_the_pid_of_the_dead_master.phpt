--TEST--
shutdown() in a detached worker, and in a child of it, signals no process that has got the pid of the dead master since
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php
if (!is_writable('/proc/sys/kernel/ns_last_pid') || @file_put_contents('/proc/sys/kernel/ns_last_pid', '300') === false) {
    die('skip the next process id cannot be chosen here');
}
?>
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
[$wire, $go, $forks] = [new Wire(), new Wire(), new Wire()];
$master = apart(function () use ($wire, $go, $forks) {
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->on('Start', fn (Pool $pool) => $pool->sendMessage('detach', 0));
    $pool->on('Message', function (Pool $pool) use ($wire, $go, $forks) {
        $pool->detach();
        $wire->tell('detached');
        $go->hear();
        $wire->tell($pool->shutdown(), swoole_errno() === PCNTL_ESRCH ? 'ESRCH' : swoole_errno());
        if (($child = pcntl_fork()) === 0) {
            $wire->tell($pool->shutdown());
            posix_kill(getmypid(), SIGKILL);
        }
        ending_of($child);
        $pool->detach();
        $wire->tell('done');
    });
    $pool->start();
});
echo $wire->hear(), "\n";
posix_kill($master, SIGKILL);
echo ending_of($master), "\n";
for ($try = 0; $try < 1000; $try++) {
    file_put_contents('/proc/sys/kernel/ns_last_pid', (string) ($master - 1));
    if (($stranger = pcntl_fork()) === 0) {
        $forks->hear();
        exit;
    }
    if ($stranger === $master) {
        break;
    }
    posix_kill($stranger, SIGKILL);
    ending_of($stranger);
}
echo $stranger === $master ? "the pid is that of a stranger\n" : "the pid could not be had\n";
$go->tell('go on');
while (($line = $wire->hear()) !== 'done') {
    echo $line, "\n";
}
posix_kill($stranger, SIGKILL);
echo ending_of($stranger), "\n";
?>
--EXPECT--
detached
signal 9
the pid is that of a stranger
false ESRCH
false
signal 9
