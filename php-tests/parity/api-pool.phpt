--TEST--
names, parameters and defaults of the methods of Process\Pool and Process\Manager, and the properties of a pool.
--SKIPIF--
<?php PHP_DEBUG && print('skip a debug build of PHP shows no type that Swoole declares and does not keep');
--FILE--
<?php
// Pins: names, parameters and defaults of the methods of Process\Pool and Process\Manager, and the properties of a pool.
// Status: documented.
foreach ([Swoole\Process\Pool::class => ['__construct', 'set', 'on', 'getProcess', 'listen', 'write', 'sendMessage', 'detach', 'start', 'stop', 'shutdown'],
          Swoole\Process\Manager::class => ['__construct', 'add', 'addBatch', 'start', 'setIPCType', 'getIPCType', 'setMsgQueueKey', 'getMsgQueueKey']] as $c => $names) {
    foreach ($names as $name) {
        $m = new ReflectionMethod($c, $name);
        $ps = [];
        foreach ($m->getParameters() as $p) {
            $ps[] = ($p->hasType() ? $p->getType() . ' ' : '') . '$' . $p->getName()
                . ($p->isDefaultValueAvailable() ? ' = ' . strtolower(var_export((string) $p->getType() === 'float' ? (float) $p->getDefaultValue() : $p->getDefaultValue(), true)) : '');
        }
        echo "$c::$name(", implode(', ', $ps), ")\n";
    }
}
$r = new ReflectionClass(Swoole\Process\Pool::class);
echo json_encode(array_intersect_key($r->getDefaultProperties(), array_flip(['master_pid', 'workerPid', 'workerId', 'workers', 'workerRunning', 'running']))), "\n";
var_dump($r->isCloneable(), $r->isFinal());
--EXPECT--
Swoole\Process\Pool::__construct(int $worker_num, int $ipc_type = 0, int $msgqueue_key = 0, bool $enable_coroutine = false)
Swoole\Process\Pool::set(array $settings)
Swoole\Process\Pool::on(string $name, callable $callback)
Swoole\Process\Pool::getProcess(int $work_id = -1)
Swoole\Process\Pool::listen(string $host, int $port = 0, int $backlog = 2048)
Swoole\Process\Pool::write(string $data)
Swoole\Process\Pool::sendMessage(string $data, int $dst_worker_id)
Swoole\Process\Pool::detach()
Swoole\Process\Pool::start()
Swoole\Process\Pool::stop()
Swoole\Process\Pool::shutdown()
Swoole\Process\Manager::__construct(int $ipcType = 0, int $msgQueueKey = 0)
Swoole\Process\Manager::add(callable $func, bool $enableCoroutine = false)
Swoole\Process\Manager::addBatch(int $workerNum, callable $func, bool $enableCoroutine = false)
Swoole\Process\Manager::start()
Swoole\Process\Manager::setIPCType(int $ipcType)
Swoole\Process\Manager::getIPCType()
Swoole\Process\Manager::setMsgQueueKey(int $msgQueueKey)
Swoole\Process\Manager::getMsgQueueKey()
{"master_pid":-1,"workerPid":-1,"workerId":-1,"workers":null,"workerRunning":true,"running":true}
bool(false)
bool(false)
