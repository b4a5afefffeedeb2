--TEST--
Process::start(), its pipes, and exec() inside workers; an exec'd program dies with the master; a worker's children are no workers
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\Process;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
foreach ([SWOOLE_IPC_NONE, SWOOLE_IPC_UNIXSOCK] as $type) {
    $wire = new Wire();
    $pool = new Pool(2, $type);
    $work = function (Pool $pool, string $who) use ($wire) {
        foreach ([SOCK_STREAM, SOCK_DGRAM] as $pipe) {
            $child = new Process(function (Process $p) use ($pool) {
                $p->write(json_encode(["got {$p->read()}", $pool->detach(), $pool->stop()]));
                exit(5);
            }, false, $pipe);
            $child->start();
            $child->write('hello');
            $wire->tell("$who:", $child->read(), ending(Process::wait()));
        }
    };
    $pool->on('WorkerStart', function (Pool $pool, int $id) use ($work, $type, $wire) {
        // Only one, so that it is not asked to stop meanwhile.
        if ($id === 0) {
            $work($pool, 'WorkerStart');
            if ($type === SWOOLE_IPC_NONE) {
                $pool->shutdown();
            } else {
                $pool->sendMessage('x', 1);
            }
        }
        while ($type === SWOOLE_IPC_NONE) {
            sleep(100);
        }
    });
    if ($type === SWOOLE_IPC_UNIXSOCK) {
        $pool->on('Message', function (Pool $pool) use ($work, $wire) {
            $work($pool, 'Message');
            // shutdown() by a child of a worker, which finds the master by its pidfd only.
            (new Process(function () use ($pool, $wire) {
                $wire->tell('shutdown', $asked = $pool->shutdown());
                exit((int) !$asked);
            }, false, 0))->start();
            if (Process::wait()['code'] !== 0) {
                $pool->shutdown();
            }
        });
    }
    $pool->start();
    echo implode("\n", $wire->hearAll()), "\n";
}
// exec() fails and goes on; then it does not fail, and the program dies with the master.
$wire = new Wire();
$fifo = sys_get_temp_dir() . '/fifo-' . getmypid();
posix_mkfifo($fifo, 0600);
$master = apart(function () use ($wire, $fifo) {
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->on('Message', fn () => 0);
    $pool->on('WorkerStart', function (Pool $pool) use ($wire, $fifo) {
        // By now it is tied to its master again.
        $wire->tell('exec', @$pool->getProcess()->exec('/no/such/program', []), getmypid());
        $pool->getProcess()->exec('/bin/sh', ['-c', "echo running; exec sleep 1000 > $fifo"]);
    });
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
    $pool->start();
});
[, $failed, $worker] = explode(' ', $wire->hear());
// The program opens it for writing, and closes it at its end.
$end = fopen($fifo, 'r');
posix_kill($master, SIGKILL);
echo "$failed ", ending_of($master), ' ', json_encode(stream_get_contents($end)), "\n";
until_ended((int) $worker);
echo json_encode($wire->hearAll()), "\n";
unlink($fifo);
?>
--EXPECT--
WorkerStart: ["got hello",false,null] code 5
WorkerStart: ["got hello",false,null] code 5
WorkerStart: ["got hello",false,null] code 5
WorkerStart: ["got hello",false,null] code 5
Message: ["got hello",false,null] code 5
Message: ["got hello",false,null] code 5
shutdown true
running
false signal 9 ""
[]
