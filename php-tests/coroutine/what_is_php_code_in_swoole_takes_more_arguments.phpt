--TEST--
WaitGroup, Barrier, batch(): in Swoole they are PHP code, which takes more arguments than it names
--SKIPIF--
<?php
if (PHP_DEBUG) {
    die('skip a debug build of PHP does not let built-in functions do so');
}
?>
--FILE--
<?php
use Swoole\Coroutine\WaitGroup;
use function Swoole\Coroutine\{run, go, defer, batch};
run(function () {
    $group = new WaitGroup(1, 'more');
    go(function () use ($group) {
        // A deferred call gets what its coroutine has returned.
        defer([$group, 'done']);
        return 'a result';
    });
    $group->add(2, 'more');
    array_map([$group, 'done'], [1, 2], [3, 4]);
    var_dump($group->wait(1, 'more'), $group->count('more'), batch([fn () => 5], 1, 'more'));
});
?>
--EXPECT--
bool(true)
int(0)
array(1) {
  [0]=>
  int(5)
}
