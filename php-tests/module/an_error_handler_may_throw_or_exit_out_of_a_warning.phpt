--TEST--
an error handler that throws or exits out of a warning of the toolkit, in the parent and in a child
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$calls = [
    'read' => fn (Process $p) => $p->read(0),
    'write' => fn (Process $p) => $p->write(''),
    'push' => fn (Process $p) => $p->push(''),
    'useQueue' => fn (Process $p) => $p->useQueue(PHP_INT_MAX),
    'exec' => fn (Process $p) => $p->exec('/no/such/file', ['x']),
    'exec with an array' => fn (Process $p) => $p->exec('/bin/true', ['x', []]),
    'close' => fn (Process $p) => $p->close(77),
    'exit' => fn (Process $p) => $p->exit(300),
    'kill' => fn (Process $p) => Process::kill(getmypid(), 65),
    'daemon' => fn (Process $p) => Process::daemon(pipes: ['x']),
    'setAffinity' => fn (Process $p) => Process::setAffinity([-1]),
    'swoole_async_set' => fn (Process $p) => swoole_async_set(['socket_buffer_size' => 0]),
];
foreach ($calls as $name => $call) {
    foreach (['throws' => fn () => throw new ErrorException('thrown'), 'exits' => fn () => exit(6)] as $how => $handler) {
        $p = new Process(function (Process $p) use ($call, $handler) {
            set_error_handler($handler);
            try {
                $call($p);
                echo 'nothing happened, ';
            } catch (ErrorException $e) {
                echo $e->getMessage(), ', ';
            }
            exit(5);
        });
        echo "$name, $how: ";
        $p->start();
        echo ending(Process::wait()), "\n";
    }
}
?>
--EXPECT--
read, throws: thrown, code 5
read, exits: code 6
write, throws: thrown, code 5
write, exits: code 6
push, throws: thrown, code 5
push, exits: code 6
useQueue, throws: thrown, code 5
useQueue, exits: code 6
exec, throws: thrown, code 5
exec, exits: code 6
exec with an array, throws: thrown, code 5
exec with an array, exits: code 6
close, throws: thrown, code 5
close, exits: code 6
exit, throws: code 1
exit, exits: code 1
kill, throws: thrown, code 5
kill, exits: code 6
daemon, throws: thrown, code 5
daemon, exits: code 6
setAffinity, throws: thrown, code 5
setAffinity, exits: code 6
swoole_async_set, throws: thrown, code 5
swoole_async_set, exits: code 6
