--TEST--
several processes send values through one pipe and are killed while they send: each value is whole, and of each process those up to some number are there
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';

const ROUNDS = 5;
const WRITERS = 4;
const ENOUGH = 60;

foreach ([SOCK_STREAM, SOCK_DGRAM] as $type) {
    $reader = new Process(function (Process $me) {
        $next = [];
        $damaged = 0;
        while (is_array($value = $me->receive(-1, $received))) {
            [$pid, $number, $text] = $value;
            $next[$pid] ??= 0;
            // Some fit into the smallest part of a stream, some have a file of their own.
            $size = [10, 1900, 2300, 9000, 16300, 16400, 30000][$number % 7];
            if ($number !== $next[$pid]++ || $text !== str_repeat(chr(65 + $pid % 26), $size)) {
                $damaged++;
            }
            if ($number === ENOUGH) {
                posix_kill($pid, SIGKILL);
            }
        }
        echo json_encode($value), json_encode($received), ' ', count($next), ' writers, ', $damaged, ' damaged, ';
        echo min($next) > ENOUGH ? "no value lost\n" : "values lost\n";
    }, false, $type);
    $reader->start();
    for ($round = 0; $round < ROUNDS; $round++) {
        for ($n = 0; $n < WRITERS; $n++) {
            $writer = new Process(function () use ($reader) {
                [$pid, $parent] = [getmypid(), posix_getppid()];
                for ($number = 0; posix_getppid() === $parent; $number++) {
                    $size = [10, 1900, 2300, 9000, 16300, 16400, 30000][$number % 7];
                    $reader->send([$pid, $number, str_repeat(chr(65 + $pid % 26), $size)]);
                }
            }, false, 0);
            $writer->start();
        }
        for ($n = 0; $n < WRITERS; $n++) {
            ($end = ending(Process::wait())) === 'signal 9' || exit("a writer: $end\n");
        }
    }
    $reader->close(Process::PIPE_WRITE);
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
falsefalse 20 writers, 0 damaged, no value lost
code 0
falsefalse 20 writers, 0 damaged, no value lost
code 0
