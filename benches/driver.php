<?php
// Runs the sides of every benchmark in turn, round by round, and prints the table. Started by benches/run.

[$php, $queueKey] = [$argv[1], $argv[2]];
$options = ['rounds' => null, 'quick' => false, 'so' => null, 'peer' => null, 'filter' => ''];
foreach (array_slice($argv, 3) as $argument) {
    if (preg_match('/^--rounds=([1-9]\d*)$/', $argument, $found)) {
        $options['rounds'] = (int) $found[1];
    } elseif ($argument === '--quick') {
        $options['quick'] = true;
    } elseif (preg_match('/^--so=(.+)$/', $argument, $found)) {
        $options['so'] = $found[1];
    } elseif (preg_match('/^--peer=(.+)$/', $argument, $found)) {
        $options['peer'] = $found[1];
    } elseif ($argument !== '' && $argument[0] !== '-') {
        $options['filter'] = $argument;
    } else {
        fwrite(STDERR, "usage: benches/run [--rounds=N] [--quick] [--so=PATH|none] [--peer=PATH] [FILTER]\n");
        exit(2);
    }
}

$here = __DIR__;
$root = dirname($here);
$floor = "$root/target/bench/floor";
$so = extension($options['so'], $root);
// Another module with the same classes: the scripts of our own side run under it as well.
$peer = $so === null ? null : $options['peer'];
if ($peer !== null && !is_file($peer)) {
    fwrite(STDERR, "no extension at $peer: --peer takes a path of a file\n");
    exit(2);
}

/** How a measured row is judged. */
enum Limit
{
    /** At most this many times the floor. */
    case TimesFloor;
    /** At most this much more than the floor, in the unit of the row. */
    case AboveFloor;
    /** At least this many times as fast as stock PHP. */
    case TimesStock;
    /** Ours alone, in the unit of the row. */
    case Absolute;
    /** Ours alone: at least this much, in the unit of the row. */
    case AtLeast;
    /** For orientation only. */
    case None;
}

/**
 * One line of the table. A side is a command that prints one number (nanoseconds an operation, or bytes),
 * or null where there is none.
 */
final class Row
{
    /** @var array<string, list<float>> what each side printed, by round */
    public array $samples = [];
    /** @var array<string, string> why a side has no number */
    public array $broken = [];

    /** @param array<string, ?list<string>> $sides */
    public function __construct(
        public readonly string $name,
        public readonly string $unit,
        public readonly array $sides,
        public readonly Limit $limit,
        public readonly float $bound = 0,
        public readonly float $bytes = 0,
        public readonly int $atLeast = 1,
        public readonly int $atMost = PHP_INT_MAX,
    ) {
    }

    /** The same row with one more side: what our own runs, with another library. */
    public function beside(string $so, string $peer): self
    {
        $command = $this->sides['ours'] ?? null;
        $command = $command === null ? null : str_replace(["extension=$so", $so], ["extension=$peer", $peer], $command);
        return new self($this->name, $this->unit, [...$this->sides, 'peer' => $command], $this->limit, $this->bound,
            $this->bytes, $this->atLeast, $this->atMost);
    }
}

$quick = $options['quick'];
$rounds = $options['rounds'] ?? ($quick ? 5 : 21);
$rows = array_values(array_filter(
    rows($php, $floor, $so, $queueKey, $here, $quick),
    fn (Row $row) => $options['filter'] === '' || stripos($row->name, $options['filter']) !== false,
));
if ($rows === []) {
    fwrite(STDERR, "no benchmark has \"{$options['filter']}\" in its name\n");
    exit(2);
}

if ($peer !== null) {
    $rows = array_map(fn (Row $row) => $row->beside($so, $peer), $rows);
}

heading($php, $so, $peer, $rounds);
$complete = true;
foreach ($rows as $row) {
    for ($round = 0; $round < min(max($rounds, $row->atLeast), $row->atMost); $round++) {
        // Forwards and backwards in turn, so that no side always runs first.
        $sides = $round % 2 ? array_reverse($row->sides, true) : $row->sides;
        foreach ($sides as $side => $command) {
            if ($command !== null && !isset($row->broken[$side])) {
                sample($row, $side, $command, $round);
            }
        }
    }
    show($row);
    foreach ($row->broken as $side => $reason) {
        if ($reason !== '') {
            // A peer may lack what the row needs.
            $complete = $complete && $side === 'peer';
            echo "    $side: $reason\n";
        }
    }
}
exit($complete ? 0 : 1);

