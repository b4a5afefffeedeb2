<?php
// Lets producers and workers share a queue on a real Redis, while workers, the server and the network fail.
//
//   PEERS=$(scripts/peers) scripts/php php-tests/soak/redis.php [--jobs=N] [--workers=N] [--seed=N] [--quick]
//
// Two producers push numbered jobs: one gives each an id and repeats what fails, the other gives none. The workers of a
// pool note each job in a file of their own process, and then return. Between them and the server is a proxy that stalls
// now and then, so that time limits expire, and cuts all connections. Workers are killed with SIGKILL at random, and so is
// the server, which keeps its data in an append-only file (appendfsync always). At the end each number was handled; a
// number that was handled more than once has an excuse for each further time:
//
// - its worker was killed, and it was the last job of that worker;
// - the worker has told in the log that the server did not hear of the end, or heard of it too late;
// - the producer without ids has pushed it again, because it did not hear whether the first push was done.
//
// Ends with 1 when something is not as it should be.
//
// --jobs      how many (default 100000)
// --workers   how many (default 4)
// --quick     1000 jobs
declare(strict_types=1);

use Swoole\{Atomic, Coroutine, Process};
use Swoole\Coroutine\{Server, Socket};
use Swoole\Coroutine\Server\Connection;
use Swoole\Process\{Pool, RedisQueue};
use function Swoole\Coroutine\{go, run};

require __DIR__ . '/../peers/support.inc';

$given = getopt('', ['jobs:', 'workers:', 'seed:', 'quick']);
$jobs = (int) ($given['jobs'] ?? (isset($given['quick']) ? 1000 : 100_000));
$workers = (int) ($given['workers'] ?? 4);
mt_srand((int) ($given['seed'] ?? 1));

$server = Peer::redis(['appendonly' => 'yes', 'appendfsync' => 'always']);
$folder = "$server->folder/account";
mkdir($folder);
swoole_async_set(['log_file' => "$folder/log"]);
/** How many jobs were handled, whether the proxy stalls, its port, and whether producers have ended. */
[$handled, $stalls, $port, $produced] = [new Atomic(), new Atomic(), new Atomic(), new Atomic()];

$proxy = new Process(fn () => run(function () use ($server, $stalls, $port) {
    $pump = function (Socket $from, Socket $to) use ($stalls): void {
        while (($bytes = $from->recv()) != '') {
            while ($stalls->get() === 1) {
                Coroutine::sleep(0.005);
            }
            // What it has received goes with the connection.
            if ($stalls->get() === 2 || $to->sendAll($bytes) === false) {
                break;
            }
        }
        $from->shutdown();
        $to->shutdown();
    };
    $listener = new Server('127.0.0.1');
    $listener->handle(function (Connection $connection) use ($server, $pump) {
        $near = $connection->exportSocket();
        $far = new Socket(AF_UNIX, SOCK_STREAM);
        if ($far->connect($server->path)) {
            $done = go($pump, $far, $near);
            $pump($near, $far);
            Coroutine::join([$done]);
        }
        $near->close();
        $far->close();
    });
    $port->set($listener->port);
    $listener->start();
}));
$proxy->start();
while ($port->get() === 0) {
    usleep(1000);
}

$queue = new RedisQueue('jobs', ['port' => $port->get(), 'timeout' => 0.5, 'retry' => 60, 'visibility' => 3, 'max_attempts' => 0, 'poll' => 0.2]);
$producers = [];
foreach ([0, 1] as $without) {
    $producers[] = $producer = new Process(function () use ($queue, $jobs, $without, $folder, $produced, $server) {
        mt_srand($without);
        $file = fopen("$folder/again", 'a');
        for ($n = $without; $n < $jobs; $n += 2) {
            $options = ['delay' => mt_rand(0, 19) === 0 ? mt_rand(1, 300) / 1000 : 0.0, 'priority' => mt_rand(1, 3), 'id' => $without ? null : "n$n"];
            while (true) {
                try {
                    $queue->push(['n' => $n], ...$options);
                    break;
                } catch (RedisQueue\ConnectionException) {
                    $without && fwrite($file, "$n\n");
                }
            }
        }
        $produced->add();
    });
    $producer->start();
}
$master = new Process(function () use ($queue, $workers, $handled, $folder) {
    $pool = new Pool($workers);
    $pool->set(['restart_delay' => 0, 'max_wait_time' => 30]);
    $pool->consume($queue, function (Pool $pool, RedisQueue\Message $message) use ($handled, $folder) {
        static $file = null;
        // One call of write(2) for each job: a killed process has noted it, or not.
        fwrite($file ??= fopen("$folder/worker-" . getmypid(), 'a'), "{$message->body['n']} $message->id\n");
        $handled->add();
    });
    $pool->start();
});
$master->start();

