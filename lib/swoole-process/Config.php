<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** What a pool is to run, and how. */
final class Config
{
    /** @var array<string, mixed> */
    private array $values = [];
    /** A script that runs in each worker. */
    public readonly ?string $script;
    /** Otherwise a program and its arguments. @var list<string> */
    public readonly array $command;
    public readonly string $name;
    /** A script that boots the application, before workers are forked. */
    public readonly ?string $template;
    /** @var array<string, string> */
    public readonly array $env;
    /** @var array<string, array{string, string}> the name of each limit, with soft and hard value */
    public readonly array $rlimits;

    /**
     * @param array<string, list<string>> $given what was given for each option
     * @param list<string> $run what is to run: a script, or a command
     */
    public function __construct(array $given, array $run, bool $isCommand)
    {
        foreach (Option::all() as $name => $option) {
            $texts = $given[$name] ?? [];
            $this->values[$name] = match (true) {
                $texts === [] => $option->default,
                $option->isList => array_map($option->value(...), $texts),
                default => $option->value($texts[count($texts) - 1]),
            };
        }
        $this->values['cwd'] = $this->folder('cwd');
        $this->checkRun($run, $isCommand);
        $this->script = $isCommand ? null : (string) realpath($run[0]);
        $this->command = $isCommand ? [$this->program($run[0]), ...array_slice($run, 1)] : [];
        $name = $this->text('name') ?? preg_replace('/[^\w.-]+/', '-', pathinfo($run[0], PATHINFO_FILENAME));
        $this->name = self::checkName((string) $name);
        $this->env = $this->pairs('env');
        $this->rlimits = array_map(static fn (string $value): array => array_pad(explode(':', $value, 2), 2, $value), $this->pairs('rlimit'));
        $template = $this->text('template');
        $this->template = $template === null ? null : (string) realpath($template);
        $this->checkRest();
    }

    /** The name of a pool, checked. */
    public static function checkName(string $name, int $status = Status::CONFIG): string
    {
        if (preg_match('/^\w[\w.-]{0,40}$/D', $name) !== 1) {
            throw new Failure("the value of name must have letters, digits, dots, _ and - only, not '$name'", $status);
        }
        return $name;
    }

    public function text(string $name): ?string
    {
        return $this->values[$name];
    }

    public function int(string $name): int
    {
        return $this->values[$name];
    }

    public function seconds(string $name): float
    {
        return $this->values[$name];
    }

    /** The control socket. */
    public function socket(): string
    {
        return $this->text('socket') ?? Runtime::folder() . "/$this->name.sock";
    }

    public function pidFile(): string
    {
        return $this->text('pid-file') ?? preg_replace('/\.sock$/', '', $this->socket()) . '.pid';
    }

    /** The user id, group id and user name of the workers; null: those of the master. @return array{int, int, string}|null */
    public function user(): ?array
    {
        $text = $this->text('user');
        if ($text === null) {
            return null;
        }
        [$name, $group] = array_pad(explode(':', $text, 2), 2, null);
        $user = preg_match('/^\d+$/', $name) === 1 ? posix_getpwuid((int) $name) : posix_getpwnam($name);
        if ($user === false) {
            throw new Failure("there is no user '$name'");
        }
        $found = $group === null ? ['gid' => $user['gid']] : (preg_match('/^\d+$/', $group) === 1 ? ['gid' => (int) $group] : posix_getgrnam($group));
        if ($found === false) {
            throw new Failure("there is no group '$group'");
        }
        return [$user['uid'], $found['gid'], $user['name']];
    }

