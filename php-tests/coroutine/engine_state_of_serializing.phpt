--TEST--
serialize() and unserialize() in several coroutines at a time, nested in themselves: each has its own table of references
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

error_reporting(E_ALL & ~E_DEPRECATED);

/** Waits in each of the methods that serializing calls. */
class Slow
{
    public function __construct(public mixed $value = null)
    {
    }

    public function __serialize(): array
    {
        Coroutine::sleep(0.001);
        return [$this->value];
    }

    public function __unserialize(array $data): void
    {
        Coroutine::sleep(0.001);
        [$this->value] = $data;
    }
}

class Sleeps
{
    public mixed $value;

    public function __sleep(): array
    {
        Coroutine::sleep(0.001);
        return ['value'];
    }

    public function __wakeup(): void
    {
        Coroutine::sleep(0.001);
    }
}

/** Shares its table with the one that it is in. */
class Old implements Serializable
{
    public mixed $value = null;

    public function serialize(): string
    {
        Coroutine::sleep(0.001);
        return serialize($this->value);
    }

    public function unserialize(string $data): void
    {
        Coroutine::sleep(0.001);
        $this->value = unserialize($data);
    }
}

function value(): array
{
    $one = new ArrayObject([1]);
    $sleeps = new Sleeps();
    $sleeps->value = $one;
    $old = new Old();
    $old->value = [$one, $sleeps, new Slow($one), $one];
    return [$one, $sleeps, $old, new Slow([$old, $one]), $one];
}

/** Which of the objects in there are one and the same. */
function shape(mixed $value, array &$seen = []): string
{
    if (is_array($value)) {
        return '[' . implode(',', array_map(function ($value) use (&$seen) { return shape($value, $seen); }, $value)) . ']';
    }
    if (!is_object($value)) {
        return (string) $value;
    }
    $number = array_search($value, $seen, true);
    if ($number !== false) {
        return "#$number";
    }
    $seen[] = $value;
    return $value::class . (isset($value->value) ? '(' . shape($value->value, $seen) . ')' : '');
}

$results = [];
$work = function () use (&$results) {
    for ($i = 0; $i < 5; $i++) {
        $text = serialize(value());
        $results["text $text"] ??= 0;
        $results["text $text"]++;
        $shape = shape(unserialize($text));
        $results["shape $shape"] ??= 0;
        $results["shape $shape"]++;
        // Takes the memory of what was freed.
        $GLOBALS['keep'][] = array_map(fn ($n) => str_repeat('A', $n), range(20, 60));
    }
};
run(fn () => go($work));
echo "alone:\n";
foreach ($results as $what => $count) {
    printf("%d %s %s\n", $count, strtok($what, ' '), str_starts_with($what, 'shape') ? substr($what, 6) : strlen($what));
}
$alone = array_keys($results);
$results = [];
run(function () use ($work) {
    for ($i = 0; $i < 4; $i++) {
        go($work);
    }
});
echo "together:\n";
var_dump(array_keys($results) === $alone, array_sum($results));

// One that is cancelled, and one that is unwound, leave the others theirs.
Coroutine::set(['enable_deadlock_check' => false]);
final class Yields
{
    public function __serialize(): array
    {
        Coroutine::yield();
        return [];
    }
}
run(function () {
    $cid = go(function () {
        try {
            serialize([new Slow(1), new Yields()]);
        } catch (Throwable $e) {
            echo $e::class, "\n";
        }
    });
    go(fn () => serialize([[new Slow(1), new Yields()], 1]));
    echo serialize([new Slow(2)]), "\n";
    Coroutine::cancel($cid, true);
    echo serialize([new Slow(3)]), "\n";
});
?>
--EXPECTF--
alone:
5 text %d
5 shape [ArrayObject,Sleeps(#0),Old([#0,#1,Slow(#0),#0]),Slow([#2,#0]),#0]
together:
bool(true)
int(40)
a:1:{i:0;O:4:"Slow":1:{i:0;i:2;}}
Swoole\Coroutine\CanceledException
a:1:{i:0;O:4:"Slow":1:{i:0;i:3;}}
