<?php
// A parent and two children that talk over pipes: each child gets jobs, and answers them one by one.
//
//   scripts/php examples/pipes.php            from the checkout
//   php examples/pipes.php                    where the extension is installed
//
// The pipe of a process keeps messages apart: one read() returns one write(). When the child has exited, read() returns ''.

use Swoole\Process;

/** A child that answers each message until it is told to stop. */
$make = fn (string $name, callable $work): Process => new Process(function (Process $child) use ($name, $work) {
    while (($message = $child->read()) !== 'stop') {
        // '' means that the parent has exited. Then a child that only waits for orders exits, too.
        if ($message === '') {
            exit(1);
        }
        $child->write("$name says: " . $work($message));
    }
    exit(0);
});

$counter = $make('counter', fn (string $text): string => strlen($text) . ' letters');
$turner = $make('turner', strrev(...));

foreach ([$counter, $turner] as $child) {
    $pid = $child->start();
    echo "started process $pid\n";
}

foreach (['processes', 'pipes', 'messages'] as $word) {
    // Both work at the same time: send both jobs first, then read the answers.
    $counter->write($word);
    $turner->write($word);
    echo $counter->read(), ', ', $turner->read(), "\n";
}

$counter->write('stop');
$turner->write('stop');
while ($end = Process::wait()) {
    echo "process {$end['pid']} ended with status {$end['code']}\n";
}

// The children have exited: read() returns and does not wait for ever.
var_dump($counter->read());
