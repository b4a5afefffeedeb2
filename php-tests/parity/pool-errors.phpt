--TEST--
constructor arguments, unknown events, operations before start or with the wrong ipc type, shutdown of a pool that does not run.
--FILE--
<?php
// Pins: constructor arguments, unknown events, operations before start or with the wrong ipc type, shutdown of a pool that does not run.
// Status: accidental (texts).
use Swoole\Process\Pool;
$try = function (callable $f) {
    try {
        var_dump($f());
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), ' ', $e->getCode(), "\n";
    }
};
$try(fn () => new Pool());
$try(fn () => new Pool(0));
$try(fn () => new Pool(-3));
$try(fn () => new Pool(1, SWOOLE_IPC_MSGQUEUE, 0, true));
$p = new Pool(2);
$try(fn () => $p->on('Nothing', fn () => null));
$try(fn () => $p->on('Message', fn () => null));
$try(fn () => $p->listen('127.0.0.1', 0));
$try(fn () => $p->sendMessage('x', 0));
$try(fn () => $p->write('x'));
$try(fn () => $p->getProcess());
$try(fn () => $p->detach());
$try(fn () => $p->stop());
$try(fn () => $p->shutdown());
$try(fn () => $p->on('WorkerStart'));
$try(fn () => clone $p);
$try(fn () => serialize($p));
$try(fn () => $p->on('WorkerStart', 'no_such_function'));
--EXPECTF--
ArgumentCountError: Swoole\Process\Pool::__construct() expects at least 1 argument, 0 given 0
Swoole\Exception: the parameter $worker_num must be greater than 0 0
Swoole\Exception: the parameter $worker_num must be greater than 0 0
Error: the parameter $ipc_type must be SWOOLE_IPC_UNIXSOCK when enable coroutine 0

Warning: Swoole\Process\Pool::on(): unknown event type[Nothing] in %s on line %d
bool(false)
Swoole\Exception: cannot set `onMessage` event with ipc_type=0 505

Warning: Swoole\Process\Pool::listen(): unsupported ipc type[0] in %s on line %d
bool(false)

Warning: Swoole\Process\Pool::sendMessage(): process pool is not started. in %s on line %d
bool(false)

Warning: Swoole\Process\Pool::write(): unsupported ipc type[0] in %s on line %d
bool(false)
bool(false)
bool(false)
NULL
Swoole\Exception: The process pool is not started 505
ArgumentCountError: Swoole\Process\Pool::on() expects exactly 2 arguments, 1 given 0
Error: Trying to clone an uncloneable object of class Swoole\Process\Pool 0
Exception: Serialization of 'Swoole\Process\Pool' is not allowed 0

Warning: Swoole\Process\Pool::on(): function 'no_such_function' is not callable in %s on line %d
bool(true)
