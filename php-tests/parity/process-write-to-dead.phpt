--TEST--
write() to a child that has ended: with the other end closed it fails with a warning and no signal; with it open it succeeds.
--FILE--
<?php
// Pins: write() to a child that has ended: with the other end closed it fails with a warning and no signal; with it open it succeeds.
// Status: documented in part; the text is accidental.
use Swoole\Process;
foreach ([Process::PIPE_TYPE_STREAM, Process::PIPE_TYPE_DGRAM] as $type) {
    $p = new Process(fn () => null, false, $type);
    $p->start();
    Process::wait();
    var_dump($p->write('the parent still has both ends'));
    $p = new Process(fn () => null, false, $type);
    $p->start();
    Process::wait();
    $p->close(Process::PIPE_WORKER);
    set_error_handler(function ($n, $m) use ($type) { echo "[$n] ", $type === 1 ? $m : preg_replace('/Error: .*/', 'Error: ...', $m), "\n"; return true; });
    var_dump($p->write('nobody is there'));
    restore_error_handler();
}
--EXPECT--
int(30)
[2] Swoole\Process::write(): write() failed, Error: Broken pipe[32]
bool(false)
int(30)
[2] Swoole\Process::write(): write() failed, Error: ...
bool(false)
