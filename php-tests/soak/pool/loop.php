<?php
// Workers that exit with 1 at once: what they cost after ten seconds, and whether they work at full speed once they behave.
// Started by ../pool.php.
declare(strict_types=1);

use Swoole\Process;
use Swoole\Process\Pool;

require_once __DIR__ . '/trial.php';
require_once __DIR__ . '/proc.php';

const WORKERS = 8;
/** When the cost is measured, and for how long, in seconds. */
const BEGIN = 10;
const LENGTH = 20;
/** Of a core, in percent. */
const LIMIT = 1.0;
const MESSAGES = 200_000;
/** The longest pause of a worker that has crashed, in seconds: the default of the pool. */
const LONGEST = 10;

/** A pool that crashes as long as a file is there; the process of its master. */
function start_pool(Wire $wire, string $flag): int
{
    $master = new Process(function () use ($wire, $flag) {
        swoole_async_set(['log_level' => SWOOLE_LOG_ERROR]);
        $pool = new Pool(WORKERS, SWOOLE_IPC_UNIXSOCK);
        $handled = 0;
        $pool->on('WorkerStart', function (Pool $pool, int $id) use ($wire, $flag) {
            clearstatcache();
            file_exists($flag) ? exit(1) : $wire->tell("ready $id");
        });
        $pool->on('Message', function (Pool $pool, string $text) use (&$handled, $wire) {
            $handled++;
            if ($text === 'last') {
                $wire->tell("handled $handled");
                $handled = 0;
            } elseif ($text === 'end') {
                $pool->stop();
            }
        });
        $pool->on('Start', function (Pool $pool) use ($wire, $flag) {
            (new Process(fn () => feed($pool, $wire, $flag), false, 0))->start();
        });
        $pool->start();
    }, false, 0);
    return $master->start();
}

/** Lets workers behave, and measures them. */
function feed(Pool $pool, Wire $wire, string $flag): void
{
    $seconds = [];
    if (file_exists($flag)) {
        $cost = measure($pool->master_pid);
        unlink($flag);
        $begun = microtime(true);
        hear($wire, 'ready', WORKERS);
        printf("loop: %d workers that exit at once cost %.2f %% of a core after %d s (at most %.0f %%); all were there again %.1f s after they behaved\n",
            WORKERS, $cost, BEGIN, LIMIT, microtime(true) - $begun);
        $cost < LIMIT || file_put_contents("$flag.failed", 'cost');
    } else {
        hear($wire, 'ready', WORKERS);
    }
    for ($run = 0; $run < 3; $run++) {
        $begun = microtime(true);
        for ($i = 0; $i < MESSAGES; $i++) {
            $pool->sendMessage('message', $i % WORKERS);
        }
        for ($i = 0; $i < WORKERS; $i++) {
            $pool->sendMessage('last', $i);
        }
        $handled = array_sum(hear($wire, 'handled', WORKERS));
        $handled === MESSAGES + WORKERS || file_put_contents("$flag.failed", "$handled messages instead of " . MESSAGES);
        $seconds[] = microtime(true) - $begun;
    }
    // A crash long ago delays nobody who ends well.
    $pool->sendMessage('end', 0);
    $begun = microtime(true);
    hear($wire, 'ready', 1);
    microtime(true) - $begun < LONGEST / 2 || file_put_contents("$flag.failed", 'a worker that has recovered waits before it is replaced');
    file_put_contents("$flag.speed", MESSAGES / min($seconds));
    $pool->shutdown();
}

/** Percent of a core that a pool uses. */
function measure(int $master): float
{
    sleep(BEGIN);
    $cost = fn (): float => Proc::cost($master) + array_sum(array_map(Proc::cost(...), array_keys(workers($master))));
    [$before, $begun] = [$cost(), microtime(true)];
    sleep(LENGTH);
    return 100 * ($cost() - $before) / (microtime(true) - $begun);
}

/** The children of a master, but for this process. */
function workers(int $master): array
{
    return array_diff_key(Proc::children($master), [getmypid() => true]);
}

/** @return list<int> what so many lines say */
function hear(Wire $wire, string $what, int $count): array
{
    $heard = [];
    $until = microtime(true) + 60;
    while (count($heard) < $count) {
        $line = $wire->hear(100_000);
        if (str_starts_with((string) $line, "$what ")) {
            $heard[] = (int) substr($line, strlen($what) + 1);
        } elseif (microtime(true) > $until) {
            fwrite(STDERR, "VIOLATION: nobody has told '$what' for a minute\n");
            exit(1);
        }
    }
    return $heard;
}

/** Messages a second of a pool, which has crashed before or not. */
function speed(string $flag): float
{
    $master = start_pool(new Wire(), $flag);
    pcntl_waitpid($master, $status);
    $speed = (float) @file_get_contents("$flag.speed");
    @unlink("$flag.speed");
    return $speed;
}

$flag = tempnam(sys_get_temp_dir(), 'crash-loop');
unlink($flag);
$usual = speed($flag);
touch($flag);
$recovered = speed($flag);
printf("loop: then %.0f messages/s, as %.0f/s of workers that have never crashed\n", $recovered, $usual);
$failed = (string) @file_get_contents("$flag.failed");
@unlink("$flag.failed");
if ($failed === '' && $recovered < $usual / 2) {
    $failed = 'speed';
}
echo $failed === '' ? '' : "VIOLATION: $failed\n";
exit($failed === '' ? 0 : 1);
