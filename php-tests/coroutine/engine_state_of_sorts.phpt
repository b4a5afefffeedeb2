--TEST--
sorts in several coroutines at a time: each keeps its own comparison while that waits, is preempted, or destroys what waits
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

final class Text
{
    public function __construct(private string $text)
    {
    }

    public function __toString(): string
    {
        Coroutine::sleep(0.001);
        return $this->text;
    }
}

final class Waits
{
    public function __destruct()
    {
        Coroutine::sleep(0.001);
    }
}

function sorts(Closure $pause): array
{
    return [
        'usort' => function (int $sign) use ($pause) {
            $list = [3, 1, 5, 2, 4];
            usort($list, function ($a, $b) use ($sign, $pause) { $pause(); return $sign * ($a <=> $b); });
            return $list;
        },
        'uasort' => function (int $sign) use ($pause) {
            $list = ['a' => 3, 'b' => 1, 'c' => 2];
            uasort($list, function ($a, $b) use ($sign, $pause) { $pause(); return $sign * ($a <=> $b); });
            return array_keys($list);
        },
        'uksort' => function (int $sign) use ($pause) {
            $list = ['b' => 1, 'a' => 2, 'c' => 3];
            uksort($list, function ($a, $b) use ($sign, $pause) { $pause(); return $sign * ($a <=> $b); });
            return array_keys($list);
        },
        'nested' => function (int $sign) use ($pause) {
            $list = [[2, 1], [1, 2, 0], [3]];
            usort($list, function ($a, $b) use ($sign, $pause) {
                usort($a, function ($x, $y) use ($pause) { $pause(); return $y <=> $x; });
                $pause();
                return $sign * (count($a) <=> count($b));
            });
            return array_map(count(...), $list);
        },
        'ArrayObject' => function (int $sign) use ($pause) {
            $list = new ArrayObject([2, 3, 1]);
            $list->uasort(function ($a, $b) use ($sign, $pause) { $pause(); return $sign * ($a <=> $b); });
            return array_values($list->getArrayCopy());
        },
        // Two comparisons at a time, one of which the engine has put aside.
        'array_udiff_uassoc' => fn (int $sign) => array_udiff_uassoc(
            ['a' => 1, 'b' => 2, 'c' => 3],
            $sign > 0 ? ['a' => 1] : ['a' => 1, 'c' => 3],
            function ($a, $b) use ($pause) { $pause(); return $a <=> $b; },
            function ($a, $b) use ($pause) { $pause(); return $a <=> $b; },
        ),
        'array_uintersect' => fn (int $sign) => array_values(array_uintersect(
            ['A', 'b', 'C'],
            $sign > 0 ? ['a', 'B'] : ['C'],
            function ($a, $b) use ($pause) { $pause(); return strcasecmp($a, $b); },
        )),
        'array_diff_ukey' => fn (int $sign) => array_diff_ukey(
            ['x' => 1, 'y' => 2],
            $sign > 0 ? ['X' => 0] : ['Y' => 0],
            function ($a, $b) use ($pause) { $pause(); return strcasecmp($a, $b); },
        ),
    ];
}

function in_pairs(string $title, Closure $pause): void
{
    foreach (sorts($pause) as $name => $sort) {
        // What it is when nobody waits.
        $alone = array_map(sorts(fn () => null)[$name], [1, -1]);
        $together = [];
        $GLOBALS['turns'] = $GLOBALS['done'] = 0;
        run(function () use ($sort, &$together) {
            foreach ([1, -1] as $key => $sign) {
                go(function () use ($sort, $key, $sign, &$together) {
                    try {
                        $together[$key] = $sort($sign);
                    } catch (Error $e) {
                        $together[$key] = $e->getMessage();
                    }
                    $GLOBALS['done']++;
                });
            }
        });
        ksort($together);
        echo "$title, $name: ", $together === $alone ? 'right' : json_encode([$together, $alone]), "\n";
    }
}

in_pairs('waits', fn () => Coroutine::sleep(0.001));
in_pairs('waits in a destructor', function () { $x = new Waits(); unset($x); });
Coroutine::set(['enable_preemptive_scheduler' => true]);
in_pairs('preempted', function () {
    // Busy until the other one runs, a few times.
    for ($mine = ++$GLOBALS['turns']; $mine < 5 && $GLOBALS['turns'] === $mine && $GLOBALS['done'] === 0;);
});
Coroutine::set(['enable_preemptive_scheduler' => false]);

// What array_multisort() keeps cannot be carried: one after the other.
run(function () {
    $results = [];
    foreach ([SORT_ASC, SORT_DESC] as $order) {
        go(function () use ($order, &$results) {
            $texts = array_map(fn ($text) => new Text($text), ['b', 'c', 'a']);
            $with = [2, 3, 1];
            array_multisort($texts, $order, SORT_STRING, $with);
            $results[$order] = $with;
        });
    }
    while (count($results) < 2) {
        Coroutine::sleep(0.001);
    }
    echo 'array_multisort: ', json_encode([$results[SORT_ASC], $results[SORT_DESC]]), "\n";
});
$nested = new class {
    public function __toString(): string
    {
        array_multisort($GLOBALS['other']);
        return '';
    }
};
$other = [2, 1];
try {
    $list = ['a', $nested];
    array_multisort($list, SORT_STRING);
} catch (Swoole\Error $e) {
    echo $e->getMessage(), "\n";
}
array_multisort($other);
echo json_encode($other), "\n";
?>
--EXPECT--
waits, usort: right
waits, uasort: right
waits, uksort: right
waits, nested: right
waits, ArrayObject: right
waits, array_udiff_uassoc: right
waits, array_uintersect: right
waits, array_diff_ukey: right
waits in a destructor, usort: right
waits in a destructor, uasort: right
waits in a destructor, uksort: right
waits in a destructor, nested: right
waits in a destructor, ArrayObject: right
waits in a destructor, array_udiff_uassoc: right
waits in a destructor, array_uintersect: right
waits in a destructor, array_diff_ukey: right
preempted, usort: right
preempted, uasort: right
preempted, uksort: right
preempted, nested: right
preempted, ArrayObject: right
preempted, array_udiff_uassoc: right
preempted, array_uintersect: right
preempted, array_diff_ukey: right
array_multisort: [[1,2,3],[3,2,1]]
array_multisort() is called in a comparison of array_multisort()
[1,2]