/** The library to measure: as told, or the newer of what cargo and the Makefile leave; null for none. */
function extension(?string $told, string $root): ?string
{
    if ($told === 'none') {
        return null;
    }
    $found = array_filter(
        $told !== null ? [$told] : ["$root/target/release/swoole_process.so", "$root/target/release/libswoole_process.so"],
        'is_file',
    );
    if ($found === []) {
        fwrite(STDERR, 'no extension at ' . ($told ?? "$root/target/release") . ": build it first, or pass --so=none\n");
        exit(2);
    }
    usort($found, fn ($a, $b) => filemtime($b) <=> filemtime($a));
    return realpath($found[0]);
}

/** @return list<Row> */
function rows(string $php, string $floor, ?string $so, string $key, string $here, bool $quick): array
{
    $built = dirname($floor);
    // One core for both ends: the price of the calls, without the scheduler's choice of cores.
    $pin = [$floor, 'pin'];
    $script = fn (string $file, string $side, array $arguments) => match ($side) {
        'ours' => $so === null ? null : [$php, '-d', "extension=$so", "$here/php/$file.php", 'ours', ...$arguments],
        'bare' => [$php, '-d', "extension=$built/bare.so", "$here/php/$file.php", 'bare', ...$arguments],
        default => [$php, "$here/php/$file.php", $side, ...$arguments],
    };
    $pinned = fn (?array $command) => $command === null ? null : [...$pin, ...$command];
    // Batches are few in a quick run, but never shorter.
    $batches = fn (int $count) => (string) ($quick ? max(3, intdiv($count, 2)) : $count);

    $rows = [];
    // The name of the subcommand of floor.c is the name of the script.
    $family = function (string $name, string $unit, string $file, array $arguments, Limit $limit, float $bound, float $bytes = 0, bool $onOneCore = true, bool $bare = false) use (&$rows, $floor, $script, $pinned) {
        $sides = [
            'floor' => [$floor, $file, ...$arguments],
            'ours' => $script($file, 'ours', $arguments),
            'stock' => $script($file, 'stock', $arguments),
            'bare' => $bare ? $script($file, 'bare', $arguments) : null,
        ];
        $rows[] = new Row($name, $unit, $onOneCore ? array_map($pinned, $sides) : $sides, $limit, $bound, $bytes);
    };

    foreach (['stream', 'message'] as $kind) {
        foreach (['64' => '64 B', '8192' => '8 KB'] as $size => $label) {
            $family("pipe round trip, $kind, $label", 'us', 'pipe', [$kind, (string) $size, $batches(25), '150'], Limit::TimesFloor, 1.15, bare: true);
        }
    }
    foreach (['stream', 'message'] as $kind) {
        $exported = [$kind, '64', $batches(25), '150'];
        $rows[] = new Row("exported socket round trip, $kind, 64 B", 'us', [
            'floor' => $pinned([$floor, 'exported', ...$exported]),
            'ours' => $pinned($script('exported', 'ours', $exported)),
        ], Limit::TimesFloor, 1.5);
    }
    $family('pipe one way, message, 60 KB', 'MB/s', 'oneway', ['61440', $batches(16), '150'], Limit::TimesFloor, 1.15, 61440);
    foreach (['64' => '64 B', '1024' => '1 KB', '8192' => '8 KB'] as $size => $label) {
        $family("queue push + pop, $label", 'us', 'queue', [(string) $size, $batches(40), '500', $key], Limit::TimesFloor, 1.15, bare: true);
    }
    foreach (['64' => '64 B', '8192' => '8 KB'] as $size => $label) {
        // The floor is a ring behind a robust mutex in C, and stock is a pipe.
        $family("shared channel push + pop, $label", 'us', 'channel', [(string) $size, $batches(40), '2000'], Limit::None, 0);
        $rows[] = new Row("shared channel push + pop, $label, beside our queue", 'us', [
            'ours' => $pinned($script('channel', 'ours', [(string) $size, $batches(40), '2000'])),
            'stock' => $pinned($script('queue', 'ours', [(string) $size, $batches(40), '500', $key])),
        ], $size === 64 ? Limit::TimesStock : Limit::None, 3);
    }
    foreach (['64' => '64 B', '8192' => '8 KB', '1048576' => '1 MB'] as $size => $label) {
        $values = [(string) $size, $batches(25), $size > 10_000 ? '10' : '150'];
        foreach (['stock' => 'serialize + pipe', 'framed' => 'framed in PHP'] as $other => $what) {
            $rows[] = new Row("value round trip, $label, beside $what", 'us', [
                'ours' => $pinned($script('values', 'ours', $values)),
                'stock' => $pinned($script('values', $other, $values)),
            ], Limit::None);
        }
    }
    $workers = ['64', $batches(8), '2000', $key];
    $family('queue to two workers, 64 B', 'M/s', 'workers', $workers, Limit::TimesFloor, 1.15);
    $family('queue to two workers, all cores', 'M/s', 'workers', $workers, Limit::None, 0, 0, false);

    $spawn = [$batches(6), '4'];
    $rows[] = new Row('spawn + wait', '/s', [
        'floor' => $pinned($script('spawn', 'floor', $spawn)),
        'ours' => $pinned($script('spawn', 'ours', $spawn)),
        'stock' => $pinned($script('spawn', 'stock', $spawn)),
    ], Limit::TimesStock, 4);
    $rows[] = new Row('program with options, and its end', '/s', [
        'floor' => $pinned([$floor, 'program', ...$spawn]),
        'ours' => $pinned($script('command', 'ours', [...$spawn, '0'])),
        'stock' => $pinned($script('command', 'stock', [...$spawn, '0'])),
    ], Limit::None);
    $rows[] = new Row('the same, by a process of 500 MB', '/s', [
        'floor' => $pinned([$floor, 'program', ...$spawn]),
        'ours' => $pinned($script('command', 'ours', [...$spawn, '500'])),
        'stock' => $pinned($script('command', 'stock', [...$spawn, '500'])),
    ], Limit::None);
    $rows[] = new Row('fork + _exit + wait, bare C', '/s', ['floor' => $pinned([$floor, 'spawn', $batches(20), '10'])], Limit::None);

    foreach (['function', 'method'] as $what) {
        $calls = [$what, $batches(30), '30000'];
        $rows[] = new Row("call of a $what", 'ns', [
            'floor' => $pinned([$php, '-d', "extension=$built/noop.so", "$here/php/call.php", 'floor', ...$calls]),
            'ours' => $pinned($script('call', 'ours', $calls)),
            'stock' => $what === 'function' ? $pinned($script('call', 'stock', $calls)) : null,
        ], Limit::AboveFloor, 10);
    }

    $construct = ['construct', $batches(30), '30000'];
    $rows[] = new Row('new Process, and its end', 'ns', [
        'ours' => $pinned($script('call', 'ours', $construct)),
        'stock' => $pinned($script('call', 'stock', $construct)),
    ], Limit::None);

    // The bound of these is what Swoole 6.2 does on a machine like the one of docs/performance.md. Where there is a
    // floor, its subcommand has the name that the script takes as its second argument.
    $loop = function (string $name, string $unit, array $arguments, float $bound = 0, bool $floored = true, bool $stock = false, int $atMost = 9) use (&$rows, $floor, $script, $pinned) {
        $rows[] = new Row($name, $unit, array_map($pinned, [
            'floor' => $floored ? [$floor, ...$arguments] : null,
            'ours' => $script('loop', 'ours', $arguments),
            'stock' => $stock ? $script('loop', 'stock', $arguments) : null,
        ]), $bound > 0 ? Limit::AtLeast : Limit::None, $bound, 0, 1, $atMost);
    };
    $loop('deferred calls', 'M/s', ['defer', $batches(25), '2000'], 1.5, floored: false);
    $loop('timer add + clear', 'M/s', ['timer', $batches(25), '2000'], 1.27, floored: false);
    $loop('300,000 timers added, then cleared', 'M/s', ['many', '3', '300000'], floored: false, atMost: 5);
    $loop('timers fired', 'M/s', ['fired', $batches(25), '1000'], 0.37);
    $loop('one more of 1,000,000 timers', 'ns', ['pending', $batches(25), '2000'], floored: false, atMost: 3);
    $loop('signals handled', 'M/s', ['signal', $batches(25), '500'], 0.3);
    $loop('200 pairs, ping-pong', 'M/s', ['pairs', '200', '0', $batches(20), '2000'], stock: true);
    $loop('100 active of 10,100 descriptors', 'M/s', ['pairs', '50', '10000', $batches(20), '1000']);

    // The bounds are those of real Swoole, as above; the other side is PHP's own Fiber. The floor of all that runs another
    // coroutine is the switch to its stack and back.
    $stacks = dirname($floor) . '/coroutines';
    $coroutine = function (string $name, string $what, float $bound, bool $stock, bool $switches = true) use (&$rows, $script, $pinned, $batches, $stacks) {
        $arguments = [$batches(25), '20000'];
        $floor = $switches ? [$stacks, 'resume', ...$arguments] : null;
        array_unshift($arguments, $what);
        $rows[] = new Row($name, 'M/s', array_map($pinned, [
            'floor' => $floor,
            'ours' => $script('coroutine', 'ours', $arguments),
            // A Fiber's stack is made anew each time, which takes long.
            'stock' => $stock ? $script('coroutine', 'stock', $what === 'create' ? [$what, $batches(25), '500'] : $arguments) : null,
        ]), Limit::AtLeast, $bound, 0, 1, 9);
    };
    $coroutine('channel push + pop', 'channel', 5, true, switches: false);
    $coroutine('channel ping-pong', 'pingpong', 0.5, true);
    $coroutine('coroutine yield + resume', 'resume', 7.9, true);
    $coroutine('coroutine create + end', 'create', 2.6, true);
    $sleep = ['20000', $batches(25), '20000'];
    $rows[] = new Row('20,000 sleep, one wakes', 'M/s', array_map($pinned, [
        'floor' => [$stacks, 'sleep', ...$sleep],
        'ours' => $script('sleep', 'ours', $sleep),
        'stock' => $script('sleep', 'stock', $sleep),
    ]), Limit::None, 0, 0, 1, 9);
    // The kernel's limit of mappings ends the life of Fibers at about 32,000.
    foreach (['20000' => '20,000', '100000' => '100,000'] as $number => $label) {
        foreach (['time' => ['the making of each', 'us'], 'memory' => ['memory of each', 'KB']] as $what => [$title, $unit]) {
            $alive = [$what, (string) $number];
            $rows[] = new Row("$label alive, $title", $unit, array_map($pinned, [
                'floor' => [$stacks, 'alive', ...$alive],
                'ours' => $script('alive', 'ours', $alive),
                'stock' => $number > 30000 ? null : $script('alive', 'stock', $alive),
            ]), Limit::None, 0, 0, 1, 5);
        }
    }
    $rows[] = new Row('5,000 pairs of coroutine sockets, ping-pong', 'M/s', [
        'floor' => $pinned([$floor, 'pairs', '5000', '0', $batches(10), '20000']),
        'ours' => $pinned($script('sockets', 'ours', ['5000', $batches(10), '20000'])),
    ], Limit::None, 0, 0, 1, 5);

    // What coroutine sockets do beside that.
    $net = function (string $name, string $unit, string $what, array $arguments, float $bytes = 0, bool $onOneCore = true) use (&$rows, $script, $pinned, $built) {
        $program = $what === 'tls' ? (is_file("$built/tls") ? ["$built/tls"] : null) : ["$built/net", $what];
        $sides = ['floor' => $program === null ? null : [...$program, ...$arguments], 'ours' => $script('net', 'ours', [$what, ...$arguments])];
        $rows[] = new Row($name, $unit, $onOneCore ? array_map($pinned, $sides) : $sides, Limit::None, 0, $bytes, 1, 5);
    };
    $net('lines of 64 B received', 'M/s', 'lines', [$batches(10), '51200']);
    $net('packets of 64 B received', 'M/s', 'packets', [$batches(10), '51200']);
    $net('1 GB through sendFile()', 'MB/s', 'sendfile', ['3', '16', (string) (1 << 26)], 1 << 26, false);
    $net('9,900 connections at once, each', 'us', 'connections', ['1', '9900']);
    $net('TLS round trip, 64 B', 'us', 'tls', [$batches(10), '2000']);

    // Blocking calls of PHP that wait for another process: in a coroutine, and in plain PHP. Both talk to a program in C.
    $hooked = function (string $name, string $what, string $perBatch, array $floor) use (&$rows, $script, $pinned, $batches, $built) {
        $arguments = [$what, $batches(10), $perBatch, "$built/net"];
        $sides = ['floor' => $floor, 'ours' => $script('hooked', 'ours', $arguments), 'stock' => $script('hooked', 'stock', $arguments)];
        $rows[] = new Row($name, 'us', array_map($pinned, $sides), Limit::None, 0, 0, 1, 9);
    };
    $hooked('hooked stream round trip, 64 B', 'stream', '2000', ["$built/net", 'stream', $batches(10), '2000']);
    $hooked('hooked accept + write + close', 'accept', '1000', ["$built/net", 'accept', $batches(10), '1000']);
    // MariaDB and nginx are there once the tests with peers have run.
    $peers = dirname($here) . "/target/peers";
    if (is_dir($peers)) {
        foreach (['1' => 'one', '100' => '100'] as $most => $label) {
            $requests = [(string) $most, $batches(10), '2000'];
            $sides = ['ours' => $script('curl', 'ours', $requests), 'stock' => $script('curl', 'stock', $requests)];
            $rows[] = new Row("requests by curl, $label at a time", '/s', array_map(
                fn (?array $side) => $side === null ? null : $pinned(['env', "PEERS=$peers", $side[0], '-d', "extension=$peers/extensions/curl.so", ...array_slice($side, 1)]),
                $sides,
            ), Limit::None, 0, 0, 1, 9);
        }
        $extensions = [];
        foreach (['mysqlnd', 'mysqli'] as $name) {
            array_push($extensions, '-d', "extension=$peers/extensions/$name.so");
        }
        $query = ['query', $batches(10), '500', "$built/net"];
        $sides = ['floor' => $script('hooked', 'floor', $query), 'ours' => $script('hooked', 'ours', $query), 'stock' => $script('hooked', 'stock', $query)];
        $rows[] = new Row('hooked query of MariaDB', 'us', array_map(
            fn (?array $side) => $side === null ? null : $pinned(['env', "PEERS=$peers", $side[0], ...$extensions, ...array_slice($side, 1)]),
            $sides,
        ), Limit::None, 0, 0, 1, 5);
    }

    // Pools: their floors have a program of their own. A worker of a pool is a fork of PHP, as a child is.
    $pool = function (string $name, string $unit, string $what, int $size, int $senders, int $perBatch, Limit $limit, float $bound = 0) use (&$rows, $script, $pinned, $batches, $built) {
        $arguments = [$what, (string) $size, (string) $senders, $batches(16), (string) $perBatch];
        $rows[] = new Row($name, $unit, array_map($pinned, [
            'floor' => ["$built/pool", ...$arguments],
            'ours' => $script('pool', 'ours', [...$arguments, "$built/pool"]),
            'bare' => in_array($what, ['pairs', 'queue'], true) ? $script('pool', 'bare', $arguments) : null,
        ]), $limit, $bound, $size, 1, 9);
    };
    foreach ([1 => 'one sender', 8 => 'eight senders'] as $senders => $from) {
        $pool("pool, unix sockets, 64 B, $from", 'M/s', 'pairs', 64, $senders, 2000, Limit::TimesFloor, 1.15);
        $pool("pool, unix sockets, 8 KB, $from", 'M/s', 'pairs', 8192, $senders, 1000, Limit::TimesFloor, 1.15);
        $pool("pool, message bus, 64 B, $from", 'M/s', 'files', 64, $senders, 2000, Limit::None);
        $pool("pool, message bus, 1 MB, $from", 'MB/s', 'files', 1 << 20, $senders, 16, Limit::None);
        $pool("pool, queue, 64 B, $from", 'M/s', 'queue', 64, $senders, 2000, Limit::TimesFloor, 1.15);
        $pool("pool, queue, 8 KB, $from", 'M/s', 'queue', 8192, $senders, 1000, Limit::TimesFloor, 1.15);
        $pool("pool, unix server, 64 B, $from", 'M/s', 'server', 64, $senders, 400, Limit::None);
        $pool("pool, unix server, 8 KB, $from", 'M/s', 'server', 8192, $senders, 400, Limit::None);
    }
    $rows[] = new Row('pool, workers that end at once', '/s', array_map($pinned, [
        'floor' => $script('pool', 'floor', ['hire', ...$spawn]),
        'ours' => $script('pool', 'ours', ['hire', ...$spawn]),
    ]), Limit::None, 0, 0, 1, 9);
    $rows[] = new Row('pool, reload of 100 workers', 'ms', array_map($pinned, [
        'floor' => $script('pool', 'floor', ['reload', '100', '3']),
        'ours' => $script('pool', 'ours', ['reload', '100', '3']),
    ]), Limit::None, 0, 0, 1, 5);

    // What processes share: the floor is the same calls of a C extension that leaves out all it can.
    $shared = function (string $name, string $what, int $processes = 1, int $count = 1000, bool $stock = false, bool $floored = true) use (&$rows, $script, $pinned, $batches, $built, $php, $here) {
        $arguments = [$what, (string) $processes, (string) $count, $batches(15), $count > 1000 ? '200000' : '10000'];
        $sides = [
            'floor' => $floored ? [$php, '-d', "extension=$built/shared.so", "$here/php/shared.php", 'floor', ...$arguments] : null,
            'ours' => $script('shared', 'ours', $arguments),
            'bare' => in_array($what, ['set', 'get', 'incr'], true) && $processes === 1 ? [$php, '-d', "extension=$built/shared.so", "$here/php/shared.php", 'bare', ...$arguments] : null,
            'stock' => $stock ? $script('shared', 'stock', $arguments) : null,
        ];
        $alone = $processes === 1;
        $rows[] = new Row($name, 'ns', $alone ? array_map($pinned, $sides) : $sides, $alone && $floored ? Limit::TimesFloor : Limit::None, 1.3, 0, 1, 9);
    };
    $shared('atomic add', 'atomic');
    $shared('atomic add, 8 processes', 'atomic', 8);
    $shared('lock + unlock, mutex', 'mutex');
    $shared('lock + unlock, to read', 'read');
    $shared('lock + unlock, to write', 'write');
    $shared('lock + unlock, mutex, 8 processes', 'mutex', 8);
    foreach (['set', 'get', 'incr'] as $what) {
        $shared("table $what", $what, stock: true);
        $shared("table $what, 8 processes", $what, 8);
        $shared("table $what, 1,000,000 rows", $what, 1, 1_000_000);
    }
    $shared('table iteration, a row', 'iterate', floored: false);
    $rows[] = new Row('table memory, a row of 48 bytes', 'bytes', [
        'ours' => $script('shared_memory', 'ours', ['100000']),
    ], Limit::None, 0, 0, 1, 3);

    // What makes no system call, in instructions: the same on every machine and under any load.
    $instructions = fn (?array $command, int $perBatch) => $command === null ? null : [$php, "$here/php/instructions.php", ...$command, (string) $perBatch];
    $counted = fn (string $name, string $file, string $what, int $perBatch) => new Row("instructions: $name", 'instructions', [
        'ours' => $instructions($script($file, 'ours', [$what]), $perBatch),
        'stock' => in_array($what, ['resume', 'construct', 'channel'], true) ? $instructions($script($file, 'stock', [$what]), $perBatch) : null,
    ], Limit::None, 0, 0, 1, 1);
    $ofShared = fn (string $side, string $what) => [$php, '-d', "extension=$built/shared.so", "$here/php/shared.php", $side, $what, '1', '1000'];
    $countedShared = fn (string $name, string $what) => new Row("instructions: $name", 'instructions', [
        'floor' => $instructions($ofShared('floor', $what), 2000),
        'ours' => $instructions($script('shared', 'ours', [$what, '1', '1000']), 2000),
        'bare' => $what === 'atomic' ? null : $instructions($ofShared('bare', $what), 2000),
    ], Limit::None, 0, 0, 1, 1);
    array_push(
        $rows,
        $counted('new Process, and its end', 'call', 'construct', 2000),
        $counted('a deferred call', 'loop', 'defer', 2000),
        $counted('a turn of the loop with Event::cycle', 'loop', 'cycle', 2000),
        $counted('timer add + clear', 'loop', 'timer', 2000),
        $counted('a timer of 20,000', 'loop', 'many', 20000),
        $counted('channel push + pop', 'coroutine', 'channel', 2000),
        $counted('coroutine yield + resume', 'coroutine', 'resume', 2000),
        $counted('coroutine create + end', 'coroutine', 'create', 2000),
        $countedShared('atomic add', 'atomic'),
        $countedShared('table set', 'set'),
        $countedShared('table get', 'get'),
    );

    // Without php.ini: the fewer other modules, the less noise around the difference.
    $plain = [$php, '-n'];
    $loaded = $so === null ? null : [$php, '-n', '-d', "extension=$so"];
    $rows[] = new Row('start-up of php, wall time', 'ms', [
        'floor' => $pinned([$floor, 'time', ...$plain, '-r', '']),
        'ours' => $loaded === null ? null : $pinned([$floor, 'time', ...$loaded, '-r', '']),
    ], Limit::AboveFloor, 1, 0, $quick ? 10 : 60);
    $rows[] = new Row('start-up of php, memory', 'MB', [
        'floor' => [...$plain, "$here/php/memory.php"],
        'ours' => $loaded === null ? null : [...$loaded, "$here/php/memory.php"],
    ], Limit::AboveFloor, 1.5, 0, 15);
    $rows[] = new Row('size of the library, stripped', 'MB', [
        'ours' => $so === null ? null : ['sh', '-c', 'strip -o "$2" "$1" && wc -c <"$2"', 'sh', $so, "$built/stripped.so"],
    ], Limit::Absolute, 3);
    return $rows;
}

