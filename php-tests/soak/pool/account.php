<?php
// What became of each message, by the ledgers of all processes.
declare(strict_types=1);

/** What a process of a worker has done. */
final class Life
{
    /** Messages that it has begun and not done, in the order of their beginning: sender << 32 | number. */
    public array $open = [];
    public ?Fate $end = null;
    public bool $stopped = false;
    /** It was sent a signal that kills. */
    public bool $was_killed = false;

    public function __construct(public readonly int $worker, public readonly int $pid) {}

    /** Whether it may have received a message that it had not begun. Who noted another end did so between messages. */
    public function may_have_lost(bool $has_coroutines): bool
    {
        return $this->was_killed && !$this->stopped && ($has_coroutines || $this->open === []);
    }
}

final class Account
{
    /** @var list<string> */
    public array $violations = [];
    private int $more = 0;
    /** @var array<int, list<Life>> by worker, in the order of time */
    private array $lives = [];
    /** @var array<int, int> messages that were sent, by sender */
    private array $sent = [];
    /** @var array<int, string> a byte for each message of a sender: how often it was begun, and done */
    private array $begun = [];
    private array $done = [];
    /** @var array<int, array<int, list<int>>> by worker and sender: what was begun, in order: life << 32 | number */
    private array $order = [];
    /** @var array<string, int> */
    private array $counts = ['begun' => 0, 'done' => 0, 'open' => 0, 'unbegun' => 0, 'asked' => 0, 'reloads' => 0, 'pauses' => 0];
    /** @var array<string, int> how workers died */
    private array $deaths = [];
    /** @var array<int, int> signals that kill, by process */
    private array $killed = [];
    /** @var array<int, array> what the senders say of themselves */
    private array $senders = [];
    /** How many the log says nobody has handled. */
    private int $logged = 0;
    /** How long reloads and the stop have taken. */
    private string $times = '';

    public function __construct(private readonly Trial $trial)
    {
        $this->read_senders();
        $this->read_storm();
        foreach (glob("$trial->folder/worker-*") as $path) {
            [, $worker, , $pid] = explode('-', basename($path));
            $life = new Life((int) $worker, (int) $pid);
            $life->was_killed = isset($this->killed[$life->pid]);
            $this->lives[$life->worker][] = $life;
            $this->read_life($life, count($this->lives[$life->worker]) - 1, Ledger::read($path));
        }
        $this->check_log();
        $this->check_lives();
        $this->check_messages();
        $trial->part === Part::Orphans || $this->check_end();
        $this->more > 0 && $this->violations[] = "... and $this->more more";
    }

    /** One line for the whole. */
    public function text(float $seconds): string
    {
        ksort($this->deaths);
        $deaths = array_sum($this->deaths);
        $how = implode(', ', array_map(fn (string $how, int $count) => "$count $how", array_keys($this->deaths), $this->deaths));
        $c = $this->counts;
        return sprintf('%s, %s: %d sent, %d done, lost %d that were begun and %d that were not; %d deaths%s; %d asked to stop, %d reloads, '
            . '%d pauses; %d processes%s; %.1f s, %d messages/s', $this->trial->part->value, $this->trial->way->value, array_sum($this->sent),
            $c['done'], $c['open'], $c['unbegun'], $deaths, $how === '' ? '' : " ($how)", $c['asked'], $c['reloads'], $c['pauses'],
            array_sum(array_map(count(...), $this->lives)), $this->times, $seconds, $c['done'] / max($seconds, 0.001));
    }

    private function violation(string $what): void
    {
        count($this->violations) < 20 ? $this->violations[] = $what : $this->more++;
    }

