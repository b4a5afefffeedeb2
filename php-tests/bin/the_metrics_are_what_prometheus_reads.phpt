--TEST--
bin/pool: the metrics follow the text format of Prometheus strictly, tell restarts by their cause and the depth of a queue, and counters never go back
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
require __DIR__ . '/metrics.inc';
file_put_contents('worker.php', <<<'PHP'
<?php
$done = 0;
return function (Swoole\Process\Pool $pool, int $worker) use (&$done) {
    $done++ > 0 && is_file("crash$worker") && unlink("crash$worker") && exit(3);
    if ($done <= 2) {
        usleep($done * 10_000);
        return;
    }
    is_file('depth') && $pool->queueDepth((int) file_get_contents('depth'));
    return false;
};
PHP);
$pool = pool('run', '-n2', '--socket=a.sock', '--name=a', '--idle=10ms', '--restart-delay=0', '--grace=60', 'worker.php');
$pool->hear('is ready');
$before = [];
/** The metrics, once they are as expected. */
$read = function (string $metric, string $labels, float $wanted) use (&$before): array {
    until(function () use ($metric, $labels, $wanted, &$before) {
        $text = pool('metrics', '--socket=a.sock')->end()[1];
        file_put_contents('text', $text);
        $now = parse_metrics($text);
        foreach ($before as $name => $values) {
            foreach (preg_match('/_total$|_bucket$|_sum$|_count$/', $name) ? $values : [] as $with => $value) {
                $now[$name][$with] >= $value || exit("$name $with was $value and is {$now[$name][$with]}\n");
            }
        }
        $before = $now;
        return ($now[$metric]["pool=\"a\"$labels"] ?? -1.0) === $wanted;
    });
    return $before;
};
$read('pool_job_duration_seconds_count', '', 4.0);
echo json_encode(isset($before['pool_queue_depth'])), ' ', json_encode(array_keys($before['pool_worker_memory_bytes'])), ' ', json_encode($before['pool_job_duration_seconds_sum']['pool="a"'] >= 0.06), "\n";
echo json_encode(abs($before['pool_start_time_seconds']['pool="a"'] - time()) < 600), ' ', json_encode($before['pool_loop_lag_seconds']['pool="a"'] >= 0), "\n";
file_put_contents('depth', '17');
$read('pool_queue_depth', '', 17.0);
echo strstr(pool('status', '-sa.sock')->end()[1], ', 17 jobs wait', false) !== false ? "17 jobs wait\n" : "no depth\n";
// Not touch(), which changes the time of the file afterwards: the worker may have removed it by then.
file_put_contents('crash0', '');
file_put_contents('crash1', '');
$read('pool_restarts_total', ',cause="crash"', 2.0);
pool_run('reload', '--socket=a.sock');
pool_run('restart', 'a-0', '--socket=a.sock');
$read('pool_restarts_total', ',cause="request"', 3.0);
pool_run('scale', '0', '--socket=a.sock');
$read('pool_workers', ',state="running"', 0.0);
// The count of one that is gone stays.
pool_run('scale', '1', '--socket=a.sock');
$read('pool_workers', ',state="running"', 1.0);
file_put_contents('crash0', '');
$read('pool_restarts_total', ',cause="crash"', 3.0);
pool_run('scale', '0', '--socket=a.sock');
$read('pool_workers', ',state="running"', 0.0);
unset($before['pool_job_duration_seconds_bucket'], $before['pool_job_duration_seconds_count'], $before['pool_job_duration_seconds_sum'], $before['pool_start_time_seconds'], $before['pool_loop_lag_seconds']);
foreach ($before as $metric => $values) {
    foreach ($values as $labels => $value) {
        echo "$metric{{$labels}} $value\n";
    }
}
exec('promtool check metrics <text 2>&1', $lines, $status);
// It may not be installed.
echo $status === 0 || $status === 127 ? "promtool finds nothing\n" : implode("\n", $lines);
pool_run('stop', '--socket=a.sock');
echo $pool->end()[0], "\n";
?>
--EXPECT--
false ["pool=\"a\",worker=\"a-0\"","pool=\"a\",worker=\"a-1\""] true
true true
17 jobs wait
pool_workers{pool="a",state="running"} 0
pool_workers{pool="a",state="stopping"} 0
pool_workers{pool="a",state="waiting"} 0
pool_workers{pool="a",state="ended"} 0
pool_restarts_total{pool="a",cause="crash"} 3
pool_restarts_total{pool="a",cause="request"} 4
pool_restarts_total{pool="a",cause="end"} 0
pool_reloads_total{pool="a",result="done"} 1
pool_reloads_total{pool="a",result="failed"} 0
pool_queue_depth{pool="a"} 17
promtool finds nothing
0
