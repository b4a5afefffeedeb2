<?php
// Jobs a second through a queue on Redis: from a push to the acknowledgement, in one process and in four.
//
//   PEERS=$(scripts/peers) scripts/php benches/php/redis_queue.php [--jobs=N] [--rounds=N]
//
// raw        C over a unix socket: XADD; then one round trip for each job, XACK, XDEL and XREADGROUP together
// ours       RedisQueue: push(); consume(), which also moves delayed jobs, looks for dead workers, and counts attempts
// phpredis   the extension redis: xAdd(); xReadGroup(), xAck() and xDel(), with pipeline() for the last two
// Predis     the same in PHP
//
// The server keeps nothing on the disk. The median of the rounds is printed.
declare(strict_types=1);

use Swoole\Atomic;
use Swoole\Process;
use Swoole\Process\RedisQueue;

require __DIR__ . '/../../php-tests/peers/support.inc';

$given = getopt('', ['jobs:', 'rounds:']);
$jobs = (int) ($given['jobs'] ?? 10_000);
$rounds = (int) ($given['rounds'] ?? 5);
$peers = getenv('PEERS');
const BODY = '{"to":"ann@example.org","text":"hello"}';

if (!extension_loaded('redis')) {
    // Started again with the extension of the peers.
    $extensions = array_map(fn (string $name) => "extension=$peers/extensions/$name.so", ['igbinary', 'redis']);
    $module = getenv('MODULE') ?: __DIR__ . '/../../target/release/swoole_process.so';
    $command = [PHP_BINARY, '-n', '-d', 'extension=posix', '-d', 'extension=sockets', '-d', "extension=$module", '-d', $extensions[0], '-d', $extensions[1], __FILE__];
    pcntl_exec($command[0], [...array_slice($command, 1), ...array_slice($_SERVER['argv'], 1)]);
}

$raw = tempnam(sys_get_temp_dir(), 'raw');
exec(implode(' ', array_map('escapeshellarg', ['cc', '-O2', '-o', $raw, __DIR__ . '/../c/redis_queue.c'])), $_, $status);
$status === 0 || exit("the C program cannot be compiled\n");
$server = Peer::redis();

interface Client
{
    public function push(int $jobs): void;

    public function take(int $jobs): void;
}

$clients = ['raw' => fn (): Client => new class ($raw, $server->path) implements Client {
    public function __construct(private string $program, private string $path)
    {
    }

    public function push(int $jobs): void
    {
        $this->run('push', $jobs);
    }

    public function take(int $jobs): void
    {
        $this->run('take', $jobs);
    }

    private function run(string $what, int $jobs): void
    {
        exec("$this->program $this->path $what $jobs " . escapeshellarg(BODY), $_, $status);
        $status === 0 || throw new RuntimeException("raw $what: $status");
    }
}, 'ours' => fn (): Client => new class ($server->path) implements Client {
    private RedisQueue $queue;

    public function __construct(string $path)
    {
        $this->queue = new RedisQueue('ours', ['path' => $path]);
    }

    public function push(int $jobs): void
    {
        while ($jobs-- > 0) {
            $this->queue->push(BODY);
        }
    }

    public function take(int $jobs): void
    {
        for ($done = 0; $done < $jobs;) {
            $done += (int) $this->queue->serve(fn () => null);
        }
        $this->queue->close();
    }
}, 'phpredis' => fn (): Client => new class ($server->path) implements Client {
    private Redis $redis;

    public function __construct(string $path)
    {
        $this->redis = new Redis();
        $this->redis->connect($path);
        $this->redis->xGroup('CREATE', 'phpredis', 'workers', '0', true);
    }

    public function push(int $jobs): void
    {
        while ($jobs-- > 0) {
            $this->redis->xAdd('phpredis', '*', ['b' => BODY]);
        }
    }

    public function take(int $jobs): void
    {
        while ($jobs-- > 0) {
            $taken = $this->redis->xReadGroup('workers', 'w' . getmypid(), ['phpredis' => '>'], 1);
            $id = array_key_first($taken['phpredis']);
            $this->redis->pipeline();
            $this->redis->xAck('phpredis', 'workers', [$id]);
            $this->redis->xDel('phpredis', [$id]);
            $this->redis->exec();
        }
    }
}];
if (is_file("$peers/php/Predis/autoload.php")) {
    require "$peers/php/Predis/autoload.php";
    $clients['Predis'] = fn (): Client => new class ($server->path) implements Client {
        private Predis\Client $redis;

        public function __construct(string $path)
        {
            $this->redis = new Predis\Client(['scheme' => 'unix', 'path' => $path]);
            try {
                $this->redis->executeRaw(['XGROUP', 'CREATE', 'predis', 'workers', '0', 'MKSTREAM']);
            } catch (Predis\Response\ServerException) {
                // It is there.
            }
        }

        public function push(int $jobs): void
        {
            while ($jobs-- > 0) {
                $this->redis->executeRaw(['XADD', 'predis', '*', 'b', BODY]);
            }
        }

        public function take(int $jobs): void
        {
            $consumer = 'w' . getmypid();
            while ($jobs-- > 0) {
                [[, [[$id]]]] = $this->redis->executeRaw(['XREADGROUP', 'GROUP', 'workers', $consumer, 'COUNT', '1', 'STREAMS', 'predis', '>']);
                $this->redis->executeRaw(['XACK', 'predis', 'workers', $id]);
                $this->redis->executeRaw(['XDEL', 'predis', $id]);
            }
        }
    };
}

/** Operations a second of processes that begin at the same time. */
function speed(callable $make, string $what, int $processes, int $jobs): float
{
    [$ready, $go] = [new Atomic(), new Atomic()];
    $children = [];
    for ($n = 0; $n < $processes; $n++) {
        $children[] = $child = new Process(function () use ($make, $what, $processes, $jobs, $ready, $go) {
            $client = $make();
            $ready->add();
            $go->wait(60);
            $go->wakeup();
            $client->$what(intdiv($jobs, $processes));
        });
        $child->start();
    }
    while ($ready->get() < $processes) {
        usleep(1000);
    }
    $begun = hrtime(true);
    $go->wakeup();
    array_map(fn (Process $child) => $child->join(), $children);
    return $jobs / ((hrtime(true) - $begun) / 1e9);
}

$figures = [];
for ($round = 0; $round < $rounds; $round++) {
    foreach ([1, 4] as $processes) {
        foreach ($clients as $name => $make) {
            foreach (['push', 'take'] as $what) {
                $figures["$what, $processes"][$name][] = speed($make, $what, $processes, $jobs);
            }
        }
    }
}
unlink($raw);
printf("%-16s%s\n", 'jobs a second', implode(array_map(fn ($name) => sprintf('%12s', $name), array_keys($clients))));
foreach ($figures as $row => $sides) {
    $medians = array_map(function (array $all): string {
        sort($all);
        return sprintf('%12s', number_format($all[intdiv(count($all), 2)]));
    }, $sides);
    printf("%-16s%s\n", $row, implode($medians));
}
