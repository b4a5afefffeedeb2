<?php
// A service that works at regular times and stops gracefully on SIGTERM: it finishes the work that has begun.
//
//   php -d extension=swoole_process.so examples/ticker.php
//
// The service is a child, which its parent stops after half a second. The program exits by itself.

use Swoole\{Event, Process, Timer};

function service(): void
{
    $ticks = 0;
    $busy = false;
    $stop = false;
    $tick = Timer::tick(100, function (int $id) use (&$ticks, &$busy, &$stop) {
        echo 'tick ', ++$ticks, "\n";
        $busy = true;
        // The rest of the work is done a little later. The loop is free meanwhile.
        Timer::after(70, function () use ($ticks, &$busy) {
            $busy = false;
            echo "the work of tick $ticks is done\n";
        });
    });
    $shutdown = function (int $signal) use (&$stop, $tick, &$busy) {
        echo 'signal ', $signal, $busy ? ": the work is finished first\n" : ": nothing to finish\n";
        // Without the tick, only the work that has begun keeps the loop running.
        Timer::clear($tick);
    };
    Process::signal(SIGTERM, $shutdown);
    Process::signal(SIGINT, $shutdown);
    Event::wait();
    echo "the service has ended after $ticks ticks\n";
}

$p = new Process(service(...), false, 0);
$p->start();
Timer::after(540, fn () => Process::kill($p->pid, SIGTERM));
Event::wait();
$end = Process::wait();
echo "its exit status is {$end['code']}\n";
