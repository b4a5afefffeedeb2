--TEST--
a reply can be read although the child died without reading all its input; then the pipe is at its end
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    foreach (['running' => false, 'reaped' => true] as $state => $reaped) {
        $p = new Process(function (Process $p) {
            $p->write('reply');
            exit(3);
        }, false, $type);
        $p->write('never read');
        $p->start();
        $reaped && print(ending(Process::wait()) . ', ');
        echo "$name, $state: ", json_encode([$p->read(), $p->read(), $p->read()]), "\n";
        $reaped || print(ending(Process::wait()) . "\n");
    }
}
?>
--EXPECT--
stream, running: ["reply","",""]
code 3
code 3, stream, reaped: ["reply","",""]
message, running: ["reply","",""]
code 3
code 3, message, reaped: ["reply","",""]
