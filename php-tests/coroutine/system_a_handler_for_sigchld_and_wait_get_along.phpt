--TEST--
a script that handles SIGCHLD may wait for children in coroutines as well, and reaps what is left
--FILE--
<?php
use Swoole\{Coroutine, Process};
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
$codes = [];
Process::signal(SIGCHLD, function () use (&$codes) {
    while ($r = Process::wait(false)) {
        $codes[] = 'handler ' . $r['code'];
    }
});
$processes = [];
foreach ([1, 2] as $code) {
    $p = $processes[] = new Process(function (Process $p) use ($code) { $p->read(); exit($code); });
    $p->start();
}
run(function () use ($processes, &$codes) {
    go(function () use (&$codes) { $codes[] = 'wait ' . System::wait(10)['code']; });
    $processes[0]->write('x');
    while (count($codes) < 1) {
        Coroutine::sleep(0.001);
    }
    $processes[1]->write('x');
    while (count($codes) < 2) {
        Coroutine::sleep(0.001);
    }
});
echo implode(', ', $codes), "\n";
?>
--EXPECT--
wait 1, handler 2
