--TEST--
exec() of a path that is missing, not executable or empty: a warning, false, and the child goes on.
--FILE--
<?php
// Pins: exec() of a path that is missing, not executable or empty: a warning, false, and the child goes on.
// Status: documented (false); the texts are accidental.
use Swoole\Process;
$p = new Process(function (Process $p) {
    var_dump($p->exec('/no/such/program', ['x']));
    var_dump($p->exec('/etc', []));
    var_dump($p->exec('', []));
    echo "child goes on\n";
    exit(6);
}, false, 0);
$p->start();
$r = Process::wait();
echo "code={$r['code']} signal={$r['signal']}\n";
--EXPECTF--

Warning: Swoole\Process::exec(): execv(/no/such/program) failed, Error: No such file or directory[2] in %s on line %d
bool(false)

Warning: Swoole\Process::exec(): execv(/etc) failed, Error: Permission denied[13] in %s on line %d
bool(false)

Warning: Swoole\Process::exec(): exec file name is empty in %s on line %d
bool(false)
child goes on
code=6 signal=0
