--TEST--
with strict_types arguments are not coerced, but int for float
--FILE--
<?php
declare(strict_types=1);
use Swoole\Process;
$p = new Process(fn () => 0);
foreach ([
    fn () => $p->write(12),
    fn () => $p->read('10'),
    fn () => $p->read(10.0),
    fn () => $p->setTimeout('1'),
    fn () => $p->setTimeout(1),
    fn () => $p->setBlocking(1),
    fn () => $p->setBlocking(null),
    fn () => $p->push(1.5),
    fn () => $p->exec('/bin/true', 'x'),
    fn () => Process::wait(0),
    fn () => Process::kill('1', 0),
    fn () => new Process(fn () => 0, 0),
    fn () => new Process(fn () => 0, false, '1'),
    fn () => swoole_strerror('1'),
] as $call) {
    try {
        var_dump($call());
    } catch (TypeError $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
Swoole\Process::write(): Argument #1 ($data) must be of type string, int given
Swoole\Process::read(): Argument #1 ($size) must be of type int, string given
Swoole\Process::read(): Argument #1 ($size) must be of type int, float given
Swoole\Process::setTimeout(): Argument #1 ($seconds) must be of type float, string given
bool(true)
Swoole\Process::setBlocking(): Argument #1 ($blocking) must be of type bool, int given
Swoole\Process::setBlocking(): Argument #1 ($blocking) must be of type bool, null given
Swoole\Process::push(): Argument #1 ($data) must be of type string, float given
Swoole\Process::exec(): Argument #2 ($args) must be of type array, string given
Swoole\Process::wait(): Argument #1 ($blocking) must be of type bool, int given
Swoole\Process::kill(): Argument #1 ($pid) must be of type int, string given
Swoole\Process::__construct(): Argument #2 ($redirect_stdin_and_stdout) must be of type bool, int given
Swoole\Process::__construct(): Argument #3 ($pipe_type) must be of type int, string given
swoole_strerror(): Argument #1 ($errno) must be of type int, string given
