--TEST--
set_exception_handler() gets what a callback lets through, coroutine or not; then the script ends with 255
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
ini_set('display_errors', '0');
$kinds = [
    'defer' => fn (callable $act) => Event::defer($act),
    'timer' => fn (callable $act) => Timer::after(1, $act),
    'cycle' => function (callable $act) {
        Event::defer(fn () => null);
        Event::cycle(function () use ($act) {
            Event::cycle(null);
            $act();
        });
    },
];
$handlers = [
    'returns' => fn () => null,
    'exits' => fn () => exit(3),
    'throws' => fn () => throw new LogicException('from the handler'),
    'is replaced' => fn () => set_exception_handler(fn (Throwable $e) => print("the new one: {$e->getMessage()}\n")),
    'is removed' => fn () => restore_exception_handler(),
];
$child = function (callable $prepare, callable $handle, bool $implicit): void {
    register_shutdown_function(fn () => print("shutdown function\n"));
    set_exception_handler(fn (Throwable $e) => print("the old one: {$e->getMessage()}\n"));
    set_exception_handler(function (Throwable $e) use ($handle) {
        echo get_class($e), ": {$e->getMessage()}\n";
        $handle();
    });
    $prepare(function () {
        Timer::after(1, function () {
            echo "not reached: the loop goes on\n";
        });
        throw new DomainException('from a callback');
    });
    if (!$implicit) {
        try {
            Event::wait();
        } catch (Throwable) {
            echo "not reached: catch\n";
        }
        echo "after the loop\n";
    }
};
foreach ([false, true] as $coroutines) {
    swoole_async_set(['enable_coroutine' => $coroutines]);
    foreach ($kinds as $kind => $prepare) {
        foreach ($handlers as $how => $handle) {
            if ($kind !== 'timer' && $how !== 'returns') {
                continue;
            }
            foreach ([false, true] as $implicit) {
                echo "\n", $coroutines ? 'coroutines, ' : 'plain calls, ', $implicit ? 'after the script, ' : '', "$kind, the handler $how\n";
                $p = new Process(fn () => @$child($prepare, $handle, $implicit), false, 0, false);
                $p->start();
                echo ending(Process::wait()), "\n";
            }
        }
    }
}
?>
--EXPECT--

plain calls, defer, the handler returns
DomainException: from a callback
shutdown function
code 255

plain calls, after the script, defer, the handler returns
shutdown function
DomainException: from a callback
code 255

plain calls, timer, the handler returns
DomainException: from a callback
shutdown function
code 255

plain calls, after the script, timer, the handler returns
shutdown function
DomainException: from a callback
code 255

plain calls, timer, the handler exits
DomainException: from a callback
shutdown function
code 3

plain calls, after the script, timer, the handler exits
shutdown function
DomainException: from a callback
code 3

plain calls, timer, the handler throws
DomainException: from a callback
shutdown function
code 255

plain calls, after the script, timer, the handler throws
shutdown function
DomainException: from a callback
code 255

plain calls, timer, the handler is replaced
DomainException: from a callback
shutdown function
code 255

plain calls, after the script, timer, the handler is replaced
shutdown function
DomainException: from a callback
code 255

plain calls, timer, the handler is removed
DomainException: from a callback
shutdown function
code 255

plain calls, after the script, timer, the handler is removed
shutdown function
DomainException: from a callback
code 255

plain calls, cycle, the handler returns
DomainException: from a callback
shutdown function
code 255

plain calls, after the script, cycle, the handler returns
shutdown function
DomainException: from a callback
code 255

coroutines, defer, the handler returns
DomainException: from a callback
shutdown function
code 255

coroutines, after the script, defer, the handler returns
shutdown function
DomainException: from a callback
code 255

coroutines, timer, the handler returns
DomainException: from a callback
shutdown function
code 255

coroutines, after the script, timer, the handler returns
shutdown function
DomainException: from a callback
code 255

coroutines, timer, the handler exits
DomainException: from a callback
shutdown function
code 255

coroutines, after the script, timer, the handler exits
shutdown function
DomainException: from a callback
code 255

coroutines, timer, the handler throws
DomainException: from a callback
shutdown function
code 255

coroutines, after the script, timer, the handler throws
shutdown function
DomainException: from a callback
code 255

coroutines, timer, the handler is replaced
DomainException: from a callback
shutdown function
code 255

coroutines, after the script, timer, the handler is replaced
shutdown function
DomainException: from a callback
code 255

coroutines, timer, the handler is removed
DomainException: from a callback
shutdown function
code 255

coroutines, after the script, timer, the handler is removed
shutdown function
DomainException: from a callback
code 255

coroutines, cycle, the handler returns
DomainException: from a callback
shutdown function
code 255

coroutines, after the script, cycle, the handler returns
shutdown function
DomainException: from a callback
code 255
