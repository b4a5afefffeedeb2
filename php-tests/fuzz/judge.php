<?php
// Whether an end is a failure, and which.
declare(strict_types=1);

final class Judge
{
    private const CRASHES = [SIGILL => 'SIGILL', SIGTRAP => 'SIGTRAP', SIGABRT => 'SIGABRT', SIGBUS => 'SIGBUS', SIGFPE => 'SIGFPE',
        SIGSEGV => 'SIGSEGV', SIGSYS => 'SIGSYS', SIGPIPE => 'SIGPIPE'];
    /** What no script can make the module say, whatever it does. */
    private const NEVER = [
        'panic' => '/panicked at.*|Rust panic.*/',
        'heap' => '/.*(?:zend_mm_heap corrupted|double free|corrupted size|malloc\(\)|free\(\):|munmap_chunk|corrupted ).*/',
        'assertion' => '/.*Assertion .* failed.*/',
        'debug engine' => '/.*(?:memory leaks detected|Block .* status|Freeing 0x|Arginfo|handler was replaced).*/',
        'sanitizer' => '/.*(?:AddressSanitizer|LeakSanitizer|UndefinedBehavior|runtime error:).*/',
        'script' => '/.*(?:Parse error|syntax error).*/',
    ];
    /** Fatal errors that a script brings about by itself. */
    private const LEGITIMATE = '/Uncaught |Maximum execution time|on purpose|Cannot use output buffering in output buffering display handlers'
        . "|require 'on(?:WorkerStart|Message)' callback"
        . '|Cannot call .* in (?:a )?destructor/';

    /** The kind of failure that an end is, or null: one line that is the same each time it happens. */
    public function failure(Ending $ending): ?string
    {
        $facts = $ending->facts;
        return match (true) {
            isset(self::CRASHES[$facts['signal']]) => 'died by ' . self::CRASHES[$facts['signal']],
            ($crash = $this->crash_of_a_child($ending)) !== null => "a child died by $crash",
            ($text = $this->never($ending)) !== null => $text,
            ($text = $this->fatal($ending->output)) !== null => "fatal error: $text",
            $ending->valgrind !== '' => 'valgrind: ' . $this->first_line_of_valgrind($ending->valgrind),
            $facts['over_time'] => 'over its time: ' . $this->named($facts['stuck'] ?? []),
            $facts['left'] !== [] => 'left a process: ' . $this->named($facts['left']),
            $facts['objects']['shm'] + $facts['objects']['sem'] > 0 => 'left System V memory or semaphores',
            $facts['objects']['msg'] > 0 && !$this->has_used_a_queue($ending) => 'left a queue that it has not asked for',
            ($text = $this->noted($ending, 'failure')) !== null => $text,
            default => null,
        };
    }

    /** Whether a script was ended while it used the processor all the time: that is a failure when it is so again with more time. */
    public function is_suspect(Ending $ending, int $patience): bool
    {
        return $ending->facts['signal'] === SIGALRM && $ending->facts['seconds'] > 0.5 * $patience;
    }

    private function crash_of_a_child(Ending $ending): ?string
    {
        foreach ($ending->facts['orphans'] as $signal) {
            if (isset(self::CRASHES[$signal])) {
                return self::CRASHES[$signal];
            }
        }
        $noted = $this->noted($ending, 'crash');
        return $noted === null ? null : self::CRASHES[(int) $noted];
    }

    private function noted(Ending $ending, string $what): ?string
    {
        foreach ($ending->trace as $line) {
            if (str_starts_with($line, "$what ")) {
                return substr($line, strlen($what) + 1);
            }
        }
        return null;
    }

    private function never(Ending $ending): ?string
    {
        $said = "$ending->output\n" . implode("\n", preg_grep('/^exception /', $ending->trace));
        foreach (self::NEVER as $kind => $pattern) {
            if (preg_match($pattern, $said, $m)) {
                return "$kind: " . $this->general($m[0]);
            }
        }
        return null;
    }

    private function fatal(string $output): ?string
    {
        preg_match_all('/^\[.*\] PHP Fatal error:\s*(.*)/m', $output, $m);
        $bad = preg_grep(self::LEGITIMATE, $m[1], PREG_GREP_INVERT);
        return $bad === [] ? null : $this->general(reset($bad));
    }

    private function first_line_of_valgrind(string $report): string
    {
        preg_match('/^==\d+== (\S.*)$/m', $report, $what);
        // The first frame that is ours says where.
        preg_match('/^==\d+==    (?:at|by) 0x[0-9A-F]+: (swoole_process::\S+)/m', $report, $where);
        return $this->general($what[1] ?? 'a report') . ' ' . ($where[1] ?? '');
    }

    private function has_used_a_queue(Ending $ending): bool
    {
        return preg_grep('/^call .*(?:Queue|Pool|Manager)/i', $ending->trace) !== [];
    }

    /** @param list<string> $processes */
    private function named(array $processes): string
    {
        return $this->general(implode(', ', array_unique(preg_replace('/^\d+ \(.*, (\S)\)/s', '$1', $processes))));
    }

    /** Without what is different each time. */
    private function general(string $text): string
    {
        $text = preg_replace('~(?:/[^\s:()]+)+/~', '', $text);
        return substr(preg_replace('/0x[0-9a-f]+|\d+/i', 'N', preg_replace('/ in \S+ on line .*/', '', $text)), 0, 160);
    }
}
