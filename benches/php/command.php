<?php
// A program that does nothing, in another folder, with an environment and its output in a pipe, and its end:
// command.php SIDE BATCHES PER_BATCH MEGABYTES, which this process uses besides.
require __DIR__ . '/measure.php';
[, $side, $batches, $perBatch, $megabytes] = $argv;

ini_set('memory_limit', -1);
$memory = str_repeat('x', (int) $megabytes << 20);

const ENVIRONMENT = ['PATH' => '/usr/bin:/bin', 'MODE' => 'test'];
if ($side === 'ours') {
    $options = ['cwd' => '/', 'env' => ENVIRONMENT, 'stdin' => 'null', 'stdout' => 'pipe', 'umask' => 022];
    $batch = function (int $count) use ($options): void {
        while ($count-- > 0) {
            $process = Swoole\Process::command(['true'], $options);
            $process->readLine() === '' || throw new Exception('readLine');
            $process->join()['code'] === 0 || throw new Exception('join');
        }
    };
} else {
    $batch = function (int $count): void {
        while ($count-- > 0) {
            $process = proc_open(['true'], [['file', '/dev/null', 'r'], ['pipe', 'w']], $pipes, '/', ENVIRONMENT);
            stream_get_contents($pipes[1]) === '' || throw new Exception('stream_get_contents');
            fclose($pipes[1]);
            proc_close($process) === 0 || throw new Exception('proc_close');
        }
    };
}
$median = measure((int) $batches, (int) $perBatch, $batch);
printf("%.2f\n", $median);
