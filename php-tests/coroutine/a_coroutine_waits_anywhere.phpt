--TEST--
Coroutine: gives way inside of generators, Fibers, callbacks of built-in functions, iterators, __get, sorting and includes
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};

class Slow implements IteratorAggregate, Countable, ArrayAccess
{
    public function __get(string $name): string { Coroutine::sleep(0.001); return "got $name"; }
    public function __toString(): string { Coroutine::sleep(0.001); return 'text'; }
    public function getIterator(): Iterator { foreach ([1, 2] as $n) { Coroutine::sleep(0.001); yield $n; } }
    public function count(): int { Coroutine::sleep(0.001); return 7; }
    public function offsetExists(mixed $o): bool { Coroutine::sleep(0.001); return true; }
    public function offsetGet(mixed $o): mixed { Coroutine::sleep(0.001); return $o; }
    public function offsetSet(mixed $o, mixed $v): void { Coroutine::sleep(0.001); }
    public function offsetUnset(mixed $o): void { Coroutine::sleep(0.001); }
}

$bodies = [
    'array_map' => fn () => array_map(function ($n) { Coroutine::sleep(0.001); return $n * 2; }, [1, 2, 3]),
    'usort' => function () { $a = [3, 1, 2]; usort($a, function ($x, $y) { Coroutine::sleep(0.001); return $x <=> $y; }); return $a; },
    'preg_replace_callback' => fn () => preg_replace_callback('/\d/', function ($m) { Coroutine::sleep(0.001); return $m[0] + 1; }, 'a1b2'),
    'generator' => fn () => iterator_to_array((function () { yield 1; Coroutine::sleep(0.001); yield 2; yield from (function () { Coroutine::sleep(0.001); yield 3; })(); })(), false),
    'magic' => fn () => [(new Slow())->name, (string) new Slow(), count(new Slow()), (new Slow())['key'], isset((new Slow())['x'])],
    'iterator' => fn () => iterator_to_array(new Slow()),
    'fiber' => function () {
        $fiber = new Fiber(function ($first) {
            Coroutine::sleep(0.001);
            $second = Fiber::suspend("$first, ");
            Coroutine::sleep(0.001);
            return "$second!";
        });
        $out = $fiber->start('hello');
        Coroutine::sleep(0.001);
        $fiber->resume('world');
        return $out . $fiber->getReturn();
    },
    'reflection' => fn () => (new ReflectionFunction(function ($n) { Coroutine::sleep(0.001); return $n; }))->invoke('invoked'),
    'json' => fn () => json_encode(new class implements JsonSerializable { public function jsonSerialize(): mixed { Coroutine::sleep(0.001); return 'serialized'; } }),
    'finally' => function () { try { return 'tried'; } finally { Coroutine::sleep(0.001); } },
    'silence' => fn () => @(function () { Coroutine::sleep(0.001); return (string) error_reporting(); })(),
];
run(function () use ($bodies) {
    $results = [];
    foreach ($bodies as $name => $body) {
        $cids[] = go(function () use ($name, $body, &$results) {
            for ($i = 0; $i < 3; $i++) {
                $results[$name][] = $body();
            }
        });
    }
    Coroutine::join($cids);
    foreach ($bodies as $name => $_) {
        $three = array_unique(array_map('json_encode', $results[$name]));
        echo "$name: ", implode(' or ', $three), ' ', count($results[$name]), "\n";
    }
});
?>
--EXPECT--
array_map: [2,4,6] 3
usort: [1,2,3] 3
preg_replace_callback: "a2b3" 3
generator: [1,2,3] 3
magic: ["got name","text",7,"key",true] 3
iterator: [1,2] 3
fiber: "hello, world!" 3
reflection: "invoked" 3
json: "\"serialized\"" 3
finally: "tried" 3
silence: "4437" 3
