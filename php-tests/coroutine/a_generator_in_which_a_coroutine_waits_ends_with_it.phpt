--TEST--
Coroutine: waits inside of generators when the script ends; their stacks release them, without their finally blocks
--FILE--
<?php
use Swoole\Coroutine;

final class Noted
{
    public function __construct(private string $name)
    {
    }

    public function __destruct()
    {
        echo "$this->name is destroyed\n";
    }
}

function inner()
{
    $noted = new Noted('inner');
    try {
        yield 1;
        Coroutine::yield();
        yield 2;
    } finally {
        echo "not reached\n";
    }
}

function outer()
{
    $noted = new Noted('outer');
    try {
        yield from (function () {
            yield 0;
            yield from inner();
        })();
    } finally {
        echo "not reached\n";
    }
}

Coroutine::create(function () {
    foreach (outer() as $value) {
        echo "$value\n";
    }
});
Coroutine::create(function () {
    array_map(function ($text) {
        foreach ((function () use ($text) { yield str_repeat($text, 3); yield Coroutine::yield(); })() as $value) {
            echo "$value\n";
        }
    }, ['x']);
});

// One in which nobody waits ends as ever.
$generator = (function () {
    $noted = new Noted('another');
    try {
        yield 1;
    } finally {
        echo "its finally block runs\n";
    }
})();
$generator->current();
Coroutine::set(['enable_deadlock_check' => false]);
echo "end\n";
?>
--EXPECT--
0
1
xxx
end
its finally block runs
another is destroyed
outer is destroyed
inner is destroyed
