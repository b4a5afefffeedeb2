--TEST--
getProcess(): of itself and of another worker, the same object each time, pid, pipes for write and read, bad ids.
--CAPTURE_STDIO--
STDIN STDOUT
--FILE--
<?php
// Pins: getProcess(): of itself and of another worker, the same object each time, pid, pipes for write and read, bad ids.
// Status: documented; the texts are accidental.
use Swoole\Process;
use Swoole\Process\Pool;
$log = tempnam(sys_get_temp_dir(), 'pool');
$pool = new Pool(2, SWOOLE_IPC_UNIXSOCK);
$pool->on('WorkerStart', function (Pool $p, int $id) use ($log) {
    if ($id === 0) {
        $me = $p->getProcess();
        $m = $me->read();
        $me->write("worker 0 got: $m");
        sleep(3);
    }
    $other = $p->getProcess(0);
    $me = $p->getProcess(1);
    $out = json_encode([get_class($other), $me === $p->getProcess(), $me->pid === getmypid(), $other->pid !== getmypid(), $me->id]) . "\n";
    $other->write('hello worker 0');
    $out .= $other->read() . "\n";
    set_error_handler(function ($n, $m) use (&$out) { $out .= "[$n] $m\n"; return true; });
    $out .= json_encode($p->getProcess(2)) . "\n";
    file_put_contents($log, $out);
    usleep(50000);
    $p->shutdown();
    sleep(3);
});
$pool->on('Message', fn () => null);
$pool->start();
while (Process::wait()) {
}
echo file_get_contents($log);
unlink($log);
--EXPECT--
["Swoole\\Process",true,true,true,1]
worker 0 got: hello worker 0
[2] Swoole\Process\Pool::getProcess(): invalid worker_id[2]
false
