<?php
// Feeds pools of eight workers while workers are killed, and accounts for every message.
//
//   scripts/php php-tests/soak/pool.php [--messages=N] [--seed=N] [--ways=A,B] [--parts=A,B] [--rounds=N] [--quick] [--keep]
//
// --messages  how many for each way (default: 100,000)
// --seed      the same number draws the same lots (default: random)
// --ways      sockets, bus, queue, coroutines, server (default: all)
// --parts     chaos, orphans, load, stuck, loop (default: all)
// --rounds    how often the master is killed, for each way (default: 5)
// --quick     2000 messages, one master that is killed, and no more than chaos, orphans and load: a few seconds
// --keep      ledgers and logs stay where they are
//
// chaos     Workers are killed (by themselves in the middle of a message, by others at any moment), the pool is reloaded,
//           feeders are paused. Each message is handled once, or lost with a worker that was killed: at most one a kill.
//           Messages of one sender come to a worker in order. In the end nothing is left.
// orphans   The same, and the master is killed by SIGKILL in the middle: nothing is left.
// load      Reloads, and a stop while every worker has messages to handle: nothing is lost, and each takes its time.
// stuck     The same with workers that never end a message: they are killed in time, and what is lost is told.
// loop      Workers that exit at once cost nearly nothing, and work at full speed once they behave.
//
// What is counted is what each process has written to a file of its own. One line tells about each trial; the end is an
// error, and the status 1, when something is missing, doubled, out of order or left behind.
declare(strict_types=1);

foreach (['trial', 'ledger', 'proc'] as $file) {
    require_once __DIR__ . "/pool/$file.php";
}
require_once __DIR__ . '/../support.inc';
require_once __DIR__ . '/../fuzz/sandbox.php';

function stop(string $why): never
{
    fwrite(STDERR, "pool soak: $why\n");
    exit(2);
}

/** Runs a script in namespaces of its own where that is allowed; its exit status. */
function run_apart(string $script, array $arguments): int
{
    static $wrapper = null;
    $wrapper ??= Sandbox::wrapper();
    putenv(Proc::MARK . '=' . getmypid() . '-' . hrtime(true));
    $process = proc_open([...$wrapper, ...php_command(), __DIR__ . "/pool/$script", ...$arguments], [['file', '/dev/null', 'r']], $pipes);
    return proc_close($process);
}

/** Runs a trial in a folder of its own; its exit status. */
function run_trial(Part $part, Way $way, int $messages, int $seed, bool $keeps): int
{
    $folder = sys_get_temp_dir() . '/pool-soak-' . getmypid() . "-$part->value-$way->value-$seed";
    mkdir($folder);
    $status = run_apart('warden.php', [$part->value, $way->value, (string) $messages, (string) $seed, $folder]);
    if ($keeps) {
        echo "  $folder\n";
    } else {
        array_map('unlink', glob("$folder/*"));
        rmdir($folder);
    }
    return $status;
}

$options = ['messages' => '100000', 'seed' => (string) random_int(1, 1 << 30), 'ways' => 'sockets,bus,queue,coroutines,server',
    'parts' => 'chaos,orphans,load,stuck,loop', 'rounds' => '5', 'keep' => null];
in_array('--quick', $argv, true) && $options = ['messages' => '2000', 'parts' => 'chaos,orphans,load', 'rounds' => '1'] + $options;
foreach (array_slice($argv, 1) as $argument) {
    preg_match('/^--(messages|seed|ways|parts|rounds|quick|keep)(?:=([\w,]+))?$/', $argument, $m) || stop("unknown argument $argument");
    $options[$m[1]] = $m[2] ?? '';
}
[$messages, $seed, $rounds, $keeps] = [(int) $options['messages'], (int) $options['seed'], (int) $options['rounds'], $options['keep'] !== null];
$ways = array_map(fn (string $way) => Way::tryFrom($way) ?? stop("no way of feeding is called $way"), explode(',', $options['ways']));
$parts = explode(',', $options['parts']);
printf("seed %d: %d messages for each way\n", $seed, $messages);

$failures = 0;
foreach ($ways as $way) {
    in_array('chaos', $parts, true) && $failures += (int) (run_trial(Part::Chaos, $way, $messages, $seed, $keeps) !== 0);
}
foreach ($ways as $way) {
    for ($round = 0; in_array('orphans', $parts, true) && $round < $rounds; $round++) {
        $failures += (int) (run_trial(Part::Orphans, $way, $messages < 50_000 ? 20_000 : 500_000, $seed + $round, $keeps) !== 0);
    }
}
foreach ($ways as $way) {
    in_array('load', $parts, true) && $failures += (int) (run_trial(Part::Load, $way, min($messages, 100_000), $seed, $keeps) !== 0);
}
foreach ($ways as $way) {
    // A client is told by the end of its connection; nobody counts.
    if ($way !== Way::Server && in_array('stuck', $parts, true)) {
        $failures += (int) (run_trial(Part::Stuck, $way, min($messages, 20_000), $seed, $keeps) !== 0);
    }
}
in_array('loop', $parts, true) && $failures += (int) (run_apart('loop.php', []) !== 0);
echo $failures === 0 ? "nothing was lost\n" : "$failures trials have failed\n";
exit($failures === 0 ? 0 : 1);
