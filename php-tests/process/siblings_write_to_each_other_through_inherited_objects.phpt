--TEST--
siblings write to each other through the objects they inherited, whichever was started first
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $second = null;
    $first = new Process(function (Process $p) use (&$second) {
        $line = $p->read();
        $second->write("first was told: $line");
        exit(1);
    }, false, $type);
    $second = new Process(function (Process $p) use ($first) {
        $first->write('hello from the second');
        $line = $p->read();
        $p->write("second was told: $line");
        exit(2);
    }, false, $type);
    $first->start();
    $second->start();
    echo "$name, ", $second->read(), "\n";
    $ends = [ending(Process::wait()), ending(Process::wait())];
    sort($ends);
    // Whoever still held an end of the other would keep it from ending.
    echo implode(', ', $ends), ', ', json_encode([$first->read(), $second->read()]), "\n";
}
?>
--EXPECT--
stream, second was told: first was told: hello from the second
code 1, code 2, ["",""]
message, second was told: first was told: hello from the second
code 1, code 2, ["",""]
