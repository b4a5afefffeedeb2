<?php
// Tortures what processes share: processes count, lock, write and read rows at random and are killed at any moment; after each
// round everything is accounted for.
//
//   scripts/php php-tests/soak/shared.php [--seed=N] [--rounds=N] [--operations=N] [--quick]
//
// In a round that nobody is killed in, eight processes do a fixed number of operations: counters are exact, no count is lost
// in a critical section, each wakeup lets one pass, rows are whole. In a round with killings the same processes are killed at
// random and replaced; rows stay whole, a lock lets one in at a time and goes on to the next one, and the number of rows that
// the table counts is that of its rows. Memory that is shared, and descriptors, have to stay flat. Ends with 1 when something
// is not as it should be. SOAK_PLANT plants a fault that has to be found: count, lock, row, wakeup, hang.
//
// --seed         the same numbers draw the same lots (default: 1)
// --rounds       how many (default 200)
// --operations   how many each process does in a round (default 20000)
// --quick        6 rounds of 2000 operations: about a second
declare(strict_types=1);

use Swoole\{Atomic, Lock, Process, Table};
use Swoole\Atomic\Long;

const PROCESSES = 8;
const KEYS = 60;
/** Seconds that a round may take, on a machine that is busy with other things. */
const LIMIT = 60;
/** EOWNERDEAD. */
const OWNER_DIED = 130;

$options = getopt('', ['seed:', 'rounds:', 'operations:', 'quick']);
$quick = isset($options['quick']);
$rounds = (int) ($options['rounds'] ?? ($quick ? 6 : 200));
$operations = (int) ($options['operations'] ?? ($quick ? 2000 : 20000));
mt_srand((int) ($options['seed'] ?? 1));
$plant = (string) getenv('SOAK_PLANT');

final class World
{
    public Atomic $short;
    public Long $long;
    /** What a lock protects: two numbers that are equal outside of it. */
    public Atomic $one;
    public Atomic $other;
    /** Who is inside; 0 for nobody. */
    public Atomic $inside;
    public Lock $lock;
    public Table $table;
    /** @var Atomic[] What the processes wake each other with. */
    public array $balls;
    /** How often one was woken. */
    public Atomic $passed;
    public Atomic $violations;

    public function __construct(private readonly int $kind)
    {
        foreach (['short', 'one', 'other', 'inside', 'passed', 'violations'] as $name) {
            $this->$name = new Atomic();
        }
        $this->long = new Long();
        $this->balls = array_map(fn () => new Atomic(), range(1, PROCESSES));
        $this->lock = new Lock($kind);
        $this->table = new Table(64);
        $this->table->column('n', Table::TYPE_INT);
        $this->table->column('text', Table::TYPE_STRING, 120);
        $this->table->column('half', Table::TYPE_FLOAT);
        $this->table->column('steps', Table::TYPE_INT);
        $this->table->create();
    }

    public function wrong(string $what): void
    {
        $this->violations->add();
        fwrite(STDERR, "VIOLATION: $what\n");
    }

    public static function row(int $n): array
    {
        return ['n' => $n, 'text' => str_repeat(chr(97 + $n % 26), $n % 120), 'half' => $n / 2.0];
    }

    public function check_row(string $key, array $row): void
    {
        $want = self::row($row['n']);
        if ($row['text'] !== $want['text'] || $row['half'] !== $want['half']) {
            $this->wrong("$key is torn: " . json_encode($row));
        }
    }

    /** All rows, and whether they are as many as are counted. */
    public function check_table(bool $alone): void
    {
        $rows = 0;
        foreach ($this->table as $key => $row) {
            $rows++;
            $this->check_row((string) $key, $row);
        }
        if ($alone && ($rows !== count($this->table) || $rows !== $this->table->stats()['num'])) {
            $this->wrong("there are $rows rows, and " . count($this->table) . ' are counted');
        }
    }

    /** One step inside of the lock. */
    public function critical(string $plant): void
    {
        if ($plant !== 'lock' && !$this->lock->lock()) {
            $this->wrong("the lock was not taken: {$this->lock->errCode}");
            return;
        }
        $this->lock->errCode === OWNER_DIED && $this->repair();
        $before = $this->inside->get();
        if ($before !== 0) {
            $this->wrong("$before is inside, too");
        }
        $this->inside->set(getmypid());
        if ($this->one->get() !== $this->other->get()) {
            $this->wrong('what the lock protects is half done');
        }
        $this->one->set($this->one->get() + 1);
        $this->other->set($this->other->get() + 1);
        $this->inside->set(0);
        $this->lock->unlock();
    }

