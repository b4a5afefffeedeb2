--TEST--
start() of a running object and of an unreaped one warns and gives false; after it is reaped, by whomever, it works again
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES + ['none' => 0] as $name => $type) {
    echo "--- $name\n";
    $gate = new Process(fn () => 0);
    $p = new Process(function (Process $p) use ($gate) {
        $gate->read();
        exit(9);
    }, false, $type);
    $first = $p->start();
    var_dump($p->start(), $p->pid === $first);
    posix_kill($first, SIGKILL);
    until_ended($first);
    var_dump($p->start(), $p->pid === $first);
    echo ending(Process::wait()), "\n";
    $second = $p->start();
    var_dump($second !== $first && $p->pid === $second);
    posix_kill($second, SIGKILL);
    pcntl_waitpid($second, $status);
    $third = $p->start();
    var_dump($third > 0 && $third !== $second);
    posix_kill($third, SIGKILL);
    Process::wait();
}
// Many runs of one object.
$p = new Process(fn (Process $p) => $p->write((string) $p->read()));
$sockets = sockets();
for ($n = 0; $n < 50; $n++) {
    $p->start();
    $p->write("run $n");
    $p->read() === "run $n" || print("wrong in run $n\n");
    Process::wait();
    $p->read() === '' || print("no end of run $n\n");
}
echo sockets() <= $sockets ? "no descriptor more\n" : "more descriptors\n";
?>
--EXPECTF--
--- stream

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
bool(true)

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
bool(true)
signal 9
bool(true)
bool(true)
--- message

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
bool(true)

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
bool(true)
signal 9
bool(true)
bool(true)
--- none

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
bool(true)

Warning: Swoole\Process::start(): process has already been started in %s on line %d
bool(false)
bool(true)
signal 9
bool(true)
bool(true)
no descriptor more
