--TEST--
every kind of callable may be the callback; it gets the Process object as its only argument; a private method fails at construction.
--FILE--
<?php
// Pins: every kind of callable may be the callback; it gets the Process object as its only argument; a private method fails at construction.
// Status: documented.
use Swoole\Process;
class K
{
    public function m(Process $p) { echo 'method ', func_num_args(), "\n"; }
    public static function s(Process $p) { echo 'static ', func_num_args(), "\n"; }
    public function __invoke($p) { echo 'invoke ', get_class($p), "\n"; }
    private function hidden() { }
    public function make() { return new Process([$this, 'hidden'], false, 0); }
}
function plain() { echo 'function ', func_num_args(), "\n"; }
$k = new K();
$by = 'value';
foreach (['plain', [$k, 'm'], ['K', 's'], 'K::s', $k, $k->m(...), fn ($p) => print("arrow $by\n"),
          function () use (&$by) { $by = 'changed in child'; echo "$by\n"; }] as $cb) {
    $p = new Process($cb, false, 0);
    $p->start();
    Process::wait();
}
echo "$by\n";
try {
    new Process([$k, 'hidden'], false, 0);
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
$p = $k->make();
echo "private callback: made\n";
$p = new Process(function (Process $p, $second) { }, false, 0);
$p->start();
$code = Process::wait()['code'];
echo "too few arguments: code $code\n";
--EXPECTF--
function 1
method 1
static 1
static 1
invoke Swoole\Process
method 1
arrow value
changed in child
value
TypeError: Swoole\Process::__construct(): Argument #1 ($callback) must be a valid callback, cannot access private method K::hidden()
private callback: made

Fatal error: Uncaught ArgumentCountError: Too few arguments to function {closure%S}(), 1 passed and exactly 2 expected in %s:%d
Stack trace:
%A
  thrown in %s on line %d
too few arguments: code 255