    public function read(): void
    {
        if (!$this->lock->lock(LOCK_SH)) {
            $this->wrong("the lock was not taken to read: {$this->lock->errCode}");
            return;
        }
        if ($this->lock->errCode !== OWNER_DIED) {
            $inside = $this->inside->get();
            $inside === 0 || $this->wrong("$inside writes while another one reads");
        } elseif ($this->kind !== Lock::RWLOCK) {
            // Only a lock with readers tells the next one, too.
            $this->repair();
        }
        $this->lock->unlock();
    }

    /** The last one may have changed the first number only. */
    private function repair(): void
    {
        $this->other->set($this->one->get());
        $this->inside->set(0);
    }
}

/** What one process does. */
function work(World $world, int $seed, int $operations, string $plant): void
{
    mt_srand($seed);
    // Critical sections are a fixed share, so that their number is known.
    for ($n = 0; $n < $operations; $n++) {
        if ($plant === 'count') {
            $before = $world->short->get();
            usleep($n % 50 === 0 ? 1 : 0);
            $world->short->set($before + 1);
        } else {
            $world->short->add();
        }
        $world->long->sub(3);
        $world->table->incr('sum', 'steps');
        if ($n % 8 === 0) {
            $world->critical($plant);
        }
        if ($n % 8 === 4) {
            $world->read();
        }
        $key = 'k' . mt_rand(0, KEYS - 1);
        $row = World::row(mt_rand(0, 5000));
        switch (mt_rand(0, 7)) {
            case 0:
                $world->table->del($key);
                break;
            case 1:
                $world->table->add($key, $row);
                break;
            case 2:
                $old = $world->table->getdel($key);
                if ($old !== false) {
                    $world->check_row($key, $old);
                }
                break;
            case 3:
            case 4:
                $old = $world->table->get($key);
                if ($old !== false) {
                    $world->check_row($key, $old);
                }
                break;
            default:
                if ($plant === 'row') {
                    $world->table->set($key, ['n' => $row['n']]);
                    usleep($n % 10 === 0 ? 1 : 0);
                }
                $world->table->set($key, $row);
        }
    }
}

/** Two processes wake each other in turn. */
function play(World $world, int $number, int $operations, string $plant): void
{
    [$mine, $theirs] = $number % 2 === 0 ? [$world->balls[$number], $world->balls[$number + 1]] : [$world->balls[$number], $world->balls[$number - 1]];
    for ($n = 0; $n < $operations; $n++) {
        if ($number % 2 === 0 && !($plant === 'wakeup' && $n === 7)) {
            $theirs->wakeup();
        }
        if (!$mine->wait($plant === 'wakeup' ? 1 : LIMIT / 2)) {
            $world->wrong('a wakeup was lost');
            return;
        }
        $world->passed->add();
        if ($number % 2 !== 0) {
            $theirs->wakeup();
        }
    }
}

/** Starts a process; its id. */
function start(Closure $body): int
{
    return (new Process($body, false, 0))->start();
}

/** Waits for all that are left. What takes too long hangs. */
function join_all(World $world, array $pids): void
{
    $deadline = microtime(true) + LIMIT;
    while ($pids !== []) {
        $end = Process::wait(false);
        if ($end !== false) {
            $pids = array_diff($pids, [$end['pid']]);
            if ($end['code'] !== 0) {
                $world->wrong('a process has ended with ' . json_encode($end));
            }
        } elseif (microtime(true) > $deadline) {
            $world->wrong(count($pids) . ' processes hang');
            array_map(fn (int $pid) => Process::kill($pid, SIGKILL), $pids);
            $deadline += LIMIT;
        } else {
            usleep(1000);
        }
    }
}

function expect(World $world, string $what, int $expected, int $is): void
{
    if ($expected !== $is) {
        $world->wrong("$what is $is instead of $expected");
    }
}

