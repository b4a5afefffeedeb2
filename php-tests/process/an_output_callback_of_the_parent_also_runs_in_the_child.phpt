--TEST--
buffers that are open at the fork are flushed by the child too, through their callbacks, its own buffers before them
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$main = getmypid();
$tag = fn (string $text): string => (getmypid() === $GLOBALS['main'] ? 'parent' : 'child') . "[$text]";
foreach (['returns' => fn () => 0, 'exits' => fn () => exit(3), 'throws' => fn () => throw new Exception('uncaught'),
    'exits by Process->exit()' => fn (Process $p) => $p->exit(4)] as $how => $do) {
    ini_set('display_errors', 0);
    ob_start($tag);
    ob_start(fn (string $text): string => strtoupper($text));
    echo 'outer';
    (new Process(function (Process $p) use ($do) {
        ob_start(fn (string $text): string => strrev($text));
        echo 'desrever';
        $do($p);
    }, false, 0))->start();
    $end = Process::wait();
    ob_end_flush();
    ob_end_flush();
    echo "\nthe child $how: ", ending($end), "\n";
}
?>
--EXPECT--
child[OUTERREVERSED]parent[OUTER]
the child returns: code 0
child[OUTERREVERSED]parent[OUTER]
the child exits: code 3
child[OUTERREVERSED]parent[OUTER]
the child throws: code 255
parent[OUTER]
the child exits by Process->exit(): code 4
