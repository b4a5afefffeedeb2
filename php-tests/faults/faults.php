<?php
// Makes every system call of every operation fail with every error of its manual page, and sees to it that the
// operation answers as the tables say (processes.php, events.php, coroutines.php, system.php, sockets.php, clients.php, streams.php, pools.php,
// shared.php, handles.php),
// loses nothing, and works afterwards.
//
//   faults.php [WORD...]     operations whose title has one of the words; all without one
//   faults.php --list        their titles
//   faults.php --allocations [WORD...]
//                            lets the request's memory be used up in every allocation of every operation instead
//
// Each operation has a process of its own, so that one that crashes or hangs is a failure like others. Needs the module
// with the feature `fault-injection`: scripts/faults builds it and runs this.

namespace Faults;

require __DIR__ . '/../support.inc';
require __DIR__ . '/answers.php';
require __DIR__ . '/operation.php';
require __DIR__ . '/allocations.php';

/** Seconds that one operation may take: those of pools take 45 on an idle machine. */
const LIMIT = 300;
const LIMIT_OF_ALLOCATIONS = 600;

/** System calls that no operation needs to make, and where their faults are met. */
const ELSEWHERE = [
    'pthreadatfork' => 'tests/faults.rs: it is made once, when the module starts',
    'mprotect' => 'nowhere on this machine: its vm.max_map_count is high, and an eighth as many coroutines would have '
        . 'to be there first; or the kernel is older than 6.13',
];

/** Failures of one operation that are told of. */
const SHOWN = 12;

// From here on each wait blocks all signals, which may fail: in a script without pcntl's functions it does not.
pcntl_sigprocmask(SIG_UNBLOCK, [SIGUSR2]);
require __DIR__ . '/situations.php';
/** @var Operation[] $operations */
$operations = [
    ...require __DIR__ . '/processes.php',
    ...require __DIR__ . '/handles.php',
    ...require __DIR__ . '/events.php',
    ...require __DIR__ . '/coroutines.php',
    ...require __DIR__ . '/system.php',
    ...require __DIR__ . '/hooks.php',
    ...require __DIR__ . '/sockets.php',
    ...require __DIR__ . '/clients.php',
    ...require __DIR__ . '/streams.php',
    ...require __DIR__ . '/pools.php',
    ...require __DIR__ . '/shared.php',
];
$words = array_slice($argv, 1);
define('Faults\ALLOCATIONS', ($words[0] ?? '') === '--allocations');
if (ALLOCATIONS) {
    array_shift($words);
    // Those that make no system call, too.
    array_push($operations, ...require __DIR__ . '/memory.php');
}
if ($words === ['--list']) {
    array_map(fn (Operation $operation) => print("{$operation->title}\n"), $operations);
    exit(0);
}
if (($words[0] ?? '') === '--meet') {
    exit(meet($operations[(int) $words[1]], $words[2]));
}
if ($words !== []) {
    $matches = fn (Operation $o): bool => array_filter($words, fn ($word) => stripos($o->title, $word) !== false) !== [];
    $operations = array_filter($operations, $matches);
}
exit(drive($operations, $words === [] && !ALLOCATIONS));

/** In a process of its own: meets the faults of one operation, and leaves what it found in its folder. */
function meet(Operation $operation, string $folder): int
{
    if (ALLOCATIONS) {
        $met = new Allocations($operation, $folder);
        $met->meet(fn (string $case) => file_put_contents("$folder/case", $case));
        file_put_contents("$folder/result", json_encode([
            'calls' => [$met->found], 'cases' => $met->cases, 'faults' => $met->cases, 'failures' => $met->failures,
        ], JSON_PARTIAL_OUTPUT_ON_ERROR));
        return 0;
    }
    Told::listen($folder);
    $operation->meet(fn (string $case) => file_put_contents("$folder/case", $case));
    file_put_contents("$folder/result", json_encode([
        'calls' => $operation->calls, 'cases' => $operation->cases, 'faults' => $operation->faults,
        'failures' => $operation->failures,
    ], JSON_PARTIAL_OUTPUT_ON_ERROR));
    return 0;
}

