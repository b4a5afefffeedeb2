<?php
// report.php LOGS TEST...   reads valgrind's logs, LOGS/<test>/<run>.<process>, and tells what counts
//
// An error always counts. A definite leak counts where the memory should have been given back:
//
// - Memory of this module (Rust's heap): in every process.
// - Memory of the request: in a process that PHP started and that no signal has ended. In a child that start() forked,
//   what was allocated since. The child leaves by the engine's long jump (docs/internals/processes.md, "A child's life"): what it has
//   inherited, and what the frames of its parent hold, goes with the process; with fast_exit also what PHP allocated when
//   it started.
//
// In the TESTs of the command line, names or patterns, the engine forgets memory of the request (exceptions.txt).
declare(strict_types=1);

/** One block of a log: what valgrind says, and the frames of the stack in it. */
final class Finding
{
    /** @param list<string> $frames */
    private function __construct(public readonly string $text, private readonly array $frames)
    {
    }

    public static function from(string $block): ?self
    {
        // The first stack is that of the event, others tell of the block of memory.
        $frames = [];
        foreach (explode("\n", $block) as $line) {
            if (preg_match('/^\s+(?:at|by) 0x[0-9A-F]+: (.*)/', $line, $m)) {
                $frames[] = $m[1];
            } elseif ($frames) {
                break;
            }
        }
        // What valgrind says of its own failures has no stack, or not one of this form.
        $broken = preg_match('/^valgrind: |the \'impossible\' happened/m', $block) === 1;
        return $frames || $broken ? new self($block, $frames) : null;
    }

    public function is_leak(): bool
    {
        return preg_match('/ definitely lost in loss record /', $this->text) === 1;
    }

    /** A signal that ends a process is the test's business, unless it is one that a wrong access raises. */
    public function is_error(): bool
    {
        return !$this->is_leak()
            && (!preg_match('/^Process terminating with default action of signal \d+ \(SIG(\w+)\)/', $this->text, $m)
                || preg_match('/Access not within|Bad permissions|General Protection|Illegal|Non-existent/', $this->text));
    }

    /** Whether the memory was allocated by the module itself. */
    public function is_ours(): bool
    {
        foreach ($this->frames as $frame) {
            if (!preg_match('/^(malloc|calloc|realloc|memalign|posix_memalign|aligned_alloc) /', $frame)) {
                return self::in_module($frame);
            }
        }
        return false;
    }

    /** In how many children, each started by the one before, the stack stands. */
    public function depth(): int
    {
        // The worker of a pool has a function of its own; a function that is not inlined is shown with its path. Of a cold
        // function valgrind knows no line, because it reads those of one section.
        $begins = '/^(?:\w+::)*(?:run \((?:lifecycle|worker)\.rs:\d+\)|(?:lifecycle|worker)::run \(in .+\))$/';
        return count(preg_grep($begins, $this->frames));
    }

    /** The same for the same place in the program, whatever the process and the addresses. */
    public function place(): string
    {
        return preg_replace(['/0x[0-9A-F]+/', '/^.*definitely lost.*$/m'], ['', 'lost'], $this->text);
    }

    private static function in_module(string $frame): bool
    {
        // With line tables valgrind names the source, else the library; functions of std are inlined into ours.
        return preg_match('/swoole_process|\((wrapper\.c|[\w\/]+\.rs):\d+\)$/', $frame) === 1;
    }
}

/** The log of one process. */
final class Log
{
    /** @var list<Finding> */
    public readonly array $findings;
    /** Whether it came to its end under valgrind. */
    public readonly bool $ended;
    /** Whether a signal ended it: then the engine has given nothing back. */
    private readonly bool $killed;
    /** How many forks lie between it and a process that PHP began in. */
    public readonly int $forks;

    public function __construct(string $file)
    {
        // Lines between dashes are about valgrind itself, such as a system call that it does not know.
        $text = preg_replace(['/^--\d+-- .*\n/m', '/^(==|\*\*)\d+\1 ?/m'], '', file_get_contents($file));
        $this->ended = str_contains($text, 'ERROR SUMMARY: ');
        $this->killed = preg_match('/^Process terminating with default action of signal /m', $text) === 1;
        $this->forks = self::forks($file);
        $findings = array_map(Finding::from(...), preg_split('/\n(?:[ \t]*\n)+/', trim($text)));
        $this->findings = array_values(array_filter($findings));
    }

    /** A process whose parent has a log of the same run was forked. */
    private static function forks(string $file): int
    {
        preg_match('/^==\d+== Parent PID: (\d+)$/m', file_get_contents($file, length: 10000), $m)
            || throw new RuntimeException("$file names no parent");
        $parent = dirname($file) . '/' . explode('.', basename($file))[0] . ".$m[1]";
        return is_file($parent) ? 1 + self::forks($parent) : 0;
    }

    /** Whether a leak counts in this process of a test. */
    public function counts(Finding $leak, bool $forgotten): bool
    {
        return $leak->is_ours() || (!$forgotten && !$this->killed && $leak->depth() >= $this->forks);
    }
}

[, $logs] = $argv;
$forgotten = array_slice($argv, 2);
$tests = $processes = $without_end = $errors = $leaks = $left = 0;
$shown = [];
$files = [];
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($logs, FilesystemIterator::SKIP_DOTS)) as $path => $_) {
    $files[substr(dirname($path), strlen($logs) + 1)][] = $path;
}
ksort($files);
foreach ($files as $test => $of_test) {
    $tests++;
    $is_forgotten = array_filter($forgotten, fn (string $pattern) => fnmatch($pattern, $test)) !== [];
    sort($of_test);
    foreach ($of_test as $file) {
        $processes++;
        // It was killed before valgrind had written a line.
        if (filesize($file) === 0) {
            $without_end++;
            continue;
        }
        $log = new Log($file);
        $without_end += $log->ended ? 0 : 1;
        foreach ($log->findings as $finding) {
            if ($finding->is_leak() && !$log->counts($finding, $is_forgotten)) {
                $left++;
                continue;
            }
            if (!$finding->is_leak() && !$finding->is_error()) {
                continue;
            }
            $finding->is_leak() ? $leaks++ : $errors++;
            $shown[$test][$finding->place()][] = [$finding->text, basename($file), $log->forks];
        }
    }
}

foreach ($shown as $test => $places) {
    echo "--- $test.phpt\n";
    foreach ($places as $found) {
        [$text, $name, $forks] = $found[0];
        // The names of generic functions fill pages.
        $text = preg_replace('/^(.{160}).+$/m', '$1...', $text);
        echo "$text\n  in ", count($found), ' process(es), first in ', $forks ? 'a forked child' : 'the test itself', ": $name\n\n";
    }
}
if ($left) {
    echo "$left blocks left to the end of a process by a jump or a quick exit (not counted)\n";
}
if ($without_end) {
    echo "$without_end processes were killed or became another program, which ends without a search for leaks\n";
}
echo "$tests tests, $processes processes, $errors errors, $leaks definite leaks\n";
exit($tests === 0 || $errors || $leaks ? 1 : 0);
