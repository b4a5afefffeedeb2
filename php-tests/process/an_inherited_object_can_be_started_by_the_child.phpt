--TEST--
a child starts an object that its parent made but did not start: the child is the parent then, the own parent may start it too
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    $inner = new Process(function (Process $inner) {
        $inner->write('hello ' . $inner->read());
        exit(7);
    }, false, $type);
    $outer = new Process(function (Process $outer) use ($inner) {
        $number = $inner->pipe;
        $inner->start();
        $inner->write('from the child');
        $line = $inner->read();
        $end = ending(Process::wait());
        $outer->write(json_encode([$line, $end, $inner->read(), $inner->pipe === $number]));
    });
    $outer->start();
    echo $outer->read(), ', ', ending(Process::wait()), ', ';
    $inner->start();
    $inner->write('from the parent');
    echo json_encode([$inner->read(), $inner->read()]), ', ', ending(Process::wait()), ", $name\n";
}
?>
--EXPECT--
["hello from the child","code 7","",true], code 0, ["hello from the parent",""], code 7, stream
["hello from the child","code 7","",true], code 0, ["hello from the parent",""], code 7, message
