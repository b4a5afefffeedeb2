<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The state of a pool in the text format of Prometheus. */
final class Metrics
{
    private string $text = '';

    /** @param array<string, mixed> $status as Master::status() returns it */
    public function __construct(private readonly string $name, array $status)
    {
        $workers = $status['workers'];
        $states = array_count_values(array_column($workers, 'state'));
        $this->metric('pool_workers', 'gauge', 'Workers by state.', array_map(
            static fn (string $state): array => [['state' => $state], $states[$state] ?? 0],
            ['running', 'stopping', 'waiting', 'ended'],
        ));
        $this->metric('pool_start_time_seconds', 'gauge', 'When the pool was started, in seconds since 1970.', [[[], $status['started']]]);
        $restarts = [];
        foreach ($status['restarts'] as $cause => $count) {
            $restarts[] = [['cause' => $cause], $count];
        }
        $this->metric('pool_restarts_total', 'counter', 'Restarts of workers by cause.', $restarts);
        $this->metric('pool_reloads_total', 'counter', 'Reloads by result.', [
            [['result' => 'done'], $status['reloads']['done']], [['result' => 'failed'], $status['reloads']['failed']],
        ]);
        $this->metric('pool_loop_lag_seconds', 'gauge', 'How late the last timer of the master was.', [[[], $status['lag']]]);
        $memory = array_filter($workers, static fn (array $worker): bool => $worker['memory'] !== null);
        $this->metric('pool_worker_memory_bytes', 'gauge', 'Resident memory of a worker.', array_map(
            static fn (array $worker): array => [['worker' => $worker['name']], $worker['memory']],
            array_values($memory),
        ));
        if ($status['queue'] !== null) {
            $this->metric('pool_queue_depth', 'gauge', 'Jobs that wait, as a worker told last.', [[[], $status['queue']]]);
        }
        $this->jobs($status['jobs']);
    }

    /** @param array{count: int, seconds: float, buckets: list<int>}|null $jobs */
    private function jobs(?array $jobs): void
    {
        if ($jobs === null) {
            return;
        }
        $samples = [];
        $sum = 0;
        foreach (Scoreboard::BOUNDS as $number => $bound) {
            $sum += $jobs['buckets'][$number];
            $samples[] = ['_bucket', ['le' => (string) $bound], $sum];
        }
        $samples[] = ['_bucket', ['le' => '+Inf'], $jobs['count']];
        $samples[] = ['_sum', [], $jobs['seconds']];
        $samples[] = ['_count', [], $jobs['count']];
        $this->head('pool_job_duration_seconds', 'histogram', 'How long jobs took.');
        foreach ($samples as [$suffix, $labels, $value]) {
            $this->sample("pool_job_duration_seconds$suffix", $labels, $value);
        }
    }

    /** @param list<array{array<string, string>, int|float}> $samples */
    private function metric(string $name, string $type, string $help, array $samples): void
    {
        if ($samples === []) {
            return;
        }
        $this->head($name, $type, $help);
        foreach ($samples as [$labels, $value]) {
            $this->sample($name, $labels, $value);
        }
    }

    private function head(string $name, string $type, string $help): void
    {
        $this->text .= "# HELP $name $help\n# TYPE $name $type\n";
    }

    /** @param array<string, string> $labels */
    private function sample(string $name, array $labels, int|float $value): void
    {
        $pairs = [];
        foreach (['pool' => $this->name] + $labels as $label => $text) {
            $pairs[] = $label . '="' . addcslashes($text, "\\\"\n") . '"';
        }
        $this->text .= $name . '{' . implode(',', $pairs) . '} ' . json_encode($value) . "\n";
    }

    public function text(): string
    {
        return $this->text;
    }
}