/** Runs one side once and keeps its number, or the reason why there is none ('' where there is no counterpart). */
function sample(Row $row, string $side, array $command, int $round): void
{
    // timeout(1) makes a process group of its own. Files, not pipes: children that outlive a broken side hold its output.
    $process = proc_open(
        ['timeout', '-k', '1', '30', ...$command],
        [['file', '/dev/null', 'r'], $written = tmpfile(), $errors = tmpfile()],
        $pipes,
    );
    $group = proc_get_status($process)['pid'];
    $status = proc_close($process);
    rewind($written);
    $output = trim(stream_get_contents($written));
    if ($status === 0 && is_numeric($output)) {
        $row->samples[$side][$round] = (float) $output;
        return;
    }
    shell_exec("kill -s KILL -- -$group 2>/dev/null");
    unset($row->samples[$side]);
    rewind($errors);
    $message = trim($output . "\n" . stream_get_contents($errors));
    $row->broken[$side] = match ($status) {
        77 => '',
        124, 137 => 'hung',
        default => "status $status" . ($message === '' ? '' : ': ' . strtok($message, "\n")),
    };
}

function heading(string $php, ?string $so, ?string $peer, int $rounds): void
{
    $about = shell_exec(escapeshellarg($php) . ' -r ' . escapeshellarg(<<<'CODE'
        foreach (['swoole_process', 'swoole', 'openswoole'] as $name) {
            if (extension_loaded($name)) {
                fwrite(STDERR, "php.ini loads $name: the sides without it cannot be measured\n");
                exit(2);
            }
        }
        echo 'PHP ', PHP_VERSION, PHP_ZTS ? ' ZTS' : ' NTS', PHP_DEBUG ? ' debug' : '';
        CODE));
    if (!is_string($about) || !str_starts_with($about, 'PHP ')) {
        exit(2);
    }
    printf("%s, Linux %s, %s cores, %d rounds%s\n\n", $about, php_uname('r'), trim(shell_exec('nproc') ?? '?'), $rounds,
        $so === null ? ', without the extension' : '');
    $peer === null || printf("peer: %s\n\n", $peer);
    line('', 'ours (min..max)', 'floor (min..max)', 'ours/floor (min..max)', 'limit', 'verdict', 'stock PHP', 'C extension (ours/it)',
        $peer === null ? '' : 'peer (speed of ours/its)');
}

