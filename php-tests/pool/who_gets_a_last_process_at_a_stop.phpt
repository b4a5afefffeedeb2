--TEST--
when the pool stops, which workers get a last process for messages and clients, and which get none
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Manager;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();

function report(string $title, Wire $wire): void
{
    echo "$title: ", implode(', ', $wire->hearAll()), "\n";
    foreach (log_lines() as $line) {
        echo "    $line\n";
    }
    file_put_contents(log_file(), '');
}

function pool(int $workers, int $type, array $settings = []): Pool
{
    $pool = new Pool($workers, $type);
    $pool->set($settings + ['max_wait_time' => 120, 'restart_delay' => 3600, 'restart_max_delay' => 3600]);
    return $pool;
}

foreach ([[], ['enable_coroutine' => true]] as $settings) {
    $wire = new Wire();
    $pool = pool(2, SWOOLE_IPC_UNIXSOCK, $settings);
    $pool->on('WorkerStart', fn (Pool $pool, int $id) => $id === 1 && !$pool->stats()['workers'][1]['restarts'] && $pool->sendMessage('begin', 1));
    $pool->on('Message', function (Pool $pool, string $message) use ($wire) {
        $wire->tell("$pool->workerId: $message");
        if ($message === 'begin') {
            $pool->shutdown();
            until(fn () => $pool->stats()['workers'][0]['pid'] === null && $pool->stats()['state'] === 'stopping');
            $pool->sendMessage('late', 0);
            $pool->sendMessage('later', 0);
        } elseif ($message === 'later') {
            $pool->sendMessage('too late', 0);
            $pool->sendMessage('latest', 1);
        }
    });
    $pool->start();
    report('sent by one that ended later', $wire);
}

$wire = new Wire();
$pool = pool(1, SWOOLE_IPC_SOCKET);
$path = sys_get_temp_dir() . '/last-' . getmypid();
$pool->listen("unix:$path");
$clients = [];
$pool->on('WorkerStart', fn (Pool $pool) => $pool->stats()['workers'][0]['restarts'] || exit(1));
$pool->on('Message', fn (Pool $pool, string $request) => $pool->write("answer to $request"));
$pool->on('WorkerError', function (Pool $pool) use ($path, &$clients) {
    foreach (['a', 'b'] as $request) {
        $clients[] = $client = stream_socket_client("unix://$path");
        fwrite($client, pack('N', strlen($request)) . $request);
    }
    $pool->shutdown();
});
$pool->start();
foreach ($clients as $client) {
    $wire->tell(substr(stream_get_contents($client), 4));
}
report('clients', $wire);

foreach ([SWOOLE_IPC_NONE, SWOOLE_IPC_UNIXSOCK] as $type) {
    $wire = new Wire();
    $manager = new Manager($type);
    $manager->add(function (Pool $pool) use ($wire, $type) {
        $wire->tell('begins');
        $type === SWOOLE_IPC_UNIXSOCK && $pool->sendMessage('x', 0);
        $pool->shutdown();
        until(fn () => false);
    });
    $manager->start();
    report('no handler', $wire);
}

$wire = new Wire();
$pool = pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->on('Start', function (Pool $pool) {
    $pool->sendMessage('x', 0);
    throw new Exception('in Start');
});
$pool->on('Message', fn (Pool $pool, string $message) => $wire->tell($message));
try {
    $pool->start();
} catch (Exception $e) {
    $wire->tell($e->getMessage());
}
report('not begun', $wire);
?>
--EXPECT--
sent by one that ended later: 1: begin, 0: late, 0: later, 0: too late, 1: latest
sent by one that ended later: 1: begin, 0: late, 0: later, 0: too late, 1: latest
clients: answer to a, answer to b
    WARNING	worker 0 (pid N) exited with code 1 after T s, restarts so far: 0; restarting in T s
no handler: begins
no handler: begins
    WARNING	the process pool ended before 1 message was handled
not begun: in Start
    WARNING	the process pool ended before 1 message was handled
