--TEST--
an exception that leaves a coroutine ends its process with WorkerStop and status 255; a fatal error without WorkerStop
--EXTENSIONS--
posix
pcntl
--INI--
display_errors=0
log_errors=0
--FILE--
<?php
use Swoole\{Coroutine, Event, Timer};
use Swoole\Coroutine\Scheduler;
use Swoole\Process\Pool;
use function Swoole\Coroutine\{go, run};
require __DIR__ . '/support.inc';
log_file();
$ways = [
    'go' => fn (callable $fail) => go($fail),
    'go in go' => fn (callable $fail) => go(fn () => go($fail)),
    'run' => fn (callable $fail) => run($fail),
    'Scheduler' => function (callable $fail) {
        $scheduler = new Scheduler();
        $scheduler->add($fail);
        $scheduler->start();
    },
    'timer' => function (callable $fail) {
        Timer::after(1, $fail);
        Event::wait();
    },
    'while others sleep' => fn (callable $fail) => run(function () use ($fail) {
        go(fn () => Coroutine::sleep(100));
        go(fn () => Coroutine::yield());
        Coroutine::sleep(0.001);
        $fail();
    }),
    'fatal error' => fn () => go(fn () => str_repeat('x', 1 << 40)),
];

/** What a pool tells whose worker fails in this way: at its start, or when a message comes. */
function told(string $where, bool $coroutine, callable $way, bool $handler): string
{
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
    $pool->set(['restart_delay' => 0]);
    $pool->on('Start', fn (Pool $pool) => $pool->sendMessage('one', 0));
    $fail = function (string $here) use ($where, $way, $wire, $handler) {
        if ($here !== $where) {
            return;
        }
        $handler && set_exception_handler(function (Throwable $e) use ($wire) {
            $wire->tell("handler: {$e->getMessage()}");
        });
        $way(fn () => throw new DomainException('nobody catches it'));
        $wire->tell('not reached');
    };
    $pool->on('WorkerStart', fn () => $fail('WorkerStart'));
    $pool->on('Message', fn () => $fail('Message'));
    $pool->on('WorkerStop', fn () => $wire->tell('WorkerStop'));
    $pool->on('WorkerError', function (Pool $pool, int $worker, array $report) use ($wire) {
        $wire->tell("code {$report['code']}");
        $pool->shutdown();
    });
    $master = apart(fn () => $pool->start());
    $lines = [];
    $wire->listen();
    while (($line = $wire->hear()) !== null && !str_starts_with($line, 'code')) {
        $lines[] = $line;
    }
    $lines[] = $line;
    ending_of($master);
    return implode(', ', $lines);
}

foreach ($ways as $name => $way) {
    foreach ([false, true] as $handler) {
        echo $name, $handler ? ' with a handler' : '', "\n";
        foreach (['WorkerStart', 'Message'] as $where) {
            echo "  $where: ", told($where, false, $way, $handler), "\n";
            // Inside of a coroutine there is no other loop.
            if (in_array($name, ['go', 'go in go', 'fatal error'], true)) {
                echo "  $where as a coroutine: ", told($where, true, $way, $handler), "\n";
            }
        }
    }
}

echo "in the master\n";
foreach (['Start', 'WorkerError'] as $event) {
    $wire = new Wire();
    $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
    $pool->on($event, function () use ($wire, $event) {
        $wire->tell($event);
        go(fn () => throw new DomainException('nobody catches it'));
    });
    $pool->on('WorkerStart', fn () => $event === 'WorkerError' && exit(1));
    $pool->on('Message', fn () => 0);
    $pool->on('Shutdown', fn () => $wire->tell('Shutdown'));
    $master = apart(function () use ($pool, $wire) {
        register_shutdown_function(fn () => $wire->tell('shutdown function'));
        $pool->start();
        $wire->tell('not reached');
    });
    $lines = array_unique($wire->hearAll());
    sort($lines);
    echo '  ', implode(', ', $lines), ', ', ending_of($master), "\n";
}
?>
--EXPECT--
go
  WorkerStart: WorkerStop, code 255
  WorkerStart as a coroutine: WorkerStop, code 255
  Message: WorkerStop, code 255
  Message as a coroutine: WorkerStop, code 255
go with a handler
  WorkerStart: handler: nobody catches it, WorkerStop, code 255
  WorkerStart as a coroutine: handler: nobody catches it, WorkerStop, code 255
  Message: handler: nobody catches it, WorkerStop, code 255
  Message as a coroutine: handler: nobody catches it, WorkerStop, code 255
go in go
  WorkerStart: WorkerStop, code 255
  WorkerStart as a coroutine: WorkerStop, code 255
  Message: WorkerStop, code 255
  Message as a coroutine: WorkerStop, code 255
go in go with a handler
  WorkerStart: handler: nobody catches it, WorkerStop, code 255
  WorkerStart as a coroutine: handler: nobody catches it, WorkerStop, code 255
  Message: handler: nobody catches it, WorkerStop, code 255
  Message as a coroutine: handler: nobody catches it, WorkerStop, code 255
run
  WorkerStart: WorkerStop, code 255
  Message: WorkerStop, code 255
run with a handler
  WorkerStart: handler: nobody catches it, WorkerStop, code 255
  Message: handler: nobody catches it, WorkerStop, code 255
Scheduler
  WorkerStart: WorkerStop, code 255
  Message: WorkerStop, code 255
Scheduler with a handler
  WorkerStart: handler: nobody catches it, WorkerStop, code 255
  Message: handler: nobody catches it, WorkerStop, code 255
timer
  WorkerStart: WorkerStop, code 255
  Message: WorkerStop, code 255
timer with a handler
  WorkerStart: handler: nobody catches it, WorkerStop, code 255
  Message: handler: nobody catches it, WorkerStop, code 255
while others sleep
  WorkerStart: WorkerStop, code 255
  Message: WorkerStop, code 255
while others sleep with a handler
  WorkerStart: handler: nobody catches it, WorkerStop, code 255
  Message: handler: nobody catches it, WorkerStop, code 255
fatal error
  WorkerStart: code 255
  WorkerStart as a coroutine: code 255
  Message: code 255
  Message as a coroutine: code 255
fatal error with a handler
  WorkerStart: code 255
  WorkerStart as a coroutine: code 255
  Message: code 255
  Message as a coroutine: code 255
in the master
  Shutdown, Start, shutdown function, code 255
  Shutdown, WorkerError, shutdown function, code 255
