--TEST--
more names than are asked for at a time: all are answered, also when some that wait for their turn give up
--FILE--
<?php
require __DIR__ . '/../support.inc';
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
run(function () {
    [$most, $found, $given] = [0, 0, 0];
    for ($i = 0; $i < 80; $i++) {
        $cids[] = go(function () use (&$found, &$most) {
            $found += System::getaddrinfo('localhost') === ['127.0.0.1'];
        });
        $most = max($most, count(children()));
    }
    for ($i = 0; $i < 20; $i++) {
        $late[] = go(function () use (&$given) { $given += System::getaddrinfo('localhost', timeout: 1e-9) === false; });
    }
    // These wait for their turn by now.
    foreach (array_slice($cids, 40, 20) as $cid) {
        Coroutine::cancel($cid);
    }
    Coroutine::join([...$cids, ...$late]);
    var_dump($most, $found, $given);
    // The same name is asked for once in a while.
    $same = 0;
    for ($i = 0; $i < 100; $i++) {
        go(function () use (&$same, $i) { $same += System::gethostbyname('localhost') === '127.0.0.1'; });
    }
    while ($same < 100) {
        Coroutine::sleep(0.005);
    }
    var_dump(children());
});
?>
--EXPECT--
int(32)
int(60)
int(20)
array(0) {
}
