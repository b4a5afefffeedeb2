<?php
// What processes share: shared.php SIDE WHAT PROCESSES ROWS BATCHES PER_BATCH. The floor is a C extension (../c/shared.c); `bare` is
// another class of it, a table that promises what ours does.
// Other processes than this one do the same all the time.
require __DIR__ . '/measure.php';
[, $side, $what, $processes, $rows, $batches, $perBatch] = $argv;
$rows = (int) $rows;

/** A table, as the side has it. */
function table(string $side, int $rows): object
{
    if ($side === 'floor') {
        return new Shared();
    }
    $table = $side === 'bare' ? new Rows($rows) : new Swoole\Table($rows);
    [$int, $float, $string] = $side === 'bare' ? [1, 2, 3] : [Swoole\Table::TYPE_INT, Swoole\Table::TYPE_FLOAT, Swoole\Table::TYPE_STRING];
    $table->column('number', $int);
    $table->column('real', $float);
    $table->column('text', $string, 32);
    $table->create();
    return $table;
}

/** Stock PHP: APCu's cache, or else a segment of shmop with packed rows. */
function stock(int $rows): object
{
    if (function_exists('apcu_store') && apcu_enabled()) {
        return new class {
            public function set(string $key, array $row): bool { return apcu_store($key, $row); }
            public function get(string $key): array { return apcu_fetch($key); }
            public function incr(string $key, string $column): int { return apcu_inc("$key $column"); }
        };
    }
    needs('shmop_open');
    return new class($rows) {
        private Shmop $memory;
        public function __construct(private int $rows) { $this->memory = shmop_open(0, 'n', 0600, $rows * 56); shmop_delete($this->memory); }
        private function place(string $key): int { return crc32($key) % $this->rows * 56; }
        public function set(string $key, array $row): bool { return shmop_write($this->memory, pack('qdqa32', $row['number'], $row['real'], strlen($row['text']), $row['text']), $this->place($key)) > 0; }
        public function get(string $key): array { return unpack('qnumber/dreal/qlength/a32text', shmop_read($this->memory, $this->place($key), 56)); }
        // Nothing keeps two processes from counting at once.
        public function incr(string $key, string $column): int { $row = $this->get($key); $row['number']++; $this->set($key, $row); return $row['number']; }
    };
}

$row = ['number' => 5, 'real' => 2.5, 'text' => 'some text of a row'];
// Keys as they come from elsewhere: their hashes are not known yet to those who have them for the first time only.
$keys = array_map(fn (int $n): string => "key $n", range(0, $rows - 1));
$step = 7919 % $rows ?: 1;
switch ($what) {
    case 'atomic':
        $number = $side === 'floor' ? new Shared() : new Swoole\Atomic\Long();
        $batch = function (int $count) use ($number): void {
            while ($count-- > 0) {
                $number->add(1);
            }
        };
        break;
    case 'mutex':
    case 'read':
    case 'write':
        $kind = ['mutex' => 0, 'read' => 1, 'write' => 2][$what];
        if ($side === 'floor') {
            $lock = new Shared();
            $batch = function (int $count) use ($lock, $kind): void {
                while ($count-- > 0) {
                    $lock->lock($kind);
                    $lock->unlock($kind);
                }
            };
        } else {
            $lock = new Swoole\Lock($kind === 0 ? Swoole\Lock::MUTEX : Swoole\Lock::RWLOCK);
            $operation = $kind === 1 ? LOCK_SH : LOCK_EX;
            $batch = function (int $count) use ($lock, $operation): void {
                while ($count-- > 0) {
                    $lock->lock($operation);
                    $lock->unlock();
                }
            };
        }
        break;
    default:
        $table = $side === 'stock' ? stock($rows) : table($side, $rows);
        foreach ($keys as $n => $key) {
            $table->set($key, ['number' => $n, 'real' => $n / 2, 'text' => "text of $n"]);
        }
        if ($side === 'stock' && function_exists('apcu_store')) {
            array_map(fn (string $key) => apcu_store("$key number", 0), $what === 'incr' ? $keys : []);
        }
        $at = getmypid() % $rows;
        $batch = match ($what) {
            'set' => function (int $count) use ($table, $keys, $row, $step, $rows, &$at): void {
                while ($count-- > 0) {
                    $table->set($keys[$at = ($at + $step) % $rows], $row);
                }
            },
            'get' => function (int $count) use ($table, $keys, $step, $rows, &$at): void {
                while ($count-- > 0) {
                    $got = $table->get($keys[$at = ($at + $step) % $rows]);
                }
                isset($got['text']) || throw new Exception('get');
            },
            'incr' => function (int $count) use ($table, $keys, $step, $rows, &$at): void {
                while ($count-- > 0) {
                    $table->incr($keys[$at = ($at + $step) % $rows], 'number');
                }
            },
            'iterate' => function (int $count) use ($table): void {
                foreach ($table as $key => $row) {
                    if (--$count < 0) {
                        break;
                    }
                }
            },
        };
}
$others = [];
for ($i = 1; $i < $processes; $i++) {
    $others[] = stock_child(function () use ($batch): void {
        while (true) {
            $batch(1000);
        }
    });
}
$median = measure((int) $batches, (int) $perBatch, $batch);
foreach ($others as $pid) {
    posix_kill($pid, 9);
    pcntl_waitpid($pid, $status);
}
printf("%.2f\n", $median);
