<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** A setting of `pool run`: a flag of the command line, and a key of the configuration file. */
final class Option
{
    public const TIME = 'TIME';
    public const SIZE = 'SIZE';
    public const COUNT = 'N';
    public const TEXT = 'TEXT';

    /**
     * @param string|list<string> $kind one of the kinds above, another word for a text, or the values to choose from
     */
    private function __construct(
        public readonly string $name,
        public readonly string|array $kind,
        public readonly mixed $default,
        public readonly string $help,
        public readonly ?string $short = null,
        /** Whether it may be given several times. */
        public readonly bool $isList = false,
    ) {
    }

    /** @return array<string, self> */
    public static function all(): array
    {
        $all = [
            new self('workers', self::COUNT, 1, 'how many workers', 'n'),
            new self('name', 'NAME', null, 'the name of the pool: workers are NAME-0, NAME-1, ... (default: the name of the command)'),
            new self('template', 'FILE', null, 'a script that boots the application once: workers are forked from the process that has included it (scripts only)'),
            new self('restart', ['always', 'on-failure', 'never', 'once'], 'always', 'whether a worker that has exited is started again'),
            new self('restart-pause', self::TIME, 0.0, 'the shortest pause between two runs of a worker'),
            new self('restart-delay', self::TIME, 0.1, 'the first pause after a failure; it doubles with each further one'),
            new self('restart-max-delay', self::TIME, 10.0, 'the longest of these pauses'),
            new self('max-restarts', self::COUNT, 0, 'give up after more failures than this within restart-window; 0: never'),
            new self('restart-window', self::TIME, 60.0, 'the time in which failures count for max-restarts'),
            new self('boot-time', self::TIME, 1.0, 'a worker that has run for this long is up; a script is up as soon as it is included'),
            new self('grace', self::TIME, 10.0, 'how long a worker may take to stop; then it is killed'),
            new self('max-jobs', self::COUNT, 0, 'replace a worker after so many jobs (scripts only); 0: never'),
            new self('max-age', self::TIME, 0.0, 'replace a worker after this time; 0: never'),
            new self('max-memory', self::SIZE, 0, 'replace a worker with more memory than this; 0: never'),
            new self('idle', self::TIME, 1.0, 'the pause after a job that returned false (scripts only)'),
            new self('rlimit', 'NAME=VALUE', [], 'a limit of each worker, such as nofile=1024 or as=1G', null, true),
            new self('user', 'USER[:GROUP]', null, 'the user, and perhaps the group, of the workers'),
            new self('env', 'NAME=VALUE', [], 'a variable in the environment of the workers', 'e', true),
            new self('cwd', 'FOLDER', null, 'the working folder of the workers'),
            new self('output', ['inherit', 'prefix', 'null'], 'inherit', 'where the output of workers goes: to that of the master, the same with the name of the worker before each line, or nowhere'),
            new self('output-folder', 'FOLDER', null, 'write the output of each worker to FOLDER/NAME-N.log'),
            new self('log', 'FILE', null, 'the log; SIGWINCH and SIGRTMIN reopen it, and the files of output-folder (default: standard error)'),
            new self('log-format', ['text', 'json'], 'text', 'the form of the log'),
            new self('socket', 'FILE', null, 'the control socket (default: NAME.sock in the runtime folder)', 's'),
            new self('pid-file', 'FILE', null, 'the pid file (default: the socket, with .pid in place of .sock)'),
            new self('http', 'ADDRESS:PORT', null, 'serve /metrics and /status on this loopback address'),
        ];
        return array_combine(array_map(static fn (self $option): string => $option->name, $all), $all);
    }

    /** The name that was meant, if one is near. @param list<string> $names */
    public static function nearest(string $name, array $names): string
    {
        $distances = [];
        foreach ($names as $known) {
            $distances[$known] = levenshtein(strtolower($name), $known);
        }
        asort($distances);
        $nearest = array_key_first($distances);
        // Two letters in the wrong order are two steps.
        $isNear = $nearest !== null && ($distances[$nearest] * 3 <= strlen($nearest) || count_chars($nearest) === count_chars($name));
        return $isNear ? ", the nearest name is $nearest" : '';
    }

    /** The value of a text, checked. */
    public function value(string $text): mixed
    {
        $value = match ($this->kind) {
            self::TIME => Units::time($text),
            self::SIZE => Units::size($text),
            self::COUNT => preg_match('/^\d{1,9}$/', $text) === 1 ? (int) $text : null,
            default => is_array($this->kind) ? (in_array($text, $this->kind, true) ? $text : null) : ($text === '' ? null : $text),
        };
        return $value ?? throw new Failure("the value of $this->name must be {$this->expected()}, not '$text'");
    }

    private function expected(): string
    {
        return match (true) {
            is_array($this->kind) => implode(', ', array_slice($this->kind, 0, -1)) . ' or ' . $this->kind[count($this->kind) - 1],
            $this->kind === self::TIME => 'a time, such as 500ms, 5s or 2h',
            $this->kind === self::SIZE => 'a size, such as 256M',
            $this->kind === self::COUNT => 'a whole number',
            default => $this->kind,
        };
    }

    /** Its lines in the help. */
    public function describe(): string
    {
        $kind = is_array($this->kind) ? implode('|', $this->kind) : $this->kind;
        $flag = ($this->short === null ? '    ' : "-$this->short, ") . "--$this->name=$kind";
        $default = match (true) {
            $this->default === null, $this->default === [], $this->default === 0, $this->default === 0.0 => '',
            $this->kind === self::TIME => " (default: {$this->default}s)",
            default => " (default: $this->default)",
        };
        return "  $flag" . ($this->isList ? ' ...' : '') . "\n" . wordwrap('          ' . $this->help . $default, 100, "\n          ") . "\n";
    }
}