    private function read_senders(): void
    {
        for ($sender = 0; $sender < Trial::SENDERS; $sender++) {
            $told = json_decode((string) @file_get_contents("{$this->trial->folder}/sender-$sender"), true);
            $told ?? $this->violation("sender $sender has told nothing");
            $this->senders[$sender] = $told ?? ['sent' => 0, 'unanswered' => [], 'refused' => ''];
            $this->sent[$sender] = $this->senders[$sender]['sent'];
            if ($this->trial->part !== Part::Orphans) {
                $this->senders[$sender]['refused'] === '' || $this->violation("sender $sender was refused: {$this->senders[$sender]['refused']}");
                $this->sent[$sender] === $this->trial->share($sender) || $this->violation("sender $sender has sent {$this->sent[$sender]} only");
            }
            $this->begun[$sender] = $this->done[$sender] = str_repeat("\0", $this->trial->share($sender));
        }
    }

    private function read_storm(): void
    {
        foreach (Ledger::read("{$this->trial->folder}/storm") as $record) {
            $signal = $record >> 8 & 0xff;
            match (Note::from($record & 0xff)) {
                Note::Signal => $signal === SIGTERM ? $this->counts['asked']++ : $this->killed[$record >> 16] = $signal,
                Note::Reload => $this->counts['reloads']++,
                Note::Pause => $this->counts['pauses']++,
            };
        }
    }

    /** @param list<int> $records */
    private function read_life(Life $life, int $index, array $records): void
    {
        foreach ($records as $record) {
            $number = $record >> 16;
            $sender = $record >> 8 & 0xff;
            switch (Note::from($record & 0xff)) {
                case Note::Begun:
                    $this->counts['begun']++;
                    $this->count($this->begun, $sender, $number, 'begun');
                    $life->open[$sender << 32 | $number] = true;
                    $this->order[$life->worker][$sender][] = $index << 32 | $number;
                    $bound = $this->trial->way === Way::Coroutines ? Trial::WAITING + 1 : 1;
                    count($life->open) <= $bound || $this->violation("process $life->pid handles " . count($life->open) . ' messages at a time');
                    break;
                case Note::Done:
                    $this->counts['done']++;
                    $this->count($this->done, $sender, $number, 'done');
                    isset($life->open[$sender << 32 | $number]) || $this->violation("message $sender/$number was done before it was begun");
                    unset($life->open[$sender << 32 | $number]);
                    break;
                case Note::Dies:
                    $life->end = Fate::from($number);
                    break;
                case Note::Asks:
                    $this->counts['asked']++;
                    break;
                case Note::Stops:
                    $life->stopped = true;
                    break;
                case Note::Twin:
                    $this->violation("worker $life->worker was there twice");
                    break;
                default:
                    $this->violation("worker $life->worker has got a message of $number bytes that is not its own, or not as it was sent");
            }
        }
    }

    /** @param array<int, string> $counts */
    private function count(array &$counts, int $sender, int $number, string $what): void
    {
        if ($number >= strlen($counts[$sender])) {
            $this->violation("message $sender/$number does not exist");
        } elseif ($counts[$sender][$number] !== "\0") {
            $this->violation("message $sender/$number was $what twice");
        } else {
            $counts[$sender][$number] = "\1";
        }
    }

    /** Only who was killed may leave a message that was begun. */
    private function check_lives(): void
    {
        foreach (array_merge(...$this->lives ?: [[]]) as $life) {
            $this->counts['open'] += count($life->open);
            $how = match (true) {
                $life->end !== null => $life->end->text(),
                $life->was_killed && !$life->stopped => $this->killed[$life->pid] === SIGKILL ? 'SIGKILL from outside' : 'SIGSEGV from outside',
                default => null,
            };
            if ($how !== null) {
                $this->deaths[$how] = ($this->deaths[$how] ?? 0) + 1;
            } elseif ($this->trial->part !== Part::Orphans) {
                $life->stopped || $this->violation("process $life->pid of worker $life->worker has ended, and nobody knows why");
                $life->open === [] || $this->violation("process $life->pid of worker $life->worker has left a message half done");
            }
            if ($life->end === Fate::KillAfter && $this->trial->way !== Way::Coroutines && $life->open !== []) {
                $this->violation("process $life->pid was to be killed between two messages");
            }
        }
    }

