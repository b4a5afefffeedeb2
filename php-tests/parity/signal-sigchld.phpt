--TEST--
SIGCHLD handler with a wait(false) loop reaps every child; one signal may stand for several children.
--EXTENSIONS--
pcntl
--FILE--
<?php
// Pins: SIGCHLD handler with a wait(false) loop reaps every child; one signal may stand for several children.
// Status: documented.
use Swoole\{Process, Event, Timer};
$left = 5;
$codes = [];
Process::signal(SIGCHLD, function () use (&$left, &$codes) {
    while ($r = Process::wait(false)) {
        $codes[] = $r['code'];
        $left--;
    }
});
$keep = Timer::tick(20, function ($id) use (&$left) {
    if ($left === 0) {
        Timer::clear($id);
    }
});
for ($i = 1; $i <= 5; $i++) {
    $p = new Process(function () use ($i) { usleep($i % 2 * 60000); exit($i); }, false, 0);
    $p->start();
}
Event::wait();
sort($codes);
echo implode(',', $codes), " left $left\n";
var_dump(Process::wait(false));
--EXPECT--
1,2,3,4,5 left 0
bool(false)
