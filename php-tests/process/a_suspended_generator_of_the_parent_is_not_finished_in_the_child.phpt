--TEST--
a generator that the parent has suspended: its finally does not run in the child, its local objects are destructed there
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$main = getmypid();
function here(): string
{
    return getmypid() === $GLOBALS['main'] ? 'parent' : 'child';
}
class Loud
{
    public function __destruct()
    {
        echo here(), ": destructor\n";
    }
}
function generator(): Generator
{
    $local = new Loud();
    try {
        yield 1;
    } finally {
        echo here(), ": finally\n";
    }
}
$generator = generator();
$generator->current();
foreach ([
    'returns' => fn () => 1,
    'exits' => fn () => exit(3),
    'exits by Process->exit()' => fn (Process $p) => $p->exit(4),
    'returns after it used the generator' => fn () => print(json_encode($generator->valid()) . "\n"),
] as $how => $callback) {
    echo "--- the child $how\n";
    (new Process($callback, false, 0))->start();
    echo ending(Process::wait()), "\n";
}
echo "--- the child finishes it itself\n";
(new Process(function () use ($generator) {
    $generator->next();
}, false, 0))->start();
echo ending(Process::wait()), "\n--- the parent goes on\n";
?>
--EXPECT--
--- the child returns
child: destructor
code 0
--- the child exits
child: destructor
code 3
--- the child exits by Process->exit()
code 4
--- the child returns after it used the generator
true
child: destructor
code 0
--- the child finishes it itself
child: finally
child: destructor
code 0
--- the parent goes on
parent: finally
parent: destructor
