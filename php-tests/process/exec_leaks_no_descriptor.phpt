--TEST--
exec(), proc_open() and the like: the program gets none of the pipes, but for the standard descriptors of a redirected child
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
/** The sockets in the output of a program that lists its descriptors, without those that this process was born with. */
function count_sockets(string $list): int
{
    return substr_count($list, 'socket:') - $GLOBALS['inherited'];
}
$inherited = sockets();
$list = 'readlink /proc/self/fd/*';
$others = [new Process(fn () => 0), new Process(fn () => 0, false, SOCK_STREAM)];
foreach ($others as $one) {
    $one->start();
    Process::wait();
}
foreach (['redirected' => true, 'not redirected' => false] as $how => $redirect) {
    $log = tempnam(sys_get_temp_dir(), 'log');
    $p = new Process(fn (Process $p) => $p->exec('/bin/sh', ['-c', "$list 3>$log >&3"]), $redirect);
    $p->start();
    Process::wait();
    echo "$how: ", count_sockets(file_get_contents($log)), " sockets\n";
    unlink($log);
}
$process = proc_open(['/bin/sh', '-c', $list], [1 => ['pipe', 'w']], $pipes);
echo 'proc_open(): ', count_sockets(stream_get_contents($pipes[1])), " sockets\n";
proc_close($process);
echo 'shell_exec(): ', count_sockets(shell_exec($list)), " sockets\n";
?>
--EXPECT--
redirected: 2 sockets
not redirected: 0 sockets
proc_open(): 0 sockets
shell_exec(): 0 sockets
