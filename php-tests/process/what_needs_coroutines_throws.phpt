--TEST--
a coroutine process and exportSocket() throw a Swoole\Error that can be caught, after the checks that come first; nothing is forked
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$by_constructor = new Process(fn () => print("not reached\n"), false, SOCK_DGRAM, true);
$by_set = new Process(fn () => print("reached\n"), false, 0);
$by_set->set(['enable_coroutine' => true, 'unknown' => 1]);
foreach ([$by_constructor, $by_set] as $p) {
    try {
        var_dump($p->start());
    } catch (Swoole\Error $e) {
        echo get_class($e), ': ', $e->getMessage(), ' ', json_encode([$p->pid, Process::wait()]), "\n";
    }
}
$by_set->set([]);
try {
    $by_set->start();
} catch (Swoole\Error $e) {
    echo "an option that is not there changes nothing\n";
}
$by_set->set(['enable_coroutine' => 0]);
$by_set->start();
echo ending(Process::wait()), "\n";
var_dump($by_set->exportSocket());
try {
    $by_constructor->exportSocket();
} catch (Swoole\Error $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
try {
    var_dump(swoole_async_set(['enable_coroutine' => true]));
} catch (Swoole\Error $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
?>
--EXPECTF--
Swoole\Error: enable_coroutine needs coroutines, which this version does not have [null,false]
Swoole\Error: enable_coroutine needs coroutines, which this version does not have [null,false]
an option that is not there changes nothing
reached
code 0

Warning: Swoole\Process::exportSocket(): no pipe, cannot export stream in %s on line %d
bool(false)
Swoole\Error: exportSocket() needs coroutine sockets, which this version does not have

Warning: swoole_async_set(): enable_coroutine needs coroutines, which this version does not have in %s on line %d
bool(false)
