--TEST--
push() into the full queue of the pool fails with EDEADLK when the last other worker ends while push() waits
--FILE--
<?php
use Swoole\Process\Pool;
require __DIR__ . '/support.inc';
const EDEADLK = 35;
log_file();
[$wire, $go] = [new Wire(), new Wire()];
$pool = new Pool(2, SWOOLE_IPC_MSGQUEUE);
$pool->set(['restart' => 'never']);
$pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $go) {
    if ($id === 0) {
        $pool->getProcess()->push('begin');
        $go->hear();
        for ($count = 0; $pool->getProcess()->push(str_repeat('x', 3000)); $count++);
        $wire->tell($count > 0 ? 'pushed' : 'nothing', swoole_errno() === EDEADLK ? 'EDEADLK' : swoole_errno());
        $pool->shutdown();
    }
});
$pool->on('Message', function (Pool $pool, string $message) use ($go) {
    if ($message === 'begin') {
        $go->tell('go');
        // The other worker fills the queue. From then on only push() lets it sleep.
        while ($pool->getProcess()->statQueue()['queue_num'] === 0) {
            usleep(1000);
        }
        until_asleep($pool->stats()['workers'][0]['pid']);
        exit(0);
    }
});
$pool->start();
echo $wire->hear(), "\n";
?>
--EXPECT--
pushed EDEADLK