    private function check_messages(): void
    {
        foreach ($this->order as $worker => $senders) {
            foreach ($senders as $sender => $begun) {
                $last = -1;
                foreach ($begun as $entry) {
                    $number = $entry & 0xffffffff;
                    $number > $last || $this->violation("worker $worker has begun message $sender/$number after $last");
                    $last = $number;
                }
            }
        }
        if ($this->trial->part === Part::Orphans) {
            return;
        }
        $allowed = [];
        foreach ($this->lives as $worker => $lives) {
            $losses = array_map(fn (Life $life) => (int) $life->may_have_lost($this->trial->way === Way::Coroutines), $lives);
            $allowed[$worker] = array_sum($losses);
            $this->trial->way->has_addresses() && $this->trial->part !== Part::Stuck && $this->check_gaps($worker, $losses);
        }
        foreach ($this->sent as $sender => $sent) {
            $this->counts['unbegun'] += substr_count($this->begun[$sender], "\0", 0, $sent);
        }
        // What nobody has taken when the pool stops is told to the last one.
        $most = array_sum($allowed) + $this->logged;
        $this->counts['unbegun'] >= $this->logged || $this->violation("the log tells of $this->logged messages that are lost");
        $this->counts['unbegun'] <= $most || $this->violation("{$this->counts['unbegun']} messages were lost that nobody has begun, at most $most may be");
        $this->trial->way === Way::Server && $this->check_answers($most);
    }

    /**
     * What a worker has not begun was received by one that was killed: between the last message of a sender that was
     * begun before it and the first one after it there were at least as many deaths that can lose one.
     *
     * @param list<int> $losses how many messages each life of the worker may have lost before it began them
     */
    private function check_gaps(int $worker, array $losses): void
    {
        $until = [0];
        foreach ($losses as $loss) {
            $until[] = end($until) + $loss;
        }
        $missing = 0;
        foreach ($this->sent as $sender => $sent) {
            [$gap, $from] = [0, 0];
            $begun = $this->order[$worker][$sender] ?? [];
            $begun[] = count($losses) << 32 | 0xffffffff;
            $next = 0;
            foreach ($begun as $entry) {
                [$life, $number] = [$entry >> 32, $entry & 0xffffffff];
                for (; $next < min($number, $sent); $next++) {
                    $gap += (int) ($this->trial->worker($this->trial->lot($sender, $next)) === $worker);
                }
                if ($gap > $until[$life] - $until[$from]) {
                    $this->violation("$gap messages of sender $sender are missing at worker $worker before number $next, where "
                        . ($until[$life] - $until[$from]) . ' may be');
                }
                $missing += $gap;
                [$gap, $from, $next] = [0, $life, $number + 1];
            }
        }
        $missing <= end($until) || $this->violation("$missing messages for worker $worker were not begun, at most " . end($until) . ' may be');
    }

    /** A client without an answer has lost its worker. */
    private function check_answers(int $most): void
    {
        $unanswered = 0;
        foreach ($this->senders as $sender => $told) {
            $unanswered += count($told['unanswered']);
            $has_none = array_fill_keys($told['unanswered'], true);
            for ($number = 0; $number < $this->sent[$sender]; $number++) {
                if ($this->done[$sender][$number] === "\0" && !isset($has_none[$number])) {
                    $this->violation("request $sender/$number was answered and not done");
                }
            }
        }
        $deaths = array_sum($this->deaths);
        $unanswered <= $deaths || $this->violation("$unanswered clients have got no answer, and $deaths workers have died");
    }

