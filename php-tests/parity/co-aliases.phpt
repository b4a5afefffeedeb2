--TEST--
which names lead to the same things: Co, go, chan, co\run, swoole_coroutine_create, Swoole\Coroutine\go.
--FILE--
<?php
// Pins: which names lead to the same things: Co, go, chan, co\run, swoole_coroutine_create, Swoole\Coroutine\go.
// Status: documented.
foreach (['go', 'defer', 'Co\run', 'Co\go', 'Co\defer', 'Swoole\Coroutine\run', 'Swoole\Coroutine\go', 'Swoole\Coroutine\defer',
          'Swoole\Coroutine\batch', 'Swoole\Coroutine\parallel', 'Swoole\Coroutine\map', 'swoole_coroutine_create', 'swoole_coroutine_defer',
          'swoole_event_add', 'swoole_timer_after', 'swoole_set_process_name', 'swoole_coroutine_socketpair'] as $f) {
    echo $f, ' ', json_encode(function_exists($f)), "\n";
}
foreach (['Co', 'Chan', 'Co\Channel', 'Co\Scheduler', 'Co\Socket', 'Co\System', 'Co\WaitGroup', 'Co\Context',
          'Swoole\Process\Pool', 'Swoole\Process\Manager', 'Swoole\Process\ProcessManager', 'Swoole\Coroutine\Barrier', 'Swoole\Coroutine\Socket\Exception',
          'Swoole\ExitException', 'Swoole\Exception', 'Swoole\Error', 'Swoole\Coroutine\CanceledException', 'Swoole\Coroutine\Iterator', 'Swoole\Coroutine\Lock'] as $c) {
    echo $c, ' ', class_exists($c) ? (new ReflectionClass($c))->getName() : 'missing', "\n";
}
go(fn () => print("go outside of run\n"));
Co\run(fn () => go(fn () => print("inside\n")));
$c = new Chan(2);
echo get_class($c), ' ', $c->capacity, "\n";
--EXPECT--
go true
defer true
Co\run true
Co\go true
Co\defer true
Swoole\Coroutine\run true
Swoole\Coroutine\go true
Swoole\Coroutine\defer true
Swoole\Coroutine\batch true
Swoole\Coroutine\parallel true
Swoole\Coroutine\map true
swoole_coroutine_create true
swoole_coroutine_defer true
swoole_event_add true
swoole_timer_after true
swoole_set_process_name true
swoole_coroutine_socketpair true
Co Swoole\Coroutine
Chan Swoole\Coroutine\Channel
Co\Channel Swoole\Coroutine\Channel
Co\Scheduler Swoole\Coroutine\Scheduler
Co\Socket Swoole\Coroutine\Socket
Co\System Swoole\Coroutine\System
Co\WaitGroup Swoole\Coroutine\WaitGroup
Co\Context Swoole\Coroutine\Context
Swoole\Process\Pool Swoole\Process\Pool
Swoole\Process\Manager Swoole\Process\Manager
Swoole\Process\ProcessManager Swoole\Process\Manager
Swoole\Coroutine\Barrier Swoole\Coroutine\Barrier
Swoole\Coroutine\Socket\Exception Swoole\Coroutine\Socket\Exception
Swoole\ExitException Swoole\ExitException
Swoole\Exception Swoole\Exception
Swoole\Error Swoole\Error
Swoole\Coroutine\CanceledException Swoole\Coroutine\CanceledException
Swoole\Coroutine\Iterator Swoole\Coroutine\Iterator
Swoole\Coroutine\Lock Swoole\Coroutine\Lock
go outside of run
inside
Swoole\Coroutine\Channel 2
