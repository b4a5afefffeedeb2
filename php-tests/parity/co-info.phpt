--TEST--
exists, list, stats, getElapsed, getStackUsage, isCanceled from inside and outside.
--FILE--
<?php
// Pins: exists, list, stats, getElapsed, getStackUsage, isCanceled from inside and outside.
// Status: documented.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
echo implode(',', array_keys(Coroutine::stats())), "\n";
echo json_encode(Coroutine::stats()['coroutine_num']), "\n";
run(function () {
    $me = Coroutine::getCid();
    $ids = [];
    for ($i = 0; $i < 3; $i++) {
        $ids[] = go(fn () => Coroutine::sleep(0.03 + 0.3 * $i));
    }
    $list = iterator_to_array(Coroutine::list());
    sort($list);
    var_dump($list === [$me, ...$ids]);
    echo get_class(Coroutine::list()), ' ', count(Coroutine::listCoroutines()), "\n";
    $s = Coroutine::stats();
    echo json_encode([$s['coroutine_num'], $s['coroutine_peak_num'], $s['event_num']]), "\n";
    Coroutine::sleep(0.15);
    echo json_encode(array_map(Coroutine::exists(...), [...$ids, 9999])), ' ', Coroutine::stats()['coroutine_num'], "\n";
    var_dump(Coroutine::getElapsed() >= 140, Coroutine::getElapsed() < 3000);
    var_dump(Coroutine::getStackUsage() > 0, Coroutine::isCanceled(), Coroutine::getPcid(9999));
});
echo Coroutine::stats()['coroutine_num'], ' ', Coroutine::getCid(), "\n";
--EXPECT--
event_num,signal_listener_num,aio_task_num,aio_worker_num,aio_queue_size,c_stack_size,coroutine_num,coroutine_peak_num,coroutine_last_cid
0
bool(true)
Swoole\Coroutine\Iterator 4
[4,4,0]
[false,true,true,false] 3
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
0 -1
