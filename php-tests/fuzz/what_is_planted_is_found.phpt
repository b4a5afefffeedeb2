--TEST--
statements that crash, hang or leave something are found in scripts of many calls, and the scripts made as small as those
--EXTENSIONS--
pcntl
posix
sockets
--SKIPIF--
<?php
exec('unshare --pid --fork --kill-child --mount-proc --ipc --net true 2>&1', $output, $status);
if ($status !== 0) die('skip no right to make namespaces: what is left of System V is not seen');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';
$keep = sys_get_temp_dir() . '/planted-' . getmypid();
// How many calls in all and in a script, the limit of a script in seconds, what is hidden in it.
$plants = [
    [200, 40, 20, 'posix_kill(getmypid(), SIGSEGV);'],
    [200, 40, 20, 'Fuzz::fork(fn () => posix_kill(getmypid(), SIGABRT));'],
    [200, 40, 20, "trigger_error('not asked for', E_USER_ERROR);"],
    [200, 40, 20, 'fwrite(STDERR, "thread panicked at nothing\\n");'],
    [200, 40, 20, '$GLOBALS["stays"] = new Swoole\Process(Fuzz::noop(...));'],
    // What waits for its limit each time gets little of all.
    [1, 1, 2, 'Fuzz::fork(fn () => pcntl_alarm(0) && sleep(60));'],
];
foreach ($plants as [$calls, $length, $limit, $plant]) {
    $options = ["--calls=$calls", '--jobs=1', '--seed=1', "--length=$length", "--limit=$limit", "--plant=$plant", "--keep=$keep"];
    $process = proc_open([...php_command(), __DIR__ . '/fuzz.php', ...$options], [1 => ['pipe', 'w'], 2 => STDOUT], $pipes);
    $output = stream_get_contents($pipes[1]);
    $status = proc_close($process);
    preg_match('/^(.*) \(case \d+, 3 of 3 times again\)\n(.*)\n(.*)\n/m', $output, $m);
    echo "status $status: ", $m[1] ?? $output, "\n    ", $m[2] ?? '', "\n";
    // The command that replays it comes next: there is no second statement.
    isset($m[3]) && str_starts_with(trim($m[3]), "'unshare'") || print($output);
}
exec('rm -rf ' . escapeshellarg($keep));
?>
--EXPECT--
status 1: died by SIGSEGV
    posix_kill(getmypid(), SIGSEGV);
status 1: a child died by SIGABRT
    Fuzz::fork(fn () => posix_kill(getmypid(), SIGABRT));
status 1: fatal error: not asked for
    trigger_error('not asked for', E_USER_ERROR);
status 1: panic: panicked at nothing
    fwrite(STDERR, "thread panicked at nothing\n");
status 1: descriptors left: socket socket
    $GLOBALS["stays"] = new Swoole\Process(Fuzz::noop(...));
status 1: left a process: S hrtimer_nanosleep
    Fuzz::fork(fn () => pcntl_alarm(0) && sleep(60));
