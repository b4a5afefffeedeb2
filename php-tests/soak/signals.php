<?php
// Eight processes send signals to one that handles them in its loop, and accounts for them.
//
//   scripts/php php-tests/soak/signals.php [--count=N] [--quick]
//
// Four of them send a real-time signal each, of which every one has to be handled; the kernel queues them. Four send
// SIGUSR1, SIGUSR2, SIGHUP and SIGWINCH, of which several may become one: the handler has to run after the last one.
// What was sent is counted in shared memory, before it is sent. Ends with 1 when something is not as it should be.
//
// --count    how many signals in all (default 1,000,000: about a minute)
// --quick    4,000
declare(strict_types=1);

use Swoole\{Atomic, Event, Process, Timer};

// From 35 on: musl has those before for itself.
const REAL_TIME = [35, 36, 40, 45];
const OTHERS = [SIGUSR1, SIGUSR2, SIGHUP, SIGWINCH];
/** So many are under way from one process: the kernel queues what RLIMIT_SIGPENDING allows. */
const AT_ONCE = 500;

$options = getopt('', ['count:', 'quick']);
$each = intdiv((int) ($options['count'] ?? (isset($options['quick']) ? 4000 : 1_000_000)), 8);
$signals = [...REAL_TIME, ...OTHERS];
$parent = getmypid();
$handled = $seen = array_fill_keys($signals, 0);
foreach ($signals as $signal) {
    $sent[$signal] = new Atomic(0);
    $confirmed[$signal] = new Atomic(0);
    Process::signal($signal, function (int $signal) use (&$handled, &$seen, $sent, $confirmed, $each, $signals): void {
        $handled[$signal]++;
        $seen[$signal] = $sent[$signal]->get();
        $confirmed[$signal]->set(in_array($signal, REAL_TIME, true) ? $handled[$signal] : $seen[$signal]);
        $confirmed[$signal]->wakeup();
        foreach ($signals as $one) {
            if (in_array($one, REAL_TIME, true) ? $handled[$one] < $each : $seen[$one] < $each) {
                return;
            }
        }
        Event::exit();
    });
}
foreach ($signals as $signal) {
    $process = new Process(function () use ($signal, $parent, $sent, $confirmed, $each): void {
        for ($i = 1; $i <= $each; $i++) {
            $sent[$signal]->add();
            posix_kill($parent, $signal);
            while ($i - $confirmed[$signal]->get() >= AT_ONCE) {
                $confirmed[$signal]->wait(1);
            }
        }
    }, false, 0);
    $process->start();
}
// Nothing else keeps the loop going, and a signal that is lost would.
Timer::tick(60_000, function () use (&$handled, &$before): void {
    if ($handled === $before) {
        fwrite(STDERR, 'no signal in a minute: ' . json_encode($handled) . "\n");
        Event::exit();
    }
    $before = $handled;
});
Event::wait();
$wrong = 0;
foreach (REAL_TIME as $signal) {
    if ($handled[$signal] !== $each) {
        fwrite(STDERR, "$each signals $signal were sent, and $handled[$signal] handled\n");
        $wrong++;
    }
}
foreach (OTHERS as $signal) {
    if ($seen[$signal] !== $each || $handled[$signal] > $each) {
        fwrite(STDERR, "after the last signal $signal no handler has run\n");
        $wrong++;
    }
}
for ($left = count($signals); $left > 0; $left--) {
    $ended = Process::wait();
    $ended['code'] === 0 && $ended['signal'] === 0 || $wrong++;
}
echo $wrong === 0 ? "no signal was lost\n" : "$wrong things were wrong\n";
exit($wrong === 0 ? 0 : 1);
