--TEST--
a signal that came while the script was busy, and that no loop has seen, is handled when the script ends
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Process\Pool;
require __DIR__ . '/../support.inc';

$handle = function (string $text, ?Closure $more = null): void {
    Process::signal(SIGUSR1, function (int $signal) use ($text, $more) {
        echo "  $text: signal $signal\n";
        $more === null || $more();
    });
};
$scripts = [
    'no loop' => function () use ($handle) {
        $handle('handler');
        posix_kill(getmypid(), SIGUSR1);
        posix_kill(getmypid(), SIGUSR1);
        echo "  last line\n";
    },
    'exit' => function () use ($handle) {
        $handle('handler');
        posix_kill(getmypid(), SIGUSR1);
        exit(3);
    },
    'after a loop' => function () use ($handle) {
        $handle('handler');
        Timer::after(1, fn () => print("  timer\n"));
        Event::wait();
        posix_kill(getmypid(), SIGUSR1);
    },
    'after a loop that was left' => function () use ($handle) {
        $handle('handler');
        Timer::after(1, fn () => posix_kill(getmypid(), SIGUSR1) && Event::exit());
        Timer::after(60000, fn () => print("  not reached\n"));
        Event::wait();
    },
    'one handler after the other' => function () use ($handle) {
        $handle('first', fn () => posix_kill(getmypid(), SIGUSR2) && posix_kill(getmypid(), SIGUSR1));
        Process::signal(SIGUSR2, fn () => print("  second\n"));
        posix_kill(getmypid(), SIGUSR1);
    },
    'a handler that waits' => function () use ($handle) {
        error_reporting(E_ALL & ~E_DEPRECATED);
        $handle('handler', fn () => Coroutine::sleep(0.001) && print("  has waited\n"));
        posix_kill(getmypid(), SIGUSR1);
    },
    'a handler that throws' => function () use ($handle) {
        ini_set('display_errors', '0');
        $handle('handler', fn () => throw new Exception());
        posix_kill(getmypid(), SIGUSR1);
    },
    'without coroutines' => function () use ($handle) {
        swoole_async_set(['enable_coroutine' => false]);
        $handle('handler');
        posix_kill(getmypid(), SIGUSR1);
    },
    'a handler that was removed' => function () use ($handle) {
        $handle('handler');
        posix_kill(getmypid(), SIGUSR1);
        Process::signal(SIGUSR1, SIG_IGN);
    },
    'a fatal error' => function () use ($handle) {
        ini_set('display_errors', '0');
        $handle('handler');
        posix_kill(getmypid(), SIGUSR1);
        trigger_error('fatal', E_USER_ERROR);
    },
    'a child of a child' => function () use ($handle) {
        $handle('parent');
        posix_kill(getmypid(), SIGUSR1);
        (new Process(fn () => print("  child\n"), false, 0))->start();
        Process::wait();
    },
];
foreach ($scripts as $name => $script) {
    echo "$name\n";
    (new Process($script, false, 0))->start();
    $end = ending(Process::wait());
    echo "  $end\n";
}
// The program itself, and the worker of a pool.
$handle('main');
$pool = new Pool(1);
$pool->on('WorkerStart', function (Pool $pool) use ($handle) {
    if ($pool->stats()['restarts'] === 0) {
        $handle('worker');
        posix_kill(getmypid(), SIGUSR1);
    } else {
        $pool->shutdown();
        sleep(100);
    }
});
$pool->on('WorkerStop', fn () => print("  WorkerStop\n"));
echo "pool\n";
$pool->start();
posix_kill(getmypid(), SIGUSR1);
echo "main\n";
?>
--EXPECT--
no loop
  last line
  handler: signal 10
  code 0
exit
  handler: signal 10
  code 3
after a loop
  timer
  handler: signal 10
  code 0
after a loop that was left
  handler: signal 10
  code 0
one handler after the other
  first: signal 10
  second
  code 0
a handler that waits
  handler: signal 10
  has waited
  code 0
a handler that throws
  handler: signal 10
  code 255
without coroutines
  handler: signal 10
  code 0
a handler that was removed
  code 0
a fatal error
  code 255
a child of a child
  child
  parent: signal 10
  code 0
pool
  worker: signal 10
  WorkerStop
main
  main: signal 10