/** Nobody is killed: all is exact. */
function quiet_round(World $world, int $operations, string $plant): void
{
    $pids = [];
    for ($i = 0; $i < PROCESSES; $i++) {
        $seed = mt_rand();
        $pids[] = start(fn () => work($world, $seed, $operations, $plant));
    }
    join_all($world, $pids);
    expect($world, 'the short counter', PROCESSES * $operations, $world->short->get());
    expect($world, 'the long counter', -3 * PROCESSES * $operations, $world->long->get());
    expect($world, 'the sum in the table', PROCESSES * $operations, $world->table->get('sum', 'steps'));
    expect($world, 'what the lock protects', PROCESSES * intdiv($operations + 7, 8), $world->one->get());
    $pids = [];
    $signals = intdiv($operations, 10);
    for ($i = 0; $i < PROCESSES; $i++) {
        $pids[] = start(fn () => play($world, $i, $signals, $plant));
    }
    join_all($world, $pids);
    expect($world, 'the number of wakeups', PROCESSES * $signals, $world->passed->get());
}

/** Processes are killed at random, and replaced. */
function deadly_round(World $world, int $operations, string $plant): void
{
    $pids = [];
    $begin = function () use ($world, &$pids, $plant): void {
        $seed = mt_rand();
        $pids[] = start(fn () => work($world, $seed, PHP_INT_MAX, $plant === 'hang' ? '' : $plant));
    };
    for ($i = 0; $i < PROCESSES; $i++) {
        $begin();
    }
    for ($kills = intdiv($operations, 100); $kills > 0; $kills--) {
        usleep(mt_rand(0, 4000));
        Process::kill($pids[0], SIGKILL);
        // Some are reaped at once, others stay for a while.
        array_shift($pids);
        while (mt_rand(0, 1) && Process::wait(false));
        $begin();
        $world->check_table(false);
    }
    $stopped = null;
    if ($plant === 'hang') {
        // One that is stopped inside the lock looks like a hang.
        $world->lock->lock();
        $world->long->set(0);
    }
    // They get on: nobody waits for the dead.
    $before = $world->one->get();
    $deadline = microtime(true) + LIMIT / ($plant === 'hang' ? 30 : 1);
    while ($world->one->get() === $before && microtime(true) < $deadline) {
        usleep(1000);
    }
    if ($world->one->get() === $before) {
        $world->wrong('nobody gets on');
    }
    array_map(fn (int $pid) => Process::kill($pid, SIGKILL), $pids);
    while (Process::wait());
    $world->lock->lock(LOCK_EX | LOCK_NB);
    $world->lock->unlock();
    $world->check_table(true);
    // All room is there again.
    foreach (['sum', ...array_map(fn (int $n) => "k$n", range(0, KEYS - 1))] as $key) {
        $world->table->del($key);
    }
    $stats = $world->table->stats();
    expect($world, 'the number of rows', 0, $stats['num']);
    expect($world, 'the number of free places', $stats['total_slice_num'], $stats['available_slice_num']);
    for ($n = 0; $n < 64; $n++) {
        if (!$world->table->set("again $n", World::row($n))) {
            $world->wrong('a table without rows is full');
            break;
        }
    }
}

/** Memory that is shared, in mappings, and descriptors. */
function resources(): array
{
    return [preg_match_all('~ /dev/zero \(deleted\)$~m', file_get_contents('/proc/self/maps')), count(scandir('/proc/self/fd'))];
}

$violations = 0;
$flat = null;
$kinds = [Lock::MUTEX, Lock::RWLOCK, Lock::SPINLOCK];
for ($round = 0; $round < $rounds && $violations === 0; $round++) {
    $world = new World($kinds[$round % 3]);
    if ($round % 2 === 0 && $plant !== 'hang') {
        quiet_round($world, $operations, $plant);
    } else {
        deadly_round($world, $operations, $plant);
    }
    $violations += $world->violations->get();
    unset($world);
    $now = resources();
    if ($round >= 3 && $now > ($flat ??= $now)) {
        fwrite(STDERR, 'VIOLATION: mappings and descriptors grow: ' . json_encode([$flat, $now]) . "\n");
        $violations++;
    }
}
echo "$round rounds of $operations operations in each of ", PROCESSES, " processes\n";
echo $violations === 0 ? "all is accounted for\n" : "$violations violations\n";
exit($violations === 0 ? 0 : 1);
