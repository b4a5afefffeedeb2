--TEST--
exit, an exception and a fatal error in each kind of callback: status, shutdown functions run, nothing else of the loop runs
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
require __DIR__ . '/../support.inc';
// Plain calls, in which exit() and start() are possible.
swoole_async_set(['enable_coroutine' => false]);
$kinds = [
    'read' => function (callable $act) {
        [$a, $b] = $GLOBALS['keep'] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        fwrite($b, 'x');
        Event::add($a, $act, fn () => print("not reached: write\n"), SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE);
    },
    'write' => function (callable $act) {
        [$a] = $GLOBALS['keep'] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Event::add($a, null, $act, SWOOLE_EVENT_WRITE);
    },
    'signal' => function (callable $act) {
        Process::signal(SIGUSR1, $act);
        posix_kill(getmypid(), SIGUSR1);
    },
    'timer' => fn (callable $act) => Timer::after(1, $act),
    'tick' => fn (callable $act) => Timer::tick(1, $act),
    'defer' => fn (callable $act) => Event::defer($act),
    'before' => fn (callable $act) => Event::cycle($act, true),
    'after' => fn (callable $act) => Event::cycle($act) && Event::defer(fn () => null),
];
$ways = [
    'exit' => fn () => exit(7),
    'exception' => fn () => throw new DomainException('uncaught'),
    'fatal error' => fn () => eval('class Broken implements Traversable {}'),
];
ini_set('display_errors', '0');
foreach ($kinds as $kind => $prepare) {
    foreach ($ways as $way => $act) {
        $p = new Process(function () use ($prepare, $act, $kind) {
            pcntl_alarm(50);
            register_shutdown_function(fn () => print("shutdown function\n"));
            Timer::after(60000, fn () => print("not reached: far timer\n"));
            $prepare($act);
            if (!in_array($kind, ['defer', 'after'], true)) {
                Event::defer(fn () => $kind === 'before' && print("not reached: deferred\n"));
            }
            try {
                Event::wait();
            } catch (DomainException) {
                echo "not reached: catch\n";
            } finally {
                echo "not reached: finally\n";
            }
            echo "not reached\n";
        }, false, 0);
        $p->start();
        $end = ending(Process::wait());
        echo "$kind, $way: $end\n";
    }
}
?>
--EXPECT--
shutdown function
read, exit: code 7
shutdown function
read, exception: code 255
shutdown function
read, fatal error: code 255
shutdown function
write, exit: code 7
shutdown function
write, exception: code 255
shutdown function
write, fatal error: code 255
shutdown function
signal, exit: code 7
shutdown function
signal, exception: code 255
shutdown function
signal, fatal error: code 255
shutdown function
timer, exit: code 7
shutdown function
timer, exception: code 255
shutdown function
timer, fatal error: code 255
shutdown function
tick, exit: code 7
shutdown function
tick, exception: code 255
shutdown function
tick, fatal error: code 255
shutdown function
defer, exit: code 7
shutdown function
defer, exception: code 255
shutdown function
defer, fatal error: code 255
shutdown function
before, exit: code 7
shutdown function
before, exception: code 255
shutdown function
before, fatal error: code 255
shutdown function
after, exit: code 7
shutdown function
after, exception: code 255
shutdown function
after, fatal error: code 255
