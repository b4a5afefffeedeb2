--TEST--
Coroutine: thousands that wait, are resumed, cancelled and end use no more memory than the first thousands
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use function Swoole\Coroutine\{run, go};
Coroutine::set(['max_coroutine' => 5000]);
run(function () {
    $rounds = function (int $count) {
        for ($round = 0; $round < $count; $round++) {
            $c = new Channel(1);
            $cids = [];
            for ($i = 0; $i < 1000; $i++) {
                $cids[] = go(function () use ($c, $i) {
                    $i % 2 ? $c->pop() : Coroutine::yield();
                    Coroutine::getContext()['key'] = $i;
                });
            }
            foreach ($cids as $i => $cid) {
                $i % 2 ? ($i % 4 === 1 ? $c->push($i) : Coroutine::cancel($cid)) : Coroutine::resume($cid);
            }
            $c->close();
        }
    };
    $rounds(2);
    $before = memory_get_usage();
    $rounds(10);
    var_dump(memory_get_usage() - $before < 1000, Coroutine::stats()['coroutine_num'], Coroutine::stats()['coroutine_peak_num']);
});
?>
--EXPECT--
bool(true)
int(1)
int(1001)
