<?php
// Fan-out: a channel hands jobs to a few coroutines, another channel brings the results back, and a WaitGroup waits for
// the end of all of them.
//
//   scripts/php examples/fan_out.php    from the checkout
//   php examples/fan_out.php            where the extension is installed
//
// The channel of the jobs has room for two, so the producer never runs far ahead of the workers.

use Swoole\Coroutine;
use Swoole\Coroutine\{Channel, WaitGroup};
use function Swoole\Coroutine\{batch, go, run};

const WORKERS = 3;
const JOBS = 9;

run(function () {
    $jobs = new Channel(2);
    $results = new Channel(JOBS);
    $working = new WaitGroup();

    for ($worker = 1; $worker <= WORKERS; $worker++) {
        $working->add();
        go(function () use ($worker, $jobs, $results, $working) {
            // Runs however this worker ends, so that the WaitGroup does not wait for ever.
            Coroutine::defer([$working, 'done']);
            // pop() returns false when the channel is closed and empty.
            while (($job = $jobs->pop()) !== false) {
                // Instead of work, wait, as for a network or a disk.
                Coroutine::sleep(0.002 * $worker);
                $results->push([$job, $job ** 2, $worker]);
            }
        });
    }

    go(function () use ($jobs) {
        for ($job = 1; $job <= JOBS; $job++) {
            $jobs->push($job);
        }
        $jobs->close();
    });

    $working->wait();
    $results->close();

    $squares = $done = [];
    while (($result = $results->pop()) !== false) {
        [$job, $square, $worker] = $result;
        $squares[$job] = $square;
        $done[$worker] = ($done[$worker] ?? 0) + 1;
    }
    ksort($squares);
    ksort($done);
    echo 'squares: ', implode(' ', $squares), "\n";
    foreach ($done as $worker => $count) {
        echo "worker $worker did $count jobs\n";
    }

    // A few calls need no channel. The result of a call that is late is null.
    $answers = batch([
        'quick' => fn () => 'here at once',
        'slow' => function () {
            Coroutine::sleep(0.01);
            return 'here after a while';
        },
        'too slow' => fn () => Coroutine::sleep(0.2),
    ], 0.1);
    foreach ($answers as $name => $answer) {
        echo "$name: ", $answer ?? 'not in time', "\n";
    }
});
