--TEST--
a worker that is asked to stop answers the client that it has accepted, though its request comes later
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\Process;
use Swoole\Process\Pool;

$path = sys_get_temp_dir() . '/pool-accepted-' . getmypid();
$master = new Process(function (Process $process) use ($path) {
    $pool = new Pool(1, SWOOLE_IPC_SOCKET);
    $pool->listen("unix:$path");
    $pool->on('WorkerStart', fn () => $process->write((string) getmypid()));
    $pool->on('Message', fn (Pool $pool, string $data) => $pool->write(strtoupper($data) . ' ' . getmypid()));
    $pool->start();
});
$pid = $master->start();
$worker = (int) $master->read();
$descriptors = fn (): int => count(scandir("/proc/$worker/fd"));
until_asleep($worker);
$before = $descriptors();
$client = stream_socket_client("unix://$path");
// Half of the header.
fwrite($client, "\0\0");
while ($descriptors() === $before) {
    usleep(1000);
}
until_asleep($worker);
Process::kill($worker, SIGTERM);
until_asleep($worker);
// It was woken by the signal, and waits again.
fwrite($client, "\0\5hello");
var_dump(substr(stream_get_contents($client), 4) === "HELLO $worker");
// It has ended then, and there is another one.
var_dump((int) $master->read() !== $worker);
Process::kill($pid, SIGTERM);
echo ending(Process::wait()), "\n";
?>
--EXPECT--
bool(true)
bool(true)
code 0
