<?php
// Children that talk to each other: in a ring of processes, each one passes a message on to the next.
//
//   scripts/php examples/siblings.php         from the checkout
//   php examples/siblings.php                 where the extension is installed
//
// A child inherits the objects that exist when it is started, and writes to a sibling through the sibling's object.
// Create all objects first, then start them: so every child knows every sibling.

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
            // The message is back at the first process, which reports to the parent.
            $self->write($self->read());
        }
    });
}
foreach ($ring as $place => $process) {
    $process->start();
}

echo SIZE, ' processes in a ring, ', ROUNDS, " rounds\n";
$ring[0]->write('start');
// The last process of the last round passes the message to the first once more.
echo $ring[0]->read(), "\n";
while (Process::wait());
echo "all have ended\n";
