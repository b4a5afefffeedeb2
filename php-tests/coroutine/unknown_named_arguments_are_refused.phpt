--TEST--
A function that takes any number of arguments refuses named ones that are no parameters, as those of PHP do
--FILE--
<?php
use Swoole\Coroutine\Scheduler;
use Swoole\Timer;

$show = fn (...$arguments) => print json_encode($arguments) . "\n";
$calls = [
    fn () => Swoole\Coroutine::create($show, 1, name: 2),
    fn () => go(name: 2, func: $show),
    fn () => Swoole\Coroutine\run($show, name: 2),
    fn () => (new Scheduler())->add($show, name: 2),
    fn () => (new Scheduler())->parallel(2, $show, name: 2),
    fn () => Timer::after(1, $show, name: 2),
    fn () => swoole_timer_tick(1, $show, name: 2),
    fn () => call_user_func_array([Timer::class, 'after'], ['ms' => 1, 'callback' => $show, 'name' => 2]),
    // Known names are those of parameters.
    fn () => Timer::after(callback: $show, ms: 1),
];
foreach ($calls as $call) {
    try {
        $call();
    } catch (Error $error) {
        echo get_class($error), ': ', $error->getMessage(), "\n";
    }
}
Swoole\Event::wait();
?>
--EXPECT--
ArgumentCountError: Swoole\Coroutine::create() does not accept unknown named parameters
ArgumentCountError: go() does not accept unknown named parameters
ArgumentCountError: Swoole\Coroutine\run() does not accept unknown named parameters
ArgumentCountError: Swoole\Coroutine\Scheduler::add() does not accept unknown named parameters
ArgumentCountError: Swoole\Coroutine\Scheduler::parallel() does not accept unknown named parameters
ArgumentCountError: Swoole\Timer::after() does not accept unknown named parameters
ArgumentCountError: swoole_timer_tick() does not accept unknown named parameters
ArgumentCountError: Swoole\Timer::after() does not accept unknown named parameters
[]
