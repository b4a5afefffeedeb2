--TEST--
Scheduler: add, parallel, order of the tasks, options, start twice, start inside a coroutine.
--FILE--
<?php
// Pins: Scheduler: add, parallel, order of the tasks, options, start twice, start inside a coroutine.
// Status: documented; the texts are accidental.
use Swoole\Coroutine;
use Swoole\Coroutine\Scheduler;
$s = new Scheduler();
var_dump($s->getOptions());
$s->set(['max_coroutine' => 50]);
var_dump($s->getOptions());
$s->add(function ($a, $b) { echo "task 1 $a $b\n"; Coroutine::sleep(0.03); echo "task 1 ends\n"; }, 'x', 'y');
$s->parallel(3, function ($p) { static $n = 0; echo "parallel $p ", ++$n, "\n"; }, 'p');
$s->add(fn () => print("task 2\n"));
echo "nothing ran yet\n";
var_dump($s->start());
var_dump($s->start());
$s->add(fn () => print("second round\n"));
var_dump($s->start());
Coroutine\run(function () {
    $t = new Scheduler();
    $t->add(fn () => print("nested\n"));
    try {
        var_dump($t->start());
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
});
--EXPECTF--
NULL
array(1) {
  ["max_coroutine"]=>
  int(50)
}
nothing ran yet
task 1 x y
parallel p 1
parallel p 2
parallel p 3
task 2
task 1 ends
bool(true)

Warning: Swoole\Coroutine\Scheduler::start(): no coroutine task in %s on line %d
bool(false)

Warning: Swoole\Coroutine\Scheduler::add(): scheduler is running, unable to execute Swoole\Coroutine\Scheduler->add in %s on line %d

Warning: Swoole\Coroutine\Scheduler::start(): scheduler is started, unable to execute Swoole\Coroutine\Scheduler->start in %s on line %d
bool(false)
nested

Fatal error: Swoole\Coroutine\Scheduler::start(): Unable to call Event::wait() in coroutine in %s on line %d