function line(string $name, string $ours, string $floor, string $ratio, string $limit, string $verdict, string $stock, string $bare, string $peer): void
{
    echo rtrim(sprintf('%-40s %-25s %-25s %-22s %-20s %-8s %-10s %-21s %s', $name, $ours, $floor, $ratio, $limit, $verdict, $stock, $bare, $peer)), "\n";
}

function show(Row $row): void
{
    // Each round is a pair measured within a second, so the median of quotients is steadier than a quotient of medians.
    $quotients = pairs($row, 'ours', 'floor', fn ($ours, $floor) => $ours / $floor);
    $toBare = pairs($row, 'ours', 'bare', fn ($ours, $bare) => $ours / $bare);
    $faster = pairs($row, 'ours', 'peer', fn ($ours, $peer) => $peer / $ours);
    [$limit, $within] = match ($row->limit) {
        Limit::TimesFloor => [sprintf('%.2f x floor', $row->bound), judge($quotients, fn ($is) => round($is, 2) <= $row->bound)],
        Limit::AboveFloor => above_floor($row),
        Limit::TimesStock => times_stock($row),
        Limit::Absolute => [sprintf('%g %s', $row->bound, $row->unit), judge($row->samples['ours'] ?? [], fn ($is) => scaled($row, $is) <= $row->bound)],
        Limit::AtLeast => [sprintf('> %g %s', $row->bound, $row->unit), judge($row->samples['ours'] ?? [], fn ($is) => scaled($row, $is) >= $row->bound)],
        Limit::None => ['-', null],
    };
    line(
        $row->name,
        cell($row, 'ours'),
        cell($row, 'floor'),
        $quotients === [] ? '-' : sprintf('%.2f (%.2f..%.2f)', median($quotients), min($quotients), max($quotients)),
        $limit,
        match ($within) {
            true => 'within',
            false => 'OVER',
            null => '-',
        },
        middle($row, 'stock'),
        middle($row, 'bare') . ($toBare === [] ? '' : sprintf(' (%.2f)', median($toBare))),
        array_key_exists('peer', $row->sides) ? middle($row, 'peer') . ($faster === [] ? '' : sprintf(' (%.2f)', median($faster))) : '',
    );
}