$killed = [];
$troubles = ['workers killed' => 0, 'server killed' => 0, 'stalls' => 0, 'cuts' => 0];
$control = new RedisQueue('jobs', ['path' => $server->path, 'timeout' => 30]);
$often = max(100, intdiv($jobs, 400));
[$next, $lastly, $seen] = [$often, hrtime(true), 0];
// Of each kind at least one.
$first = [4, 0, 4, 1, 4, 3];
while (true) {
    usleep(2000);
    $count = $handled->get();
    if ($count !== $seen) {
        [$seen, $lastly] = [$count, hrtime(true)];
    } elseif (hrtime(true) - $lastly > 120e9) {
        echo "nothing happens any more\n", json_encode($control->stats()), "\n";
        break;
    }
    if ($produced->get() === 2) {
        ['waiting' => $waiting, 'pending' => $pending, 'delayed' => $delayed] = $control->stats();
        if ($waiting + $pending + $delayed === 0) {
            break;
        }
    }
    if ($count < $next) {
        continue;
    }
    $next = $count + mt_rand(intdiv($often, 2), $often);
    $alive = array_filter(explode(' ', (string) @file_get_contents("/proc/$master->pid/task/$master->pid/children")));
    switch (array_shift($first) ?? mt_rand(0, 19)) {
        case 0:
            $server->stop(SIGKILL);
            $server->start();
            $troubles['server killed']++;
            break;
        case 1:
        case 2:
            $stalls->set(1);
            usleep(mt_rand(10, 1200) * 1000);
            $stalls->set(0);
            $troubles['stalls']++;
            break;
        case 3:
            $stalls->set(2);
            usleep(20_000);
            $stalls->set(0);
            $troubles['cuts']++;
            break;
        default:
            if ($alive !== []) {
                $pid = (int) $alive[array_rand($alive)];
                if (Process::kill($pid, SIGKILL)) {
                    $killed[$pid] = true;
                    $troubles['workers killed']++;
                }
            }
    }
}
Process::kill($master->pid, SIGTERM);
Process::kill($proxy->pid, SIGKILL);
foreach ([$master, $proxy, ...$producers] as $process) {
    $process->join();
}

// The account.
$wrong = [];
$log = (string) @file_get_contents("$folder/log");
preg_match_all('/message (\S+) was handled, but/', $log, $told);
$told = array_count_values($told[1]);
$again = array_count_values(array_filter(explode("\n", (string) file_get_contents("$folder/again")), 'strlen'));
$times = $excuses = [];
foreach (glob("$folder/worker-*") as $file) {
    $pid = (int) substr(strrchr($file, '-'), 1);
    $lines = explode("\n", trim(file_get_contents($file)));
    foreach ($lines as $line => $words) {
        [$n, $id] = explode(' ', $words);
        $times[$n] = ($times[$n] ?? 0) + 1;
        if (isset($killed[$pid]) && $line === array_key_last($lines)) {
            $excuses[$n]['its worker was killed'] = ($excuses[$n]['its worker was killed'] ?? 0) + 1;
        }
        if (isset($told[$id])) {
            $excuses[$n]['the server was not told in time'] = $told[$id];
        }
        if (isset($again[$n])) {
            $excuses[$n]['it was pushed again'] = $again[$n];
        }
    }
}
$twice = 0;
$reasons = [];
for ($n = 0; $n < $jobs; $n++) {
    $more = ($times[$n] ?? 0) - 1;
    if ($more < 0) {
        $wrong[] = "job $n is lost";
    } elseif ($more > 0) {
        $twice += $more;
        if ($more > array_sum($excuses[$n] ?? [])) {
            $wrong[] = "job $n was handled " . ($more + 1) . ' times, with ' . json_encode($excuses[$n] ?? []);
        }
        $reason = array_key_first($excuses[$n] ?? []) ?? 'none';
        $reasons[$reason] = ($reasons[$reason] ?? 0) + $more;
    }
}
$stats = $control->stats();
if ($stats['dead'] > 0 || $stats['waiting'] + $stats['pending'] + $stats['delayed'] > 0) {
    $wrong[] = 'left in the queue: ' . json_encode($stats) . json_encode($control->dead(3));
}
if (!isset($given['quick'])) {
    printf("%d jobs, %s\n", $jobs, implode(', ', array_map(fn ($what, $count) => "$what: $count", array_keys($troubles), $troubles)));
    printf("handled again: %d (%s)\n", $twice, implode(', ', array_map(fn ($reason, $count) => "$reason: $count", array_keys($reasons), $reasons)));
}
foreach (array_slice($wrong, 0, 20) as $line) {
    echo "wrong: $line\n";
}
echo $wrong === [] ? "all is accounted for\n" : count($wrong) . " are wrong\n";
exit($wrong === [] ? 0 : 1);
