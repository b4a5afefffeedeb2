--TEST--
a pcntl handler ends a pop() or push() that waits: false and EINTR, without a warning; then the handler runs
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
pcntl_async_signals(true);
foreach (['with restart' => true, 'without restart' => false] as $how => $restart) {
    foreach (['pop', 'push'] as $method) {
        $p = new Process(function (Process $p) use ($method, $restart) {
            $handled = false;
            pcntl_signal(SIGUSR1, function () use (&$handled) {
                $handled = true;
            }, $restart);
            $p->write('ready');
            $result = $method === 'pop' ? $p->pop() : $p->push(str_repeat('x', 1000));
            $p->write(json_encode([$result, swoole_errno(), swoole_last_error(), $handled]));
        });
        $p->useQueue(getmypid(), SWOOLE_MSGQUEUE_BALANCE, 1500);
        $method === 'push' && $p->push(str_repeat('x', 1000));
        $p->start();
        $p->read();
        until_asleep($p->pid);
        posix_kill($p->pid, SIGUSR1);
        echo "$method(), $how: ", $p->read(), ', ', ending(Process::wait()), "\n";
        $p->freeQueue();
    }
}
?>
--EXPECT--
pop(), with restart: [false,4,4,true], code 0
push(), with restart: [false,4,4,true], code 0
pop(), without restart: [false,4,4,true], code 0
push(), without restart: [false,4,4,true], code 0
