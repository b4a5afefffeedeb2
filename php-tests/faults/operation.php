<?php
// One operation: all faults that it can meet, found by counting its system calls.

namespace Faults;

final class Operation
{
    /** What is wrong, in lines. */
    public array $failures = [];
    /** System calls that the operation makes: "recv", "fork", "dup@child". */
    public array $calls = [];
    public int $cases = 0;
    public int $faults = 0;

    private Seen $normal;

    /**
     * @param string $title "function" or "function, situation"
     * @param array<string, Answer> $answers by "call", "call:ERRNO", "call#n", "call#n:ERRNO"; `@child` behind the name
     *     of the call for those of forked processes, `#all` for one that fails each time (otherwise as `#1`)
     * @param ?\Closure $prepare fn (object $c): void; makes the situation, with no faults
     * @param \Closure $run fn (object $c): mixed; the operation
     * @param ?\Closure $finish fn (object $c): mixed; ends what is left, and tells what can be seen
     * @param string $given plans that are part of the situation
     * @param string[] $short calls that may transfer less than they are asked to
     * @param bool $again after a failure the same object can do it again
     * @param bool $apart the operation replaces or leaves its process: each run gets one of its own
     */
    public function __construct(
        public readonly string $title,
        private \Closure $run,
        private array $answers = [],
        private ?\Closure $prepare = null,
        private ?\Closure $finish = null,
        private string $given = '',
        private array $short = [],
        private bool $again = true,
        private bool $apart = false,
    ) {
    }

    /** Meets all faults; $progress is told of each before it comes. */
    public function meet(\Closure $progress): void
    {
        $progress('no fault');
        $this->observe($this->given);
        $normal = $this->observe($this->given);
        $this->normal = $normal;
        $counts = $this->counts;
        $used = [];
        foreach (['here' => '', 'child' => '@child'] as $where => $suffix) {
            foreach ($counts[$where] as $call => $count) {
                $this->calls[] = "$call$suffix";
                $this->meetCall($call, $where, $count, $used, $progress);
            }
        }
        $expected = array_filter($this->answers, fn (Answer $answer): bool => !$answer->depends);
        foreach (array_diff(array_keys($expected), $used) as $unused) {
            $this->failures[] = "the table answers to $unused, which does not happen";
        }
        $progress('no fault, at the end');
        $end = $this->observe($this->given);
        $end->names = $normal->names;
        if (show($end) !== show($normal)) {
            $this->failures[] = 'at the end: ' . show($end) . ' instead of ' . show($normal);
        }
    }

    /** The situation in which it is asked for. */
    public function prepare(object $context): void
    {
        $this->prepare?->__invoke($context);
    }

    /** Ends what is left. */
    public function finish(object $context): void
    {
        $this->finish?->__invoke($context);
    }

    /** Does it once. */
    public function run(object $context): mixed
    {
        return ($this->run)($context);
    }

    private array $counts = [];

    private function meetCall(string $call, string $where, int $count, array &$used, \Closure $progress): void
    {
        $name = $where === 'child' ? "$call@child" : $call;
        $positions = array_unique([...range(1, min(3, $count)), $count]);
        foreach (swoole_process_fault_calls()[$call] as $error => $errno) {
            foreach ([...$positions, 'all'] as $position) {
                $answer = $this->answer($name, $position, $error, $used);
                if ($answer === null) {
                    $this->failures[] = "the table has no answer to $name#$position:$error";
                    continue;
                }
                if ($answer->isUntrue) {
                    continue;
                }
                // What is tried again is not tried for ever: three in a row stand for all of these.
                $when = $position === 'all' ? ($answer->isFailure ? "1+:$error" : "1:$error:3") : "$position:$error";
                $this->meetFault("$call@$where:$when", $answer, $errno, $progress, !$answer->depends);
            }
        }
        if (in_array($name, $this->short, true)) {
            foreach (['1:SHORT=1', '1+:SHORT=1', '/2:SHORT=3'] as $when) {
                $this->meetFault("$call@$where:$when", Answer::same(), 0, $progress, $when[0] !== '/');
            }
        }
    }

