--TEST--
Channel: after pcntl_fork() in a coroutine the parent's coroutines do not wait in the child's channel
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
run(function () {
    $c = new Channel(1);
    go(function () use ($c) {
        echo 'the parent got ' . $c->pop(), "\n";
    });
    $pid = pcntl_fork();
    if ($pid === 0) {
        echo json_encode($c->stats()), "\n";
        $c->push('its own');
        echo 'the child got ', $c->pop(0.5), "\n";
        posix_kill(posix_getpid(), SIGKILL);
    }
    pcntl_waitpid($pid, $status);
    echo json_encode($c->stats()), "\n";
    $c->push('a value');
});
?>
--EXPECT--
{"consumer_num":0,"producer_num":0,"queue_num":0}
the child got its own
{"consumer_num":1,"producer_num":0,"queue_num":0}
the parent got a value
