<?php
// A service that does something at regular times and stops gracefully on SIGTERM: what has begun is finished first.
//
//   php -d extension=swoole_process.so examples/ticker.php
//
// Runs in a child, which its parent stops after half a second. Ends by itself.

use Swoole\{Event, Process, Timer};

function service(): void
{
    $ticks = 0;
    $busy = false;
    $stop = false;
    $tick = Timer::tick(100, function (int $id) use (&$ticks, &$busy, &$stop) {
        echo 'tick ', ++$ticks, "\n";
        $busy = true;
        // The rest of the work comes a little later; the loop is free in the meantime.
        Timer::after(70, function () use ($ticks, &$busy) {
            $busy = false;
            echo "the work of tick $ticks is done\n";
        });
    });
    $shutdown = function (int $signal) use (&$stop, $tick, &$busy) {
        echo 'signal ', $signal, $busy ? ": the work is finished first\n" : ": nothing to finish\n";
        // Without the tick nothing keeps the loop going but the work that has begun.
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
