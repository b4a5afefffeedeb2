--TEST--
a coroutine may give way inside callbacks of internal functions, generators, magic methods and included code.
--FILE--
<?php
// Pins: a coroutine may give way inside callbacks of internal functions, generators, magic methods and included code.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
class M
{
    public function __toString(): string { Coroutine::sleep(0.002); return 'string'; }
    public function __get($n) { Coroutine::sleep(0.002); return "get $n"; }
    public function __call($n, $a) { Coroutine::sleep(0.002); return "call $n"; }
    public function offset() { return new class implements ArrayAccess, IteratorAggregate, Countable {
        public function offsetExists($o): bool { Coroutine::sleep(0.001); return true; }
        public function offsetGet($o): mixed { Coroutine::sleep(0.001); return "offset $o"; }
        public function offsetSet($o, $v): void { }
        public function offsetUnset($o): void { }
        public function getIterator(): Iterator { foreach ([1, 2] as $x) { Coroutine::sleep(0.001); yield $x; } }
        public function count(): int { Coroutine::sleep(0.001); return 9; }
    }; }
}
run(function () {
    $ticks = 0;
    $done = false;
    go(function () use (&$ticks, &$done) { while (!$done) { $ticks++; Coroutine::sleep(0.002); } });
    $s = fn ($x) => [Coroutine::sleep(0.002), $x][1];
    echo implode(',', array_map(fn ($x) => $s($x) * 2, [1, 2, 3])), "\n";
    $a = [3, 1, 2];
    usort($a, fn ($x, $y) => $s($x) <=> $s($y));
    echo implode(',', $a), ' ', array_reduce([1, 2, 3], fn ($c, $x) => $c + $s($x), 0), "\n";
    echo preg_replace_callback('/\d/', fn ($m) => $s($m[0]) + 1, 'a1b2'), "\n";
    $g = (function () use ($s) { yield $s('g1'); yield from [$s('g2'), 'g3']; return 'r'; })();
    echo implode(',', iterator_to_array($g, false)), ' ', $g->getReturn(), "\n";
    $m = new M();
    echo "$m {$m->x} {$m->y()}", ' ', $m->offset()['k'], ' ', implode(',', iterator_to_array($m->offset())), ' ', count($m->offset()), "\n";
    echo call_user_func_array($s, ['cufa']), ' ', (new ReflectionFunction($s))->invoke('reflection'), ' ', eval('Swoole\Coroutine::sleep(0.002); return "eval";'), "\n";
    $done = true;
    var_dump($ticks > 5);
});
--EXPECT--
2,4,6
1,2,3 6
a2b3
g1,g2,g3 r
string get x call y offset k 1,2 9
cufa reflection eval
bool(true)
