<?php
// A counter that survives kill -9: workers do jobs and are killed at any moment. The shared numbers stay correct.
//
//   scripts/php examples/counter_survives_kill.php    from the checkout
//   php examples/counter_survives_kill.php            where the extension is installed
//
// Two numbers have to change together: the money of two accounts. A Lock excludes the other workers meanwhile. When a
// worker is killed while it holds the lock, the next one gets the lock, sees errCode, and undoes the unfinished transfer.

use Swoole\{Atomic, Lock, Process, Table};

const WORKERS = 4;
const KILLS = 12;
const MONEY = 1000;
/** EOWNERDEAD: a holder of the lock has exited without unlocking it. */
const OWNER_DIED = 130;

$accounts = new Table(64);
$accounts->column('money', Table::TYPE_INT);
$accounts->create();
$accounts->set('ann', ['money' => MONEY]);
$accounts->set('ben', ['money' => 0]);
// The transfer in progress, so that the next holder can undo it.
$accounts->set('before', ['money' => MONEY]);

$lock = new Lock();
$transfers = new Atomic\Long();
$repairs = new Atomic();

$enter = function () use ($accounts, $lock, $repairs): void {
    $lock->lock();
    if ($lock->errCode === OWNER_DIED) {
        $repairs->add();
        $before = $accounts->get('before', 'money');
        $accounts->set('ann', ['money' => $before]);
        $accounts->set('ben', ['money' => MONEY - $before]);
    }
};
$work = function () use ($accounts, $lock, $transfers, $enter): void {
    while (true) {
        $enter();
        $before = $accounts->get('ann', 'money');
        $accounts->set('before', ['money' => $before]);
        $amount = $before > 0 ? mt_rand(1, $before) : -MONEY;
        $accounts->decr('ann', 'money', $amount);
        usleep(100);
        $accounts->incr('ben', 'money', $amount);
        $lock->unlock();
        // A single step needs no lock.
        $transfers->add();
    }
};

$pids = [];
for ($i = 0; $i < WORKERS; $i++) {
    $pids[] = (new Process($work, false, 0))->start();
}
for ($i = 0; $i < KILLS; $i++) {
    usleep(mt_rand(100000, 150000));
    Process::kill(array_shift($pids), SIGKILL);
    $pids[] = (new Process($work, false, 0))->start();
}
array_map(fn (int $pid) => Process::kill($pid, SIGKILL), $pids);
while (Process::wait());

$enter();
$lock->unlock();
$sum = $accounts->get('ann', 'money') + $accounts->get('ben', 'money');
echo KILLS + WORKERS, ' workers were killed, ', $transfers->get() > 0 ? 'money was transferred' : 'no money was transferred', "\n";
echo 'transfers that were interrupted, and undone by the next worker: ', $repairs->get() > 0 ? 'some' : 'none', "\n";
echo "both have $sum together\n";
exit($sum === MONEY ? 0 : 1);