    private function answer(string $name, int|string $position, string $error, array &$used): ?Answer
    {
        $places = $position === 'all' ? ['#all', '#1', ''] : ["#$position", ''];
        foreach ($places as $place) {
            foreach (["$name$place:$error", "$name$place"] as $key) {
                if (isset($this->answers[$key])) {
                    $used[] = $key;
                    return $this->answers[$key];
                }
            }
        }
        return null;
    }

    /** How often a fault is met at least, and how often what grows each time must grow to be called a leak. */
    private const RUNS = 3;
    private const LEAK = 8;

    private function meetFault(
        string $plan,
        Answer $answer,
        int $errno,
        \Closure $progress,
        bool $mustHappen = true,
    ): void {
        $progress($plan);
        $this->cases++;
        $plans = ltrim("{$this->given},$plan", ',');
        $function = explode(',', $this->title)[0];
        $this->memory = [0, 0];
        $this->growing = [true, true];
        for ($run = 1; $run <= self::LEAK; $run++) {
            $seen = $this->observe($plans, $answer->isFailure && $this->again);
            $faults = $this->counts['faults'][substr_count($plans, ',')];
            $this->faults += $faults;
            $wrong = $answer->judge($this->normal, $seen, $errno, $function);
            if ($wrong === null && $mustHappen && $faults < 1) {
                $wrong = 'the fault did not happen';
            }
            if ($wrong !== null) {
                $this->failures[] = "$plan: $wrong";
                return;
            }
            unset($seen);
            if (!$this->grows($run) && $run >= self::RUNS) {
                return;
            }
        }
        $this->failures[] = "$plan: each run needs more memory (PHP's, the C library's): " . show($this->growing);
    }

    /** Bytes in use after the last run: PHP's, and the C library's. */
    private array $memory = [0, 0];
    /** Whether each run so far has needed more of them than the one before. */
    private array $growing = [true, true];

    /** Whether memory has grown with each run; the first two make room. */
    private function grows(int $run): bool
    {
        $now = [memory_get_usage(), swoole_process_fault_counts()['heap']];
        foreach ($now as $kind => $bytes) {
            if ($run > 2 && $bytes <= $this->memory[$kind]) {
                $this->growing[$kind] = false;
            }
            $this->memory[$kind] = $bytes;
        }
        return $this->growing[0] || $this->growing[1];
    }

    /** Runs the operation once under plans, and once more without if that is wanted. */
    private function observe(string $plans, bool $again = false): Seen
    {
        return $this->apart ? $this->observeApart($plans) : $this->observeHere($plans, $again);
    }

    private function observeHere(string $plans, bool $again): Seen
    {
        $before = \Faults\descriptors();
        $context = new \stdClass();
        $seen = new Seen();
        $this->prepare?->__invoke($context);
        Told::forget();
        $this->once($context, $plans, $seen);
        if ($again && show([$seen->result, $seen->thrown]) !== show([$this->normal->result, $this->normal->thrown])) {
            $told = Told::take();
            $second = new Seen();
            $counts = $this->counts;
            $this->once($context, $this->given, $second);
            $this->counts = $counts;
            if (show([$second->result, $second->thrown]) !== show([$this->normal->result, $this->normal->thrown])) {
                $this->failures[] = "$plans: afterwards: " . show($second);
            }
            Told::forget();
            Told::put($told);
        }
        $seen->after = $this->finish?->__invoke($context);
        [$seen->warnings, $seen->log] = Told::take($seen->names);
        if (!$again) {
            // What was forked has come to its end only now.
            $this->counts = swoole_process_fault_counts();
        }
        unset($context);
        gc_collect_cycles();
        $after = \Faults\descriptors();
        if ($after !== $before) {
            $this->failures[] = "$plans: descriptors " . show($before) . ' have become ' . show($after);
        }
        return $seen;
    }

