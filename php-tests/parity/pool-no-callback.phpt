--TEST--
start() without the callback that the ipc type needs is a fatal error; WorkerExit needs coroutines.
--FILE--
<?php
// Pins: start() without the callback that the ipc type needs is a fatal error; WorkerExit needs coroutines.
// Status: documented; the texts are accidental.
use Swoole\Process;
use Swoole\Process\Pool;
function run(callable $f) { $p = new Process($f, false, 0); $p->start(); $r = Process::wait(); echo "code={$r['code']} signal={$r['signal']}\n"; }
run(function () { $p = new Pool(1, SWOOLE_IPC_UNIXSOCK); $p->start(); echo "not reached\n"; });
run(function () { $p = new Pool(1, SWOOLE_IPC_NONE, 0, true); $p->start(); echo "not reached\n"; });
run(function () {
    $p = new Pool(1);
    $p->on('WorkerStart', fn () => null);
    $p->on('WorkerExit', fn () => null);
    try {
        $p->start();
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), ' ', $e->getCode(), "\n";
    }
});
--EXPECTF--

Fatal error: Swoole\Process\Pool::start(): require 'onMessage' callback in %s on line %d
code=255 signal=0

Fatal error: Swoole\Process\Pool::start(): require 'onWorkerStart' callback in %s on line %d
code=255 signal=0
Swoole\Exception: cannot set `onWorkerExit` without enable_coroutine 505
code=0 signal=0
