<?php
// What a run has done and found.
declare(strict_types=1);

final class Report
{
    /** @var array<string, int> calls by target */
    private array $calls = [];
    /** @var array<string, int> */
    private array $counts = ['calls' => 0, 'cases' => 0, 'processes' => 0, 'exceptions' => 0, 'warnings' => 0, 'out of time' => 0,
        'ended early' => 0, 'queues left' => 0, 'looked for descriptors' => 0];
    /** What happens to pools, by the names that scripts note. */
    private const EVENTS = ['Start', 'Shutdown', 'WorkerStart', 'WorkerStop', 'WorkerExit', 'WorkerError', 'Message', 'a manager', 'an answer',
        'no answer', 'the end of a start'];

    /** @var array<string, int> how often it did */
    private array $events = [];
    /** @var array<string, int> how often each kind of failure came */
    private array $failures = [];

    public function calls(): int
    {
        return $this->counts['calls'];
    }

    public function add(Ending $ending): void
    {
        $this->counts['cases']++;
        foreach ($ending->trace as $line) {
            [$what, $name] = explode(' ', $line, 2) + [1 => ''];
            if ($what === 'call') {
                $this->counts['calls']++;
                $this->calls[$name] = ($this->calls[$name] ?? 0) + 1;
            } elseif ($what === 'event') {
                $this->events[$name] = ($this->events[$name] ?? 0) + 1;
            } elseif ($what === 'exception') {
                $this->counts['exceptions']++;
            } elseif ($line === 'nothing left') {
                $this->counts['looked for descriptors']++;
            } elseif ($what === 'process') {
                $this->counts['processes']++;
            }
        }
        $this->counts['warnings'] += preg_match_all('/^\[.*\] PHP (?:Warning|Notice|Deprecated):/m', $ending->output);
        $this->counts['out of time'] += (int) ($ending->facts['signal'] === SIGALRM);
        $this->counts['ended early'] += (int) ($ending->facts['signal'] !== null || $ending->facts['code'] !== 0);
        $this->counts['queues left'] += $ending->facts['objects']['msg'];
    }

    /** Notes a failure; how often it has come. */
    public function fail(string $failure): int
    {
        return $this->failures[$failure] = ($this->failures[$failure] ?? 0) + 1;
    }

    /** @return array<string, int> */
    public function failures(): array
    {
        return $this->failures;
    }

    /**
     * @param array<string, Target> $targets
     * @return list<string> what was never called
     */
    public function uncovered(array $targets): array
    {
        return [...array_keys(array_diff_key($targets, $this->calls)),
            ...preg_replace('/^/', 'pools: ', array_keys(array_diff_key(array_flip(self::EVENTS), $this->events)))];
    }

    /** @param array<string, Target> $targets */
    public function show(array $targets, float $seconds): void
    {
        foreach ($this->counts as $what => $count) {
            printf("%9d %s\n", $count, $what);
        }
        $least = array_intersect_key($this->calls, $targets);
        asort($least);
        printf("%9d of %d functions and methods called", count($least), count($targets));
        $least === [] || printf(", %s the least: %d times", array_key_first($least), reset($least));
        printf("\n%9.0f seconds, %.0f calls a second\n", $seconds, $this->calls() / max($seconds, 0.001));
        $events = array_map(fn (string $event): string => ($this->events[$event] ?? 0) . " $event", self::EVENTS);
        echo '          events of pools: ', implode(', ', $events), "\n";
        foreach ($this->uncovered($targets) as $name) {
            echo "NEVER CALLED: $name\n";
        }
        printf("%9d failures, %d kinds\n", array_sum($this->failures), count($this->failures));
    }
}
