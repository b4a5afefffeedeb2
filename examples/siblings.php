<?php
// Children that talk to each other: a ring of processes hands a message on, each one to the next.
//
//   scripts/php examples/siblings.php         from the checkout
//   php examples/siblings.php                 where the extension is installed
//
// A child inherits the objects that exist when it is started, and writes to a sibling through the sibling's object.
// Make all objects first, then start them: so everyone knows everyone.

use Swoole\Process;

const SIZE = 4;
const ROUNDS = 3;

/** @var Process[] $ring */
$ring = [];
for ($place = 0; $place < SIZE; $place++) {
    $ring[] = new Process(function (Process $self) use (&$ring, $place) {
        $next = $ring[($place + 1) % SIZE];
        for ($round = 1; $round <= ROUNDS; $round++) {
            $message = $self->read();
            $next->write("$message > " . ($place + 1));
        }
        if ($place === 0) {
            // What has gone round comes back to the first, who tells the parent.
            $self->write($self->read());
        }
    });
}
foreach ($ring as $place => $process) {
    $process->start();
}

echo SIZE, ' processes in a ring, ', ROUNDS, " rounds\n";
$ring[0]->write('start');
// The last one of the last round hands the message to the first once more.
echo $ring[0]->read(), "\n";
while (Process::wait());
echo "all have ended\n";