    /** In a process that is forked for it; the one that goes on tells what it has seen. */
    private function observeApart(string $plans): Seen
    {
        // What counts is shared with the process that is forked.
        swoole_process_fault('');
        swoole_process_fault_end();
        [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Told::forget();
        $pid = pcntl_fork();
        if ($pid === 0) {
            fclose($ours);
            $context = new \stdClass();
            $seen = new Seen();
            $this->prepare?->__invoke($context);
            $before = \Faults\descriptors();
            $this->once($context, $plans, $seen);
            $seen->after = $this->finish?->__invoke($context);
            $lost = array_diff_key(\Faults\descriptors(), $before);
            fwrite($theirs, json_encode([$seen, $this->counts, $lost]));
            posix_kill(getmypid(), SIGKILL);
        }
        fclose($theirs);
        $text = stream_get_contents($ours);
        fclose($ours);
        pcntl_waitpid($pid, $status);
        $seen = new Seen();
        if ($text === '') {
            $this->counts = swoole_process_fault_counts();
            $seen->after = pcntl_wifexited($status) ? pcntl_wexitstatus($status) : -pcntl_wtermsig($status);
        } else {
            [$data, $this->counts, $lost] = json_decode($text, true);
            $seen = Seen::from($data);
            if ($lost !== []) {
                $this->failures[] = "$plans: descriptors left open: " . show($lost);
            }
        }
        [$seen->warnings, $seen->log] = array_map(
            fn (array $texts): array => str_replace('child: ', '', $texts),
            Told::take($seen->names),
        );
        return $seen;
    }

    private function once(object $context, string $plans, Seen $seen): void
    {
        swoole_clear_error();
        if (!swoole_process_fault($plans)) {
            throw new \LogicException("malformed: $plans");
        }
        try {
            $seen->result = ($this->run)($context);
        } catch (\Swoole\Exception $e) {
            $seen->thrown = [$e::class, $e->getMessage(), $e->getCode()];
        }
        $seen->code = swoole_last_error();
        swoole_process_fault_end();
        $seen->names = $context->names ?? [];
        $this->counts = swoole_process_fault_counts();
    }

}

/** What the module says, in warnings and in its log; forked processes say it into the same files. */
final class Told
{
    private static string $warnings;
    private static string $log;
    private static int $owner;

    public static function listen(string $folder): void
    {
        self::$owner = getmypid();
        self::$warnings = "$folder/warnings";
        self::$log = "$folder/log";
        self::forget();
        set_error_handler(function (int $level, string $text): bool {
            if (error_reporting() & $level) {
                file_put_contents(self::$warnings, getmypid() . "\t$text\n", FILE_APPEND);
            }
            return true;
        });
        self::log();
    }

    public static function log(): void
    {
        swoole_async_set(['log_file' => self::$log]);
    }

    public static function forget(): void
    {
        file_put_contents(self::$warnings, '');
        file_put_contents(self::$log, '');
        // With that the log forgets how often it has told of the same.
        swoole_async_set(['log_date_with_microseconds' => false]);
    }

    /**
     * @param array<string, int> $names what stands for numbers that differ from run to run
     * @return array{string[], string[]}
     */
    public static function take(array $names = []): array
    {
        $warnings = array_map(function (string $line) use ($names): string {
            [$pid, $text] = explode("\t", $line, 2);
            return self::by((int) $pid) . str_replace($names, array_keys($names), $text);
        }, file(self::$warnings, FILE_IGNORE_NEW_LINES));
        // What faults have cost before is told with the next line, on a line of its own.
        $log = array_map(function (string $line) use ($names): string {
            if (!preg_match('/^\[\S+ \S+ \*(\d+)\.0\]\tWARNING\t(.*)$/', $line, $m)) {
                return "no line of a log: $line";
            }
            return self::by((int) $m[1]) . str_replace($names, array_keys($names), $m[2]);
        }, array_values(preg_grep('/^$|\t\d+ log lines? (was|were) lost/', file(self::$log, FILE_IGNORE_NEW_LINES), PREG_GREP_INVERT)));
        self::forget();
        return [$warnings, $log];
    }

    /** Puts back what was taken. */
    public static function put(array $told): void
    {
        foreach ($told[0] as $text) {
            file_put_contents(self::$warnings, self::$owner . "\t$text\n", FILE_APPEND);
        }
        foreach ($told[1] as $text) {
            file_put_contents(self::$log, '[- - *' . self::$owner . ".0]\tWARNING\t$text\n", FILE_APPEND);
        }
    }

    private static function by(int $pid): string
    {
        return $pid === self::$owner ? '' : 'child: ';
    }
}

/** The kinds of this process's descriptors by number. */
function descriptors(): array
{
    return array_map(fn (string $link): string => preg_replace('/\d+/', '', $link), links());
}