    /** The pool's log tells of deaths and replacements (a worker that is asked to end again and again before its first message
     * returns at once), and PHP's of what was thrown on purpose. */
    private function check_log(): void
    {
        foreach (@file("{$this->trial->folder}/log", FILE_IGNORE_NEW_LINES) ?: [] as $line) {
            // The last one of many.
            $line = preg_replace('/\t\d+ more lines? like this within 10 s: /', "\t", $line);
            // Orphans have taken the queue along.
            if ($this->trial->part === Part::Orphans && preg_match('/\tProcess::push\(\): msgsnd\(\) of \d+ bytes failed, /', $line)) {
                continue;
            }
            if ($this->trial->part === Part::Stuck && preg_match('/ended before (\d+) messages? (was|were) handled$/', $line, $m)) {
                $this->logged = (int) $m[1];
                continue;
            }
            if ($this->trial->part === Part::Stuck && preg_match('/ \(pid (\d+)\) did not exit within max_wait_time and was killed$/', $line, $m)) {
                $this->killed[(int) $m[1]] = SIGKILL;
                continue;
            }
            preg_match('/\tworker \d+ \(pid \d+\) (exited with code (1|255)|was killed by SIG(KILL|SEGV|TERM) \(\d+\)) after |\t\d+ workers exited normally within a second, |\tworker \d+ returns at once without a message: /', $line)
                || $this->violation("the log tells: $line");
        }
        foreach (@file("{$this->trial->folder}/errors", FILE_IGNORE_NEW_LINES) ?: [] as $line) {
            // exit() is an exception in a coroutine.
            preg_match('/Uncaught (RuntimeException: on purpose|Swoole\\\\ExitException: swoole exit) |Allowed memory size of \d+ bytes exhausted|^(Stack trace:|#\d|  thrown in )/', $line)
                || $this->violation("PHP tells: $line");
        }
        $known = [];
        foreach ($this->lives as $lives) {
            foreach ($lives as $life) {
                $life->end === null || $known[$life->pid] = true;
            }
        }
        foreach (Ledger::read("{$this->trial->folder}/reports") as $record) {
            $pid = $record >> 16;
            isset($known[$pid]) || isset($this->killed[$pid]) || $this->violation("WorkerError tells of process $pid, which nobody has killed");
        }
    }

    /** How the pool ended. */
    private function check_end(): void
    {
        [$storm, $master] = array_map(fn (string $name) => json_decode((string) @file_get_contents("{$this->trial->folder}/$name.json"), true), ['storm', 'master']);
        if ($storm === null || $master === null) {
            $this->violation('the pool has not ended in order');
            return;
        }
        $master['result'] === null || $this->violation('start() has given ' . json_encode($master['result']));
        $master['left'] === [] || $this->violation('the master has left open: ' . implode(', ', $master['left']));
        $storm['descriptors'] === 0 || $this->violation("the master has $storm[descriptors] descriptors more than in the beginning");
        if ($this->trial->part->is_under_load()) {
            $this->check_times($storm['reloads'], $master['stopped']);
        }
        if ($this->trial->part === Part::Chaos) {
            $counted = $storm['stats']['messages'];
            // A coroutine worker counts when it receives, others when they have handled; who is killed in between differs.
            $most = $this->counts['begun'] + $storm['lasts'] + ($this->trial->way === Way::Coroutines ? $this->counts['unbegun'] : 0);
            $lives = array_sum(array_map(count(...), $this->lives));
            $counted <= $most && $counted >= $this->counts['begun'] - $lives
                || $this->violation("stats() tells $counted messages of {$this->counts['begun']}");
        }
    }

    /** @param list<float> $reloads */
    private function check_times(array $reloads, float $stop): void
    {
        // Whoever is stuck has the whole of its time; the rest is for a machine that is busy.
        $spare = $this->trial->part === Part::Stuck ? 10 : 0;
        $most = $this->trial->max_wait() * ($this->trial->part === Part::Stuck ? Trial::WORKERS : 1) + $spare;
        $slowest = $reloads === [] ? 0.0 : max($reloads);
        $this->times = sprintf('; the slowest reload took %.2f s, the stop %.2f s', $slowest, $stop);
        $slowest <= $most || $this->violation("a reload has taken $slowest seconds, at most $most are allowed");
        $stop <= $this->trial->max_wait() + $spare || $this->violation("the stop has taken $stop seconds");
    }
}
