--TEST--
bin/pool: at its end the master waits for a slow reader of its output; a signal ends the wait
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
// More than a pipe takes, and less than the master keeps.
const LINES = 2000;
$start = fn (string $socket): Program => pool('run', "--socket=$socket.sock", '--name=slow', '--output=prefix', '--restart=never', '--boot-time=0', '--', 'seq', '-f', '%0200.0f', '1', (string) LINES);
/** Waits until the pool has ended, and only its output is left. */
$wait = function (Program $pool, string $socket): void {
    $pool->hear('stops');
    until(fn (): bool => !file_exists("$socket.sock") && !file_exists("$socket.pid"));
};

$pool = $start('first');
$wait($pool, 'first');
[$status, $output, $log] = $pool->end();
$expected = implode('', array_map(fn (int $number): string => sprintf("slow-0 | %0200d\n", $number), range(1, LINES)));
echo $status, ' ', $output === $expected ? 'all lines' : strlen($output) . ' bytes', ' ', str_contains($log, 'lost') ? $log : 'none lost', "\n";

$pool = $start('second');
$wait($pool, 'second');
$pool->signal(SIGTERM);
['signal' => $signal] = $pool->join();
echo $signal === SIGTERM ? 'SIGTERM ended it' : "signal $signal", ', ', strlen($pool->end()[1]) < strlen($expected) ? 'output is missing' : 'all lines', "\n";
?>
--EXPECT--
0 all lines none lost
SIGTERM ended it, output is missing
