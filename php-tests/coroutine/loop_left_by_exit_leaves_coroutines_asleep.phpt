--TEST--
what sleeps or waits when the loop is left sleeps for ever, and is released at the end of the request
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\run;
class Noisy { public function __destruct() { echo "released\n"; } }
Coroutine::set(['enable_deadlock_check' => false]);
$p = new Process(fn (Process $p) => $p->read());
$p->start();
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
foreach ([fn () => Coroutine::sleep(100), fn () => System::waitSignal(SIGUSR1), fn () => System::wait(), fn () => System::waitPid($p->pid),
          fn () => System::waitEvent($a)] as $f) {
    go(function () use ($f) { $o = new Noisy; $f(); echo "not reached\n"; });
}
Timer::after(1, fn () => Event::exit());
Event::wait();
echo "left\n";
run(function () { Coroutine::sleep(0.001); echo "the loop can run again\n"; });
$p->write('end');
var_dump(Process::wait()['code'], Coroutine::stats()['coroutine_num']);
echo "end\n";
?>
--EXPECT--
left
the loop can run again
int(0)
int(5)
end
released
released
released
released
released
