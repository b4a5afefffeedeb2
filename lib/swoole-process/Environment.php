<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** What a process of the application has of its own: limits, user, folder, environment. */
final class Environment
{
    /** The numbers of resources on Linux. */
    private const LIMITS = [
        'cpu' => 0, 'fsize' => 1, 'data' => 2, 'stack' => 3, 'core' => 4,
        'nproc' => 6, 'nofile' => 7, 'memlock' => 8, 'as' => 9,
    ];

    /** @param string $process the name of the process in messages */
    public function __construct(private readonly Config $config, private readonly string $process)
    {
    }

    public function enter(): void
    {
        foreach ($this->config->rlimits as $name => $values) {
            $this->limit($name, $values);
        }
        $user = $this->config->user();
        if ($user !== null && posix_geteuid() === 0) {
            if (!posix_initgroups($user[2], $user[1]) || !posix_setgid($user[1]) || !posix_setuid($user[0])) {
                $this->refuse("cannot become $user[2]: " . posix_strerror(posix_get_last_error()));
            }
            putenv("USER=$user[2]");
        }
        $cwd = $this->config->text('cwd');
        if ($cwd !== null && !@chdir($cwd)) {
            $this->refuse("cannot enter $cwd");
        }
        foreach ($this->config->env as $name => $value) {
            putenv("$name=$value");
            $_ENV[$name] = $_SERVER[$name] = $value;
        }
        putenv("POOL_NAME={$this->config->name}");
        // Processes share what opcache has compiled. It looks at files again when the time of the request has advanced,
        // which is the time when the master started: never.
        ini_set('opcache.validate_timestamps', '1');
        ini_set('opcache.revalidate_freq', '0');
    }

    /** @param array{string, string} $values */
    private function limit(string $name, array $values): void
    {
        [$resource, $soft, $hard] = self::limitOf($name, $values);
        if (function_exists('posix_setrlimit')) {
            if (!posix_setrlimit($resource, $soft, $hard)) {
                $this->refuse("cannot limit $name: " . posix_strerror(posix_get_last_error()));
            }
            return;
        }
        // Before PHP 8.3. The program is part of util-linux.
        $text = static fn (int $value): string => $value < 0 ? 'unlimited' : (string) $value;
        exec('prlimit --pid ' . getmypid() . " --$name=" . $text($soft) . ':' . $text($hard) . ' 2>&1', $lines, $status);
        if ($status !== 0) {
            $this->refuse("cannot limit $name: " . implode(' ', $lines));
        }
    }

    /** The number of a resource, and its two limits. @param array{string, string} $values @return array{int, int, int} */
    public static function limitOf(string $name, array $values): array
    {
        $known = self::LIMITS[$name] ?? throw new Failure("there is no rlimit $name" . Option::nearest($name, array_keys(self::LIMITS)));
        $limits = array_map(static function (string $value) use ($name): int {
            return $value === 'unlimited' ? -1 : Units::size($value) ?? throw new Failure("the value of rlimit $name must be a number or unlimited, not '$value'");
        }, $values);
        return [$known, ...$limits];
    }

    private function refuse(string $why): never
    {
        fwrite(STDERR, "pool: $this->process $why\n");
        exit(Status::SYSTEM);
    }
}
