--TEST--
after stop() and detach() a worker takes no more messages, with coroutines too: the next ones are its successor's
--FILE--
<?php
use Swoole\Process\Pool;

foreach (['stop', 'detach'] as $how) {
    foreach ([false, true] as $coroutine) {
        $file = tempnam(sys_get_temp_dir(), 'pool');
        $pool = new Pool(1, SWOOLE_IPC_UNIXSOCK, 0, $coroutine);
        $pool->on('Start', function (Pool $pool) {
            foreach (['leave', 'one', 'two', 'end'] as $word) {
                $pool->sendMessage($word, 0);
            }
        });
        $pool->on('WorkerStart', fn () => null);
        $pool->on('Message', function (Pool $pool, string $word) use ($file, $how) {
            file_put_contents($file, getmypid() . " $word\n", FILE_APPEND);
            match ($word) {
                'leave' => $pool->$how(),
                'end' => $pool->shutdown(),
                default => null,
            };
        });
        $pool->start();
        $lines = file($file);
        unlink($file);
        // Numbers of processes, in the order of their coming.
        $seen = [];
        foreach ($lines as $line) {
            [$pid, $word] = explode(' ', trim($line));
            $seen[$pid] ??= count($seen) + 1;
            echo $seen[$pid], ' ', $word, '; ';
        }
        echo $how, $coroutine ? " with coroutines\n" : "\n";
    }
}
?>
--EXPECT--
1 leave; 2 one; 2 two; 2 end; stop
1 leave; 2 one; 2 two; 2 end; stop with coroutines
1 leave; 2 one; 2 two; 2 end; detach
1 leave; 2 one; 2 two; 2 end; detach with coroutines
