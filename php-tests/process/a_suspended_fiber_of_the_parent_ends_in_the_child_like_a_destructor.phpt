--TEST--
a Fiber that the parent has suspended is destructed in the child, with its finally, as PHP and Swoole do; nothing after it runs
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$main = getmypid();
function here(): string
{
    return getmypid() === $GLOBALS['main'] ? 'parent' : 'child';
}
$fiber = new Fiber(function () {
    try {
        Fiber::suspend();
        echo here(), ": resumed\n";
    } finally {
        echo here(), ": finally\n";
    }
});
$fiber->start();
foreach (['returns' => fn () => 1, 'exits' => fn () => exit(3), 'exits by Process->exit()' => fn (Process $p) => $p->exit(4)] as $how => $callback) {
    echo "--- the child $how\n";
    (new Process($callback, false, 0))->start();
    echo ending(Process::wait()), "\n";
}
echo "--- the child resumes it\n";
(new Process(function () use ($fiber) {
    $fiber->resume();
}, false, 0))->start();
echo ending(Process::wait()), "\n--- the parent goes on\n";
$fiber->resume();
?>
--EXPECT--
--- the child returns
child: finally
code 0
--- the child exits
child: finally
code 3
--- the child exits by Process->exit()
code 4
--- the child resumes it
child: resumed
child: finally
code 0
--- the parent goes on
parent: resumed
parent: finally
