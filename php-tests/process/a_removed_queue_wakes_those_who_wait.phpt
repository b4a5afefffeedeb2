--TEST--
whoever waits in pop() or push() when the queue is removed gets false and EIDRM; calls after that get EINVAL
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
swoole_async_set(['log_level' => SWOOLE_LOG_NONE]);
foreach (['pop', 'push'] as $method) {
    $p = new Process(function (Process $p) use ($method) {
        $results = [];
        for ($n = 0; $n < 2; $n++) {
            $results[] = $method === 'pop' ? $p->pop() : $p->push(str_repeat('x', 1000));
            $results[] = swoole_strerror(swoole_errno());
        }
        $p->write(json_encode([$results, $p->statQueue(), swoole_strerror(swoole_errno())]));
    });
    $p->useQueue(getmypid(), SWOOLE_MSGQUEUE_BALANCE, 1500);
    $method === 'push' && $p->push(str_repeat('x', 1000));
    $p->start();
    until_asleep($p->pid);
    var_dump($p->freeQueue());
    echo $p->read(), ', ', ending(Process::wait()), "\n";
}
?>
--EXPECT--
bool(true)
[[false,"Identifier removed",false,"Invalid argument"],false,"Invalid argument"], code 0
bool(true)
[[false,"Identifier removed",false,"Invalid argument"],false,"Invalid argument"], code 0
