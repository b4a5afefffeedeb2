--TEST--
after exec() without a redirect read() gives what was written before, and '' when the program ends
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $p = new Process(function (Process $p) {
        $p->write('now the program');
        $p->exec('/bin/sleep', ['0.2']);
    }, false, $type);
    $start = hrtime(true);
    $p->start();
    echo "$name: ", json_encode([$p->read(), $p->read()]), hrtime(true) - $start > 190e6 ? ', not before its end, ' : ', too early, ';
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
stream: ["now the program",""], not before its end, code 0
message: ["now the program",""], not before its end, code 0
