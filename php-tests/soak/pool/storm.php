<?php
// What happens to the pool while it is fed, in a process of the pool that is no worker.
declare(strict_types=1);

use Swoole\Process;
use Swoole\Process\Pool;

final class Storm
{
    private Ledger $ledger;
    /** @var array<int, int> the processes of the feeders, by sender */
    private array $feeders = [];
    /** @var array<int, bool> who has sent everything */
    private array $finished = [];
    /** @var array<int, float> feeders that are paused, and until when */
    private array $paused = [];
    /** @var array<int, bool> workers that have got to the end of their messages */
    private array $last = [];
    private int $handled = -1;
    private float $moved = 0.0;
    /** How many have been asked to tell that. */
    private int $lasts = 0;
    /** How many descriptors the master had when all its workers were forked; null before. */
    private ?int $begin = null;
    /** @var list<float> seconds that reloads took */
    private array $reloads = [];

    public function __construct(private readonly Trial $trial, private readonly Wire $wire, private readonly Pool $pool) {}

    public function run(): void
    {
        mt_srand($this->trial->seed);
        $this->ledger = new Ledger("{$this->trial->folder}/storm");
        while ($this->is_there() && $this->begin === null) {
            $this->hear(100_000);
        }
        while ($this->is_there() && !$this->is_enough()) {
            $this->hear($this->trial->is_short() ? mt_rand(200, 3000) : mt_rand(500, 12_000));
            $this->trial->part->is_under_load() ? $this->reload_and_wait() : $this->strike();
            $this->resume(microtime(true));
        }
        $this->resume(INF);
        if (!$this->is_there()) {
            return;
        }
        // Under load what there is is left to those who stop.
        if (!$this->trial->part->is_under_load()) {
            $this->drain();
            $this->wait_until_quiet();
        }
        file_put_contents("{$this->trial->folder}/storm.json", json_encode([
            'stats' => $this->pool->stats(), 'lasts' => $this->lasts, 'reloads' => $this->reloads,
            'descriptors' => $this->descriptors() - $this->begin,
        ]));
        $this->pool->shutdown();
    }

    private function is_there(): bool
    {
        return posix_kill($this->pool->master_pid, 0);
    }

    /** Whether everything is sent and most of it is handled: a storm goes on nearly to the end, a stop under load leaves a half. */
    private function is_enough(): bool
    {
        // Orphans are to be made in the middle of it.
        if (count($this->finished) < Trial::SENDERS || $this->trial->part === Part::Orphans) {
            return false;
        }
        $handled = $this->pool->stats()['messages'];
        if ($handled !== $this->handled) {
            [$this->handled, $this->moved] = [$handled, microtime(true)];
        }
        // Those that were lost are not counted.
        return $handled >= $this->trial->messages * ($this->trial->part->is_under_load() ? 0.5 : 0.95)
            || microtime(true) > $this->moved + 5;
    }

    private function hear(int $microseconds): void
    {
        for (; ($line = $this->wire->hear($microseconds)) !== null; $microseconds = 0) {
            [$what, $who, $pid] = explode(' ', "$line ");
            switch ($what) {
                case 'feeder':
                    $this->feeders[(int) $who] = (int) $pid;
                    break;
                case 'up':
                    $this->begin = (int) $who;
                    break;
                case 'finished':
                    $this->finished[(int) $who] = true;
                    break;
                case 'last':
                    $this->last[(int) $who] = true;
            }
        }
    }

    private function strike(): void
    {
        $lot = mt_rand(0, 99);
        if ($lot < 75) {
            $this->signal_workers(1);
        } elseif ($lot < 80) {
            // Many at once, up to all.
            $this->signal_workers(mt_rand(2, Trial::WORKERS));
        } elseif ($lot < 90) {
            $this->ledger->note(Note::Reload);
            posix_kill($this->pool->master_pid, mt_rand(0, 1) ? SIGUSR1 : SIGUSR2);
        } elseif ($this->feeders !== []) {
            $sender = array_rand($this->feeders);
            if (!isset($this->finished[$sender], $this->paused[$sender])) {
                $this->ledger->note(Note::Pause);
                posix_kill($this->feeders[$sender], SIGSTOP);
                $this->paused[$sender] = microtime(true) + mt_rand(1000, 60_000) / 1e6;
            }
        }
    }

    private function signal_workers(int $count): void
    {
        $workers = $this->pool->stats()['workers'];
        foreach ((array) array_rand($workers, $count) as $worker) {
            $pid = $workers[$worker]['pid'];
            if ($pid !== null && !$this->trial->is_spared($worker)) {
                $signal = [SIGKILL, SIGSEGV, SIGTERM][mt_rand(0, 2)];
                // Before it happens: whoever dies of it is in the ledger.
                $this->ledger->note(Note::Signal, $pid, $signal);
                posix_kill($pid, $signal);
            }
        }
    }

    private function resume(float $now): void
    {
        foreach ($this->paused as $sender => $until) {
            if ($until <= $now) {
                posix_kill($this->feeders[$sender], SIGCONT);
                unset($this->paused[$sender]);
            }
        }
    }

    /** A reload, until each worker has another process. */
    private function reload_and_wait(): void
    {
        $pids = fn () => array_column($this->pool->stats()['workers'], 'pid');
        $before = $pids();
        if (in_array(null, $before, true)) {
            return;
        }
        $begun = microtime(true);
        $this->ledger->note(Note::Reload);
        posix_kill($this->pool->master_pid, SIGUSR1);
        while ($this->is_there() && (array_intersect($now = $pids(), $before) !== [] || in_array(null, $now, true))) {
            $this->hear(1000);
        }
        $this->reloads[] = microtime(true) - $begun;
    }

    /** Until everything that was sent has been handled. */
    private function drain(): void
    {
        if ($this->trial->way === Way::Queue) {
            $queue = $this->pool->getProcess(0);
            while ($queue->statQueue()['queue_num'] > 0) {
                usleep(1000);
            }
        }
        for ($tries = 0; $this->trial->way->has_addresses() && count($this->last) < Trial::WORKERS; $tries++) {
            if ($tries % 5 === 0) {
                // One that was killed in this moment has taken it along: there is no harm in a second one.
                foreach (array_diff_key(array_fill(0, Trial::WORKERS, true), $this->last) as $worker => $_) {
                    $this->lasts += (int) $this->pool->sendMessage('last', $worker);
                }
            }
            $this->hear(100_000);
        }
    }

    /** Until all workers run, and no process waits to be reaped. */
    private function wait_until_quiet(): void
    {
        do {
            usleep(1000);
            $states = array_column($this->pool->stats()['workers'], 'state');
            $zombies = array_filter(Proc::children($this->pool->master_pid), fn (string $state) => $state === 'Z');
        } while ($this->is_there() && ($zombies !== [] || array_unique($states) !== ['running']));
    }

    /** How many the master has open. */
    private function descriptors(): int
    {
        return count(@scandir("/proc/{$this->pool->master_pid}/fd") ?: []);
    }
}