    /** @param list<string> $run */
    private function checkRun(array $run, bool $isCommand): void
    {
        if ($run === []) {
            throw new Failure('nothing to run: give a script, a command after --, or a configuration file with one of them', Status::USAGE);
        }
        if ($isCommand) {
            return;
        }
        if (count($run) > 1) {
            throw new Failure("a script has no arguments, but '$run[1]' comes after '$run[0]': put -- before a command, and quotes around a value with spaces", Status::USAGE);
        }
        if (!is_file($run[0]) || !is_readable($run[0])) {
            throw new Failure("the script '$run[0]' cannot be read; a command needs -- before it, or the key command in a file");
        }
        // PHP would write it out, again and again.
        if (!str_contains((string) file_get_contents($run[0], length: 1 << 20), '<?')) {
            throw new Failure("'$run[0]' is no PHP script; a command needs -- before it, or the key command in a file");
        }
    }

    private function checkRest(): void
    {
        $user = $this->user();
        if ($user !== null && posix_geteuid() !== 0 && $user[0] !== posix_geteuid()) {
            throw new Failure('only root can run workers as another user');
        }
        if ($this->int('workers') < 1 || $this->int('workers') > Master::MOST_WORKERS) {
            throw new Failure('the value of workers must be from 1 to ' . Master::MOST_WORKERS);
        }
        // sun_path of unix(7). PHP would cut it.
        if (strlen($this->socket()) > 107) {
            throw new Failure("the path of the socket has more than 107 bytes: give a shorter one by --socket ('{$this->socket()}')");
        }
        if ($this->int('max-jobs') > 0 && $this->script === null) {
            throw new Failure('max-jobs is for scripts only: a command counts no jobs');
        }
        if ($this->template !== null && $this->script === null) {
            throw new Failure('template is for scripts only: a command boots by itself');
        }
        if ($this->template !== null && (!is_file($this->template) || !is_readable($this->template))) {
            throw new Failure("the template '{$this->text('template')}' cannot be read");
        }
        foreach ($this->rlimits as $name => $values) {
            Environment::limitOf($name, $values);
        }
        $address = $this->text('http');
        if ($address !== null && (preg_match('/^(127\.\d+\.\d+\.\d+|localhost|\[::1\]):(\d{1,5})$/', $address, $parts) !== 1 || $parts[2] > 65535)) {
            throw new Failure("the value of http must be a loopback address and a port, such as 127.0.0.1:9253, not '$address'");
        }
        $this->folder('output-folder');
    }

    /** An option that names a folder, as an absolute path. */
    private function folder(string $name): ?string
    {
        $folder = $this->text($name);
        if ($folder === null) {
            return null;
        }
        if (!is_dir($folder)) {
            throw new Failure("the value of $name must be a folder that exists, not '$folder'");
        }
        return (string) realpath($folder);
    }

    /** The path of a program. */
    private function program(string $name): string
    {
        $folders = str_contains($name, '/') ? [''] : explode(':', (string) (getenv('PATH') ?: '/usr/local/bin:/usr/bin:/bin'));
        foreach ($folders as $folder) {
            $path = $folder === '' ? $name : "$folder/$name";
            $seen = $path[0] === '/' || $this->text('cwd') === null ? $path : $this->text('cwd') . "/$path";
            if (is_file($seen) && is_executable($seen)) {
                return $seen;
            }
        }
        throw new Failure("the command '$name' " . match (true) {
            is_dir($name) => 'is a folder',
            str_ends_with($name, '.php') && is_file($name) => 'is a script: leave out --, or put php before it',
            is_file($name) && $folders === [''] => 'may not be executed: chmod +x',
            is_file($name) => "is in this folder, and not in PATH: write ./$name",
            str_contains($name, ' ') => 'was not found: give its arguments as words of their own, or use sh -c',
            default => 'was not found, or may not be executed',
        });
    }

    /** @return array<string, string> */
    private function pairs(string $name): array
    {
        $pairs = [];
        foreach ($this->values[$name] as $text) {
            if (preg_match('/^([^=\s]+)=(.*)$/s', $text, $parts) !== 1) {
                throw new Failure("the value of $name must be NAME=VALUE, not '$text'");
            }
            $pairs[$parts[1]] = $parts[2];
        }
        return $pairs;
    }
}
