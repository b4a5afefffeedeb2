--TEST--
isAlive(), join(), terminate() and exitStream() before a start, in the child itself, and in other processes
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
function all(Process $p): void
{
    var_dump($p->isAlive(), $p->join(), $p->terminate(), $p->exitStream());
}
echo "before a start\n";
$p = new Process(function (Process $p) {
    $p->read();
    echo "in the child\n";
    all($p);
    $p->write('done');
    $p->read();
});
all($p);
var_dump(Process::lastUsage());
$p->start();

$sibling = new Process(function () use ($p) {
    echo "in a sibling\n";
    all($p);
});
$sibling->start();
echo ending($sibling->join()), "\n";

$fork = pcntl_fork();
if (!$fork) {
    echo "after pcntl_fork()\n";
    all($p);
    exit(0);
}
pcntl_waitpid($fork, $status);
$p->write('go');
$p->read();
$p->write('end');
echo ending($p->join()), "\n";

echo "wrong arguments\n";
var_dump($p->terminate(1, 0), $p->terminate(1, 65), $p->terminate(1, PHP_INT_MAX));
foreach ([fn () => $p->join('soon'), fn () => $p->join(1, 2), fn () => $p->terminate(group: []),
    fn () => (new ReflectionClass('Swoole\Process'))->newInstanceWithoutConstructor()->isAlive()] as $call) {
    try {
        var_dump($call());
    } catch (Error $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
?>
--EXPECTF--
before a start

Warning: Swoole\Process::join(): the process has not been started in %s on line %d

Warning: Swoole\Process::terminate(): the process has not been started in %s on line %d

Warning: Swoole\Process::exitStream(): the process has not been started in %s on line %d
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
in a sibling

Warning: Swoole\Process::join(): the process is not a child of this process in %s on line %d

Warning: Swoole\Process::terminate(): the process is not a child of this process in %s on line %d

Warning: Swoole\Process::exitStream(): the process is not a child of this process in %s on line %d
bool(true)
bool(false)
bool(false)
bool(false)
code 0
after pcntl_fork()

Warning: Swoole\Process::join(): the process is not a child of this process in %s on line %d

Warning: Swoole\Process::terminate(): the process is not a child of this process in %s on line %d

Warning: Swoole\Process::exitStream(): the process is not a child of this process in %s on line %d
bool(true)
bool(false)
bool(false)
bool(false)
in the child

Warning: Swoole\Process::join(): the process is not a child of this process in %s on line %d

Warning: Swoole\Process::terminate(): the process is not a child of this process in %s on line %d

Warning: Swoole\Process::exitStream(): the process is not a child of this process in %s on line %d
bool(true)
bool(false)
bool(false)
bool(false)
code 0
wrong arguments

Warning: Swoole\Process::terminate(): invalid signal number [0] in %s on line %d

Warning: Swoole\Process::terminate(): invalid signal number [65] in %s on line %d

Warning: Swoole\Process::terminate(): invalid signal number [%d] in %s on line %d
bool(false)
bool(false)
bool(false)
TypeError: Swoole\Process::join(): Argument #1 ($timeout) must be of type float, string given
ArgumentCountError: Swoole\Process::join() expects at most 1 argument, 2 given
TypeError: Swoole\Process::terminate(): Argument #3 ($group) must be of type bool, array given
Swoole\Error: must call constructor first
