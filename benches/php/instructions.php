<?php
// Instructions of an operation, counted by valgrind: instructions.php COMMAND... PER_BATCH
// The command is that of a script beside this one without its last two arguments. It runs twice, the second time with two
// batches more.
require __DIR__ . '/measure.php';
$command = array_slice($argv, 1, -1);
$perBatch = (int) end($argv);

function instructions(array $command): int
{
    $process = proc_open(['valgrind', '--tool=none', '--version'], [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['file', '/dev/null', 'w']], $pipes);
    if (!is_resource($process) || proc_close($process) !== 0) {
        exit(NO_COUNTERPART);
    }
    $output = tempnam(sys_get_temp_dir(), 'callgrind');
    $valgrind = ['valgrind', '--tool=callgrind', '--dump-instr=no', "--callgrind-out-file=$output"];
    $process = proc_open([...$valgrind, ...$command], [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['pipe', 'w']], $pipes);
    $told = stream_get_contents($pipes[2]);
    $status = proc_close($process);
    preg_match('/^summary: (\d+)/m', file_get_contents($output), $found);
    unlink($output);
    $status === 0 && isset($found[1]) || throw new Exception($told);
    return (int) $found[1];
}

$counts = array_map(fn (int $batches) => instructions([...$command, (string) $batches, (string) $perBatch]), [1, 3]);
printf("%.0f\n", ($counts[1] - $counts[0]) / (2 * $perBatch));
