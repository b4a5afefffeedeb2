--TEST--
many processes write to one pipe at a time: every message arrives once and whole, those of one writer in their order
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$writers = 6;
$each = 200;
$reader = new Process(function (Process $p) use ($writers, $each) {
    $next = array_fill(0, $writers, 0);
    for ($n = 0; $n < $writers * $each; $n++) {
        [$writer, $number, $text] = explode(' ', $p->read(), 3);
        if ((int) $number !== $next[$writer]++ || $text !== str_repeat($writer, 1 + $number * 7 % 3000)) {
            exit(1);
        }
    }
    $p->write('all ' . array_sum($next));
});
$reader->start();
for ($writer = 0; $writer < $writers; $writer++) {
    (new Process(function () use ($reader, $writer, $each) {
        for ($number = 0; $number < $each; $number++) {
            $reader->write("$writer $number " . str_repeat((string) $writer, 1 + $number * 7 % 3000));
        }
    }, false, 0))->start();
}
echo $reader->read(), "\n";
while ($end = Process::wait()) {
    ending($end) === 'code 0' || print(ending($end) . "\n");
}
?>
--EXPECT--
all 1200
