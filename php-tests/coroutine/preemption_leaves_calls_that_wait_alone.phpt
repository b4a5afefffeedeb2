--TEST--
the clock interrupts no call that waits, nor does it collide with alarms
--FILE--
<?php
use Swoole\{Coroutine, Event, Process};
use function Swoole\Coroutine\{run, go};
Coroutine::set(['enable_preemptive_scheduler' => true, 'hook_flags' => 0]);
run(function () {
    $left = 0;
    for ($i = 0; $i < 20; $i++) {
        $r = time_nanosleep(0, 3000000);
        $left += is_array($r) ? 1 : 0;
    }
    var_dump($left);
    $busy = true;
    Process::signal(SIGALRM, function () use (&$busy) { echo "alarm\n"; $busy = false; Process::alarm(-1); Process::signal(SIGALRM, null); });
    Process::alarm(2000);
    go(function () use (&$busy) {
        while ($busy) {
        }
        echo "not busy any more\n";
    });
});
?>
--EXPECT--
int(0)
alarm
not busy any more