/** Runs the operations, some at a time. @param Operation[] $operations */
function drive(array $operations, bool $all): int
{
    if (!ALLOCATIONS && !str_contains((string) getenv('GLIBC_TUNABLES'), 'glibc.malloc.tcache_count=0')) {
        echo "the C library counts what lies in its cache for this thread as in use: scripts/faults switches that off\n";
        return 1;
    }
    $jobs = max(1, (int) (getenv('JOBS') ?: swoole_cpu_num()));
    $running = [];
    $totals = ['cases' => 0, 'faults' => 0, 'failures' => 0];
    $calls = [];
    foreach ($operations as $number => $operation) {
        while (count($running) >= $jobs) {
            collect($running, $totals, $calls);
        }
        $running[] = launch($number, $operation);
    }
    while ($running !== []) {
        collect($running, $totals, $calls);
    }
    $known = array_keys(swoole_process_fault_calls());
    $met = array_unique(array_map(fn (string $call): string => explode('@', $call)[0], $calls));
    $missing = $all ? array_diff($known, $met, array_keys(ELSEWHERE)) : [];
    $totals['failures'] += count($missing);
    foreach ($all ? array_diff_key(ELSEWHERE, array_flip($met)) : [] as $call => $where) {
        echo "$call: $where\n";
    }
    if ($missing !== []) {
        echo 'no operation makes: ', implode(' ', $missing), "\n";
    }
    if (ALLOCATIONS) {
        printf("%d operations, %d cases, %d failures\n", count($operations), $totals['cases'], $totals['failures']);
        return $totals['failures'] === 0 ? 0 : 1;
    }
    printf(
        "%d operations, %d of %d system calls, %d cases, %d faults injected, %d failures\n",
        count($operations), count($met), count($known), $totals['cases'], $totals['faults'], $totals['failures'],
    );
    return $totals['failures'] === 0 ? 0 : 1;
}

function launch(int $number, Operation $operation): array
{
    $folder = sys_get_temp_dir() . '/faults-' . getmypid() . "-$number";
    mkdir($folder);
    $mode = ALLOCATIONS ? ['--allocations'] : [];
    $command = [...php_command(), __FILE__, ...$mode, '--meet', (string) $number, $folder];
    $streams = [['file', '/dev/null', 'r'], ['file', "$folder/output", 'w'], ['redirect', 1]];
    $process = proc_open($command, $streams, $pipes);
    return ['operation' => $operation, 'folder' => $folder, 'process' => $process, 'since' => microtime(true)];
}

/** Waits for one that has ended. */
function collect(array &$running, array &$totals, array &$calls): void
{
    while (true) {
        foreach ($running as $key => $one) {
            $status = proc_get_status($one['process']);
            $late = microtime(true) - $one['since'] > (ALLOCATIONS ? LIMIT_OF_ALLOCATIONS : LIMIT);
            if ($status['running'] && !$late) {
                continue;
            }
            if ($late) {
                proc_terminate($one['process'], SIGKILL);
            }
            unset($running[$key]);
            report($one, $late ? 'takes too long' : how($status), $totals, $calls);
            return;
        }
        usleep(2000);
    }
}

function how(array $status): string
{
    return $status['signaled'] ? "was killed by signal {$status['termsig']}" : "ended with {$status['exitcode']}";
}

function report(array $one, string $end, array &$totals, array &$calls): void
{
    ['operation' => $operation, 'folder' => $folder] = $one;
    $result = json_decode(@file_get_contents("$folder/result") ?: '', true);
    $failures = $result['failures'] ?? [];
    if ($result === null || $end !== 'ended with 0') {
        $failures[] = "the process $end, in the case \"" . @file_get_contents("$folder/case") . '"';
    }
    $output = @file_get_contents("$folder/output");
    if ($output !== '' && $failures !== []) {
        $failures[] = 'output: ' . substr($output, 0, 2000);
    }
    $calls = [...$calls, ...$result['calls'] ?? []];
    $totals['cases'] += $result['cases'] ?? 0;
    $totals['faults'] += $result['faults'] ?? 0;
    $totals['failures'] += count($failures);
    $made = $result === null ? '?' : (implode(' ', $result['calls']) ?: 'no system call');
    printf(
        "%s %s (%d cases, %.1f s): %s\n",
        $failures === [] ? 'PASS' : 'FAIL', $operation->title, $result['cases'] ?? 0,
        microtime(true) - $one['since'], $made,
    );
    foreach (array_slice($failures, 0, SHOWN) as $failure) {
        echo "    $failure\n";
    }
    if (count($failures) > SHOWN) {
        printf("    and %d more\n", count($failures) - SHOWN);
    }
    exec('rm -rf ' . escapeshellarg($folder));
}