/** @return array{string, ?bool} */
function above_floor(Row $row): array
{
    $more = pairs($row, 'ours', 'floor', fn ($ours, $floor) => scaled($row, $ours) - scaled($row, $floor));
    $limit = sprintf('+%g %s', $row->bound, $row->unit);
    return $more === []
        ? [$limit, null]
        : [sprintf('%s (is %+.2f)', $limit, median($more)), judge($more, fn ($is) => $is <= $row->bound)];
}

/** @return array{string, ?bool} */
function times_stock(Row $row): array
{
    $times = pairs($row, 'stock', 'ours', fn ($stock, $ours) => $stock / $ours);
    $limit = sprintf('%g x stock', $row->bound);
    return $times === []
        ? [$limit, null]
        : [sprintf('%s (is %.1f)', $limit, median($times)), judge($times, fn ($is) => $is >= $row->bound)];
}

/** @return list<float> `$combine` of both sides, for each round that has both */
function pairs(Row $row, string $one, string $other, callable $combine): array
{
    $both = array_intersect_key($row->samples[$one] ?? [], $row->samples[$other] ?? []);
    return array_map(fn ($round) => $combine($both[$round], $row->samples[$other][$round]), array_keys($both));
}

function judge(array $values, callable $within): ?bool
{
    return $values === [] ? null : $within(median($values));
}

