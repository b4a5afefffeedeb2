<?php
// What one thing of coroutines costs: coroutine.php SIDE channel|pingpong|resume|create BATCHES PER_BATCH
// The other side of resume, create and pingpong is PHP's own Fiber, which has no channel: there the values are passed on
// by hand. That of channel is SplQueue.
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;

require __DIR__ . '/measure.php';
[, $side, $what] = $argv;
[$batches, $perBatch] = array_map(intval(...), array_slice($argv, -2));

$batch = match ("$side $what") {
    'ours channel' => function (int $count): void {
        $channel = new Channel(1);
        while ($count-- > 0) {
            $channel->push($count);
            $got = $channel->pop();
        }
        $got === 0 || throw new Exception('pop');
    },
    'stock channel' => function (int $count): void {
        $queue = new SplQueue();
        while ($count-- > 0) {
            $queue->enqueue($count);
            $got = $queue->dequeue();
        }
        $got === 0 || throw new Exception('dequeue');
    },
    'ours pingpong' => function (int $count): void {
        [$there, $back] = [new Channel(1), new Channel(1)];
        Coroutine::create(function () use ($there, $back): void {
            while (($value = $there->pop()) !== false) {
                $back->push($value);
            }
        });
        while ($count-- > 0) {
            $there->push($count);
            $got = $back->pop();
        }
        $there->close();
        $got === 0 || throw new Exception('pop');
    },
    'stock pingpong', 'stock resume' => function (int $count): void {
        $fiber = new Fiber(function (): void {
            $value = null;
            while (($value = Fiber::suspend($value)) !== false);
        });
        $fiber->start();
        while ($count-- > 0) {
            $got = $fiber->resume($count);
        }
        $fiber->resume(false);
        $got === 0 || throw new Exception('resume');
    },
    'ours resume' => function (int $count): void {
        $cid = Coroutine::create(function (): void {
            while (Coroutine::yield());
        });
        while ($count-- > 0) {
            Coroutine::resume($cid);
        }
        // A cancelled yield() returns false.
        Coroutine::cancel($cid);
        Coroutine::exists($cid) && throw new Exception('it waits still');
    },
    'ours create' => function (int $count): void {
        $nothing = static function (): void {
        };
        while ($count-- > 0) {
            Coroutine::create($nothing);
        }
    },
    'stock create' => function (int $count): void {
        $nothing = static function (): void {
        };
        while ($count-- > 0) {
            (new Fiber($nothing))->start();
        }
    },
};

$median = 0.0;
$measure = function () use (&$median, $batches, $perBatch, $batch): void {
    $median = measure($batches, $perBatch, $batch);
};
$side === 'ours' ? Coroutine\run($measure) : $measure();
printf("%.2f\n", $median);
