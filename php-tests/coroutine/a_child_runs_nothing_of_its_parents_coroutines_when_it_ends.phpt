--TEST--
Coroutine: a child that ends while coroutines of its parent wait runs nothing of them: no finally, no deferred call, no output
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Coroutine, Process};
require __DIR__ . '/../support.inc';
error_reporting(E_ALL & ~E_DEPRECATED);
define('MAIN', posix_getpid());

function where(): string
{
    return posix_getpid() === MAIN ? 'parent' : 'child';
}

final class Told
{
    public function __construct(private string $name)
    {
    }

    public function __destruct()
    {
        echo "$this->name is destroyed in the ", where(), "\n";
    }
}

function told(): Generator
{
    try {
        yield 1;
        Coroutine::yield();
    } finally {
        echo 'finally of the generator in the ', where(), "\n";
    }
}

$cids = [];
$cids[] = Coroutine::create(function () {
    Coroutine::defer(fn () => print('deferred call in the ' . where() . "\n"));
    $told = new Told('object');
    ob_start(fn ($text) => "[$text in the " . where() . "]\n");
    echo 'output';
    try {
        Coroutine::yield();
    } finally {
        ob_end_flush();
        echo 'finally in the ', where(), "\n";
    }
});
$cids[] = Coroutine::create(function () {
    $fiber = new Fiber(function () {
        $text = [str_repeat('x', 100)];
        foreach (told() as $value) {
        }
    });
    $fiber->start();
});
$cids[] = Coroutine::create(fn () => array_map(fn () => new ArrayObject([Coroutine::suspend()]), [1, 2]));
$channel = new Coroutine\Channel();
$cids[] = Coroutine::create(fn () => $channel->push([new Told('value')]));
$cids[] = Coroutine::create(fn () => Coroutine\System::waitSignal(SIGUSR1));
$cids[] = Coroutine::create(function () {
    [$a] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0);
    $a->recv();
});
$cids[] = Coroutine::create(fn () => Coroutine::join([1]));

echo "a child of start()\n";
$process = new Process(fn () => print("callback\n"));
$process->start();
echo ending(Process::wait()), "\na child of pcntl_fork()\n";
if (pcntl_fork() === 0) {
    Coroutine::create(fn () => Coroutine::sleep(0.001));
    exit(3);
}
echo ending(Process::wait()), "\na child of a coroutine\n";
Coroutine::create(function () {
    if (pcntl_fork() === 0) {
        Coroutine::sleep(0.001);
        echo "slept\n";
        return;
    }
    echo ending(Process::wait()), "\nthe parent\n";
});
if (where() === 'parent') {
    Coroutine::resume(1);
    // Whatever they held is released now, and nothing waits any more.
    foreach ($cids as $cid) {
        @Coroutine::cancel($cid) || @Coroutine::resume($cid);
    }
    Coroutine::resume($cids[2]);
    $channel->close();
}
echo 'end of the ', where(), "\n";
?>
--EXPECT--
a child of start()
callback
value is destroyed in the child
object is destroyed in the child
code 0
a child of pcntl_fork()
value is destroyed in the child
object is destroyed in the child
code 3
a child of a coroutine
end of the child
slept
value is destroyed in the child
object is destroyed in the child
code 0
the parent
[output in the parent]
finally in the parent
object is destroyed in the parent
deferred call in the parent
finally of the generator in the parent
end of the parent
value is destroyed in the parent
