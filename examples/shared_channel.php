<?php
// Four processes compute, and a fifth collects: jobs and results go through two channels in shared memory.
//
//   scripts/php examples/shared_channel.php    from the checkout
//   php examples/shared_channel.php            where the extension is installed
//
// The next free process takes the next job. One of them is killed in the middle of a job: that job is lost, and all others are
// done.

use Swoole\Process;
use Swoole\Process\Channel;

$jobs = new Channel(16);
$results = new Channel(16);

$collector = new Process(function () use ($results) {
    $found = [];
    while (is_array($result = $results->pop())) {
        [$number, $is_prime] = $result;
        if ($is_prime) {
            $found[] = $number;
        }
    }
    sort($found);
    echo 'primes: ', implode(' ', $found), "\n";
});
$collector->start();
$workers = [];
for ($i = 0; $i < 4; $i++) {
    $worker = new Process(function () use ($jobs, $results) {
        while (is_int($number = $jobs->pop())) {
            if ($number === 25) {
                Process::kill(getmypid(), SIGKILL);
            }
            for ($divisor = 2; $divisor ** 2 <= $number && $number % $divisor; $divisor++);
            $results->push([$number, $divisor ** 2 > $number]);
        }
    });
    $workers[$worker->start()] = true;
}
for ($number = 2; $number < 100; $number++) {
    $jobs->push($number);
}
$jobs->close();
while ($workers !== []) {
    $end = Process::wait();
    unset($workers[$end['pid']]);
    if ($end['signal'] !== 0) {
        echo "a worker was killed\n";
    }
}
$results->close();
Process::wait();
