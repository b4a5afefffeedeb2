<?php
// A broadcast: the parent signals all its children with SIGUSR2, several times. Each child answers through its pipe.
//
//   php -d extension=swoole_process.so examples/broadcast.php
//
// The program exits by itself, in less than a second.

use Swoole\{Event, Process, Timer};

const CHILDREN = 4;
const ROUNDS = 3;

$children = [];
for ($number = 1; $number <= CHILDREN; $number++) {
    $children[$number] = $p = new Process(function (Process $p) use ($number) {
        $calls = 0;
        Process::signal(SIGUSR2, function () use ($p, $number, &$calls) {
            $p->write('child ' . $number . ' heard call ' . ++$calls);
        });
        // Handlers keep the loop running until the last one is removed.
        swoole_async_set(['wait_signal' => true]);
        Process::signal(SIGTERM, function () {
            Process::signal(SIGUSR2, null);
            Process::signal(SIGTERM, null);
        });
        // The handler is installed: now the parent may send signals.
        $p->write('ready');
        Event::wait();
    });
    $p->start();
}
foreach ($children as $p) {
    $p->read();
}

$round = 0;
$broadcast = function () use (&$children, &$round, &$answers) {
    $round++;
    $answers = [];
    echo "-- call $round\n";
    foreach ($children as $p) {
        Process::kill($p->pid, SIGUSR2);
    }
};
foreach ($children as $number => $p) {
    Event::add($p, function (Process $p) use (&$answers, &$round, &$children, $number, $broadcast) {
        $answers[$number] = $p->read();
        // Signals of one kind are merged: send the next one only when all children have handled this one.
        if (count($answers) < CHILDREN) {
            return;
        }
        ksort($answers);
        echo implode("\n", $answers), "\n";
        if ($round < ROUNDS) {
            $broadcast();
            return;
        }
        foreach ($children as $p) {
            Event::del($p);
            Process::kill($p->pid, SIGTERM);
        }
    });
}
Event::defer($broadcast);
Event::wait();
while ($end = Process::wait()) {
    echo "a child has ended with {$end['code']}\n";
}
