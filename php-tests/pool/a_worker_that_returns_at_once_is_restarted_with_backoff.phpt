--TEST--
a worker that returns at once and without a message is restarted with backoff; one that has worked is not
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process\Manager;
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
log_file();
/** How long nine starts take, in seconds. */
function nine_starts(string $how): float
{
    $wire = new Wire();
    $body = function (Pool $pool) use ($wire, $how) {
        $wire->tell('starts');
        $how === 'detach' && $pool->detach();
        $how === 'exit' && exit;
    };
    $master = apart(function () use ($body, $how) {
        if ($how === 'manager') {
            $manager = new Manager();
            $manager->add($body);
            $manager->start();
        } else {
            $pool = new Pool(1, $how === 'queue' ? SWOOLE_IPC_MSGQUEUE : SWOOLE_IPC_NONE);
            $pool->on('WorkerStart', $body);
            $pool->start();
        }
    });
    $wire->hear();
    $begin = microtime(true);
    for ($i = 0; $i < 8; $i++) {
        $wire->hear();
    }
    $time = microtime(true) - $begin;
    posix_kill($master, SIGTERM);
    ending_of($master);
    $wire->hearAll();
    return $time;
}
foreach (['return', 'exit', 'detach', 'queue', 'manager'] as $how) {
    // On a busy machine a process may live for long before it is done.
    for ($try = 0; $try < 20; $try++) {
        file_put_contents(log_file(), '');
        if (nine_starts($how) > 1 && count(log_lines()) === 1) {
            break;
        }
    }
    echo "$how: ", implode("\n", log_lines()), "\n";
}
file_put_contents(log_file(), '');
$pool = new Pool(1, SWOOLE_IPC_UNIXSOCK);
$pool->set(['max_requests' => 1]);
$pool->on('WorkerStart', fn (Pool $pool) => $pool->sendMessage('now', 0));
$pool->on('Message', function (Pool $pool) {
    if ($pool->stats()['restarts'] >= 100) {
        $pool->shutdown();
    }
});
$begin = microtime(true);
$pool->start();
// With pauses it would take a quarter of an hour.
echo 'max_requests: ', microtime(true) - $begin < 100 ? 'quick' : 'slow', ' ', json_encode(preg_grep('/delayed/', log_lines())), "\n";
?>
--EXPECT--
return: WARNING	worker 0 returns at once without a message: its restarts are delayed. A worker should loop, or wait for work
exit: WARNING	worker 0 returns at once without a message: its restarts are delayed. A worker should loop, or wait for work
detach: WARNING	worker 0 returns at once without a message: its restarts are delayed. A worker should loop, or wait for work
queue: WARNING	worker 0 returns at once without a message: its restarts are delayed. A worker should loop, or wait for work
manager: WARNING	worker 0 returns at once without a message: its restarts are delayed. A worker should loop, or wait for work
max_requests: quick []
