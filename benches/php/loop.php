<?php
// What one thing of the loop costs: loop.php SIDE defer|cycle|timer|many|fired|pending|signal BATCHES PER_BATCH
//                                   loop.php SIDE pairs PAIRS IDLE BATCHES PER_BATCH
use Swoole\{Event, Process, Timer};

require __DIR__ . '/measure.php';
[, $side, $what] = $argv;
[$batches, $perBatch] = array_map(intval(...), array_slice($argv, -2));

/** How many timers wait when one more is added. */
const PENDING = 1_000_000;
/** An hour: no timer of a benchmark comes due before its end, unless it is to. */
const NEVER = 3_600_000;

$nothing = static fn () => null;
$prepare = null;
if ("$side $what" === 'ours defer') {
    $batch = function (int $count) use ($nothing): void {
        while ($count-- > 0) {
            Event::defer($nothing);
        }
        Event::wait();
    };
} elseif ("$side $what" === 'ours cycle') {
    $batch = function (int $count) use ($nothing): void {
        // A deferred call keeps the loop running for another turn.
        Event::cycle(function () use (&$count, $nothing): void {
            if (--$count > 0) {
                Event::defer($nothing);
            }
        });
        Event::defer($nothing);
        Event::wait();
    };
} elseif ("$side $what" === 'ours timer') {
    $batch = function (int $count) use ($nothing): void {
        while ($count-- > 0) {
            Timer::clear(Timer::after(NEVER, $nothing));
        }
    };
} elseif ("$side $what" === 'ours many') {
    $batch = function (int $count) use ($nothing): void {
        for ($timers = []; $count-- > 0;) {
            $timers[] = Timer::after(NEVER + $count % 1000, $nothing);
        }
        array_map(Timer::clear(...), $timers);
    };
} elseif ("$side $what" === 'ours fired') {
    $fired = 0;
    $prepare = function (int $count) use (&$fired): void {
        $fired = 0;
        while ($count-- > 0) {
            Timer::after(1, static function () use (&$fired): void {
                $fired++;
            });
        }
        // All of them are due when the loop is timed.
        usleep(1100);
    };
    $batch = function (int $count) use (&$fired): void {
        Event::wait();
        $fired === $count || throw new Exception("$fired fired");
    };
} elseif ("$side $what" === 'ours pending') {
    for ($i = 0; $i < PENDING; $i++) {
        // In no order, as the deadlines of many clients are.
        Timer::after(NEVER + $i * 7919 % PENDING, $nothing);
    }
    $added = [];
    $prepare = function () use (&$added): void {
        array_map(Timer::clear(...), $added);
        $added = [];
    };
    $batch = function (int $count) use (&$added, $nothing): void {
        while ($count-- > 0) {
            $added[] = Timer::after(NEVER + $count * 7919 % PENDING, $nothing);
        }
    };
} elseif ("$side $what" === 'ours signal') {
    $left = 0;
    $me = getmypid();
    Process::signal(SIGUSR1, function () use (&$left, $me): void {
        if (--$left > 0) {
            Process::kill($me, SIGUSR1);
        } else {
            Event::exit();
        }
    });
    $batch = function (int $count) use (&$left, $me, $nothing): void {
        $left = $count;
        // A handled signal alone is no reason for the loop to run.
        Timer::after(NEVER, $nothing);
        Process::kill($me, SIGUSR1);
        Event::wait();
    };
} else {
    // Every descriptor sends back what it gets; one message is on its way in each pair.
    [$pairs, $idle] = [(int) $argv[3], (int) $argv[4]];
    $most = 2 * $pairs + $idle + 64;
    if ($most > posix_getrlimit()['soft openfiles']) {
        posix_setrlimit(POSIX_RLIMIT_NOFILE, $most, $most) || throw new Exception('posix_setrlimit');
    }
    $streams = [];
    for ($i = 0; $i < $pairs + $idle / 2; $i++) {
        foreach (stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0) as $stream) {
            stream_set_blocking($stream, false);
            $streams[] = $stream;
        }
    }
    $left = 0;
    $answer = static function ($stream) use (&$left): void {
        $left--;
        fwrite($stream, fread($stream, 64));
    };
    if ($side === 'ours') {
        foreach ($streams as $stream) {
            Event::add($stream, $answer);
        }
        $turn = Event::dispatch(...);
    } else {
        $turn = static function () use ($streams, $answer): void {
            $ready = $streams;
            $write = $except = null;
            stream_select($ready, $write, $except, null);
            array_map($answer, $ready);
        };
    }
    for ($i = 0; $i < $pairs; $i++) {
        fwrite($streams[2 * $i], str_repeat('x', 64));
    }
    $batch = function (int $count) use (&$left, $turn): void {
        $left = $count;
        while ($left > 0) {
            $turn();
        }
        $left === 0 || throw new Exception("$left messages too many");
    };
}
$median = measure($batches, $perBatch, $batch, $prepare);
if ($side === 'ours') {
    // Nothing is left for the loop to do at the end of the script.
    Timer::clearAll();
    foreach ($streams ?? [] as $stream) {
        Event::del($stream);
    }
}
printf("%.2f\n", $median);
