--TEST--
Atomic: numbers that come and go leave no memory, and no file
--FILE--
<?php
use Swoole\Atomic;
use Swoole\Atomic\Long;

/** How many mappings of shared memory this process has. */
function mappings(): int
{
    return preg_match_all('~ /dev/zero \(deleted\)$~m', file_get_contents('/proc/self/maps'));
}

$kept = [new Atomic(1), new Long(1)];
$before = mappings();
$files = scandir('/dev/shm');
for ($i = 0; $i < 20000; $i++) {
    $a = new Atomic($i);
    $l = new Long($i);
    if ($a->get() !== $i || $l->add() !== $i + 1) {
        echo "wrong\n";
    }
}
unset($a, $l);
var_dump(mappings() - $before <= 2, array_diff(scandir('/dev/shm'), $files) === []);
$many = array_map(fn (int $i) => new Atomic($i), range(0, 9999));
var_dump(array_sum(array_map(fn (Atomic $a) => $a->get(), $many)) === 49995000, mappings() - $before < 200);
unset($many);
var_dump(mappings() - $before <= 2, $kept[0]->get());
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
int(1)
