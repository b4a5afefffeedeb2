--TEST--
join() reaps the child of its object alone, has its usage and its core dump flag, and gives the same end again
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$first = new Process(fn (Process $p) => exit(strlen($p->read())));
$second = new Process(fn () => exit(7));
$first->start();
$second->start();

until_ended($second->pid);
$end = $second->join();
echo implode(' ', array_keys($end)), ' ', ending($end), "\n";
var_dump($end['pid'] === $second->pid, $end['core'], $end['usage']['ru_maxrss'] > 0, $second->join() === $end);
var_dump(Process::lastUsage() === $end);

echo "the other runs\n";
var_dump($first->join(0), swoole_last_error() === 110, $first->join(0.01), $first->isAlive());
$first->write('four');
echo ending($first->join(60)), "\n";
var_dump(Process::wait(), $first->isAlive());

echo "reaped by wait()\n";
$first->start();
$first->write('twelve bytes');
$end = Process::wait();
echo implode(' ', array_keys($end)), "\n";
var_dump(array_intersect_key($first->join(), $end) === $end, $first->join(0) === Process::lastUsage());

echo "reaped by other code\n";
$second->start();
pcntl_waitpid($second->pid, $status);
var_dump($second->isAlive(), $second->join(), swoole_last_error(), $second->terminate());
?>
--EXPECT--
pid code signal core usage code 7
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
the other runs
bool(false)
bool(true)
bool(false)
bool(true)
code 4
bool(false)
bool(false)
reaped by wait()
pid code signal
bool(true)
bool(true)
reaped by other code
bool(false)
bool(false)
int(10)
bool(false)
