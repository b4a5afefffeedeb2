<?php
// A parent and its children over exportSocket(): each pipe is a coroutine socket, on both sides.
//
//   php -d extension=swoole_process.so examples/export_socket.php
//
// Four children square numbers. The parent has one coroutine for each child, which asks and waits. All of them wait at
// the same time, and none blocks another. The program exits by itself.

use Swoole\{Coroutine, Process};
use function Swoole\Coroutine\{go, run};

const CHILDREN = 4;

$children = [];
for ($i = 0; $i < CHILDREN; $i++) {
    // The last argument runs the child's function as a coroutine.
    $child = new Process(function (Process $self) {
        $socket = $self->exportSocket();
        // One recv() returns one message. It returns '' at EOF: when the parent exits, or has no more questions.
        while (($number = $socket->recv()) !== '' && $number !== false && $number !== 'stop') {
            Coroutine::sleep(0.01);
            $socket->send((string) $number ** 2);
        }
    }, false, SOCK_DGRAM, true);
    $child->start();
    $children[] = $child;
}

run(function () use ($children) {
    $squares = [];
    foreach ($children as $i => $child) {
        go(function () use ($child, $i, &$squares) {
            $socket = $child->exportSocket();
            for ($number = $i; $number < 20; $number += CHILDREN) {
                $socket->send((string) $number);
                $answer = $socket->recv(65536, 5);
                if ($answer === false || $answer === '') {
                    echo "child $i does not answer: ", $answer === '' ? 'it has ended' : $socket->errMsg, "\n";
                    return;
                }
                $squares[$number] = (int) $answer;
            }
            $socket->send('stop');
        });
    }
    while (Coroutine::stats()['coroutine_num'] > 1) {
        Coroutine::sleep(0.001);
    }
    ksort($squares);
    echo implode(' ', $squares), "\n";
});
while ($end = Process::wait()) {
    echo "process {$end['pid']} ended with code {$end['code']}\n";
}
