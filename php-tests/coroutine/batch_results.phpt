--TEST--
batch(), map(): keys and their order stay, results of every kind; a task may use batch() itself
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, batch, map, parallel};

class Counter
{
    public int $count = 0;

    public function up(): int
    {
        return ++$this->count;
    }
}

run(function () {
    $counter = new Counter();
    $shared = fn () => 'by reference';
    $tasks = ['z' => fn () => null, 7 => fn () => $counter, -1 => [$counter, 'up'], 'a' => 'phpversion', '08' => &$shared];
    $results = batch($tasks);
    echo implode(' ', array_map(fn ($key) => get_debug_type($key) . " $key", array_keys($results))), "\n";
    var_dump($results['z'], $results[7] === $counter, $results[-1], $results['a'] === PHP_VERSION, $results['08']);
    var_dump(is_callable($tasks['z']));
    var_dump(batch([]), map([], fn () => 1));
    echo json_encode(batch(['outer' => fn () => batch(['inner' => function () {
        Coroutine::sleep(0.001);
        return Coroutine::getPcid() > 0;
    }])])), "\n";
    echo json_encode(map(['x' => 1, 5 => 2], fn ($value, $key) => [$key, $value])), "\n";
    echo json_encode(map([3, 4], 'sprintf' === 'x' ? 'x' : fn ($value) => $value ** 2, 10)), "\n";
    parallel(0, fn () => print("not reached\n"));
    parallel(-5, fn () => print("not reached\n"));
    parallel(3, [$counter, 'up']);
    var_dump($counter->count);
});
echo json_encode(batch([fn () => 'without a wait, outside of a coroutine'])), "\n";
try {
    batch([fn () => Coroutine::sleep(0.001)]);
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
Swoole\Event::wait();
?>
--EXPECT--
string z int 7 int -1 string a string 08
NULL
bool(true)
int(1)
bool(true)
string(12) "by reference"
bool(true)
array(0) {
}
array(0) {
}
{"outer":{"inner":true}}
{"x":["x",1],"5":[5,2]}
[9,16]
int(4)
["without a wait, outside of a coroutine"]
API must be called in the coroutine
