--TEST--
swoole.display_errors: Off silences the toolkit's warnings, not its results, exceptions and error codes; it is read at each call
--INI--
swoole.display_errors=Off
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
set_error_handler(fn (int $type, string $message) => print("$message\n"));
$p = new Process(function (Process $p) {
    $p->exit(300);
}, false, 0);
var_dump($p->read(), $p->write(''), $p->push('x'), $p->exit(1), Process::kill(getmypid(), 65), swoole_errno(), Process::setAffinity([-1]));
$p->start();
var_dump($p->start());
echo ending(Process::wait()), "\n";
try {
    $p->__construct(fn () => 0);
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}
foreach (['1', 'yes', 'On', '0', 'no', ''] as $value) {
    ini_set('swoole.display_errors', $value);
    echo json_encode($value), ': ', json_encode($p->read()), "\n";
}
?>
--EXPECT--
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
int(22)
bool(false)
bool(false)
code 1
Constructor of Swoole\Process can only be called once
"1": Swoole\Process::read(): no pipe, cannot read from pipe
false
"yes": Swoole\Process::read(): no pipe, cannot read from pipe
false
"On": Swoole\Process::read(): no pipe, cannot read from pipe
false
"0": false
"no": false
"": false