function median(array $values): float
{
    sort($values);
    $middle = intdiv(count($values), 2);
    return count($values) % 2 ? $values[$middle] : ($values[$middle - 1] + $values[$middle]) / 2;
}

/** What a side printed, in the unit of the row. */
function scaled(Row $row, float $value): float
{
    return match ($row->unit) {
        'ns', 'bytes', 'instructions' => $value,
        'us' => $value / 1e3,
        'KB' => $value / 1e3,
        'ms', 'MB' => $value / 1e6,
        '/s' => 1e9 / $value,
        'M/s' => 1e3 / $value,
        'MB/s' => $row->bytes * 1e3 / $value,
    };
}

function cell(Row $row, string $side): string
{
    if (!isset($row->samples[$side])) {
        return ($row->broken[$side] ?? '') === '' ? '-' : 'BROKEN';
    }
    $values = array_map(fn ($value) => scaled($row, $value), $row->samples[$side]);
    return count($values) === 1
        ? figure(median($values)) . ' ' . $row->unit
        : sprintf('%s %s (%s..%s)', figure(median($values)), $row->unit, figure(min($values)), figure(max($values)));
}

/** The median of a side, in the unit of the row. */
function middle(Row $row, string $side): string
{
    return isset($row->samples[$side]) ? figure(scaled($row, median($row->samples[$side]))) . ' ' . $row->unit : '-';
}

/** Three or so significant digits. */
function figure(float $value): string
{
    return number_format($value, $value >= 100 ? 0 : ($value >= 10 ? 1 : 2), '.', '');
}
