<?php
// A rate limit shared by all workers: each client may make five requests in a time slot, whichever worker serves them.
//
//   scripts/php examples/rate_limiter.php    from the checkout
//   php examples/rate_limiter.php            where the extension is installed
//
// A row of the table is one client in one slot. incr() adds the row and counts in one step, so two workers never see the
// same count.

use Swoole\{Process, Table};

const LIMIT = 5;
const SLOT = 60;
const WORKERS = 4;

final class RateLimiter
{
    private Table $slots;

    public function __construct(int $clients)
    {
        $this->slots = new Table($clients);
        $this->slots->column('count', Table::TYPE_INT);
        $this->slots->column('until', Table::TYPE_INT);
        $this->slots->create();
    }

    /** Whether a client may make one more request now. */
    public function allows(string $client, int $now): bool
    {
        $until = (intdiv($now, SLOT) + 1) * SLOT;
        $key = "$until $client";
        $count = $this->slots->incr($key, 'count');
        if ($count === false) {
            // The table is full: remove slots that have passed.
            $this->sweep($now);
            $count = $this->slots->incr($key, 'count');
        }
        if ($count === 1) {
            $this->slots->update($key, ['until' => $until]);
        }
        // When in doubt, refuse.
        return $count !== false && $count <= LIMIT;
    }

    /** Removes the slots that have passed. Rows may be removed during the iteration. */
    public function sweep(int $now): int
    {
        $removed = 0;
        foreach ($this->slots as $key => $row) {
            if ($row['until'] !== 0 && $row['until'] <= $now) {
                $removed += (int) $this->slots->del($key);
            }
        }
        return $removed;
    }
}

$limiter = new RateLimiter(1024);
$now = time();
$workers = [];
for ($i = 0; $i < WORKERS; $i++) {
    $worker = new Process(function (Process $worker) use ($limiter, $now) {
        $passed = ['ann' => 0, 'ben' => 0];
        for ($n = 0; $n < 3; $n++) {
            foreach (array_keys($passed) as $client) {
                $passed[$client] += (int) $limiter->allows($client, $now);
            }
        }
        $worker->write(json_encode($passed));
    });
    $worker->start();
    $workers[] = $worker;
}
$total = ['ann' => 0, 'ben' => 0];
foreach ($workers as $worker) {
    foreach (json_decode($worker->read(), true) as $client => $passed) {
        $total[$client] += $passed;
    }
}
while (Process::wait());
foreach ($total as $client => $passed) {
    echo "$client: $passed of ", WORKERS * 3, " requests passed\n";
}
echo 'a slot later ann ', $limiter->allows('ann', $now + SLOT) ? 'passes' : 'waits', ' again, ', $limiter->sweep($now + SLOT), " slots are over\n";
