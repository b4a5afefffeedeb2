<?php
// What the kernel knows of processes, and of what processes may leave behind.
declare(strict_types=1);

final class Proc
{
    /** The variable of the environment that all processes of a trial have, where they have no namespace of their own. */
    public const MARK = 'SOAK_POOL';
    private static bool $has_own_shm = false;

    /** @return array<int, string> the states of the children of a process */
    public static function children(int $parent): array
    {
        $children = [];
        foreach (self::all() as $pid => [$state, $its_parent]) {
            if ($its_parent === $parent) {
                $children[$pid] = $state;
            }
        }
        return $children;
    }

    /** @return array<int, string> the other processes of a trial, as text */
    public static function of_trial(): array
    {
        $mark = self::MARK . '=' . getenv(self::MARK);
        $found = [];
        foreach (self::all() as $pid => [$state, $parent, $name]) {
            $ours = getmypid() === 1 || $parent === getmypid() || str_contains((string) @file_get_contents("/proc/$pid/environ"), $mark);
            // In a foreign place a zombie is the affair of whoever has got it.
            if ($ours && $pid !== getmypid() && ($state !== 'Z' || getmypid() === 1 || $parent === getmypid())) {
                $found[$pid] = "$pid ($name, $state, child of $parent, " . trim((string) @file_get_contents("/proc/$pid/wchan")) . ')';
            }
        }
        return $found;
    }

    /** In namespaces of its own a trial gets a /dev/shm of its own as well. */
    public static function begin(): void
    {
        if (getmypid() === 1) {
            $mount = @proc_open(['mount', '-t', 'tmpfs', 'none', '/dev/shm'], [2 => ['file', '/dev/null', 'w']], $pipes);
            self::$has_own_shm = $mount !== false && proc_close($mount) === 0;
        }
    }

    /** @return list<string> System V objects and files in /dev/shm; none where they may be anybody's */
    public static function objects(): array
    {
        // The folder of the registry of queues stays, and is empty.
        $registry = '/dev/shm/swoole-process.' . posix_geteuid();
        $found = self::$has_own_shm ? array_diff([...glob('/dev/shm/*'), ...glob('/dev/shm/swoole-process.*/*')], [$registry]) : [];
        foreach (getmypid() === 1 ? ['msg', 'shm', 'sem'] : [] as $kind) {
            foreach (array_slice(@file("/proc/sysvipc/$kind") ?: [], 1) as $line) {
                [$key, $id] = preg_split('/\s+/', trim($line));
                $found[] = "$kind $id, key $key";
            }
        }
        return array_values($found);
    }

    /** Processor time of a process and the children that it has reaped, in seconds. */
    public static function cost(int $pid): float
    {
        $stat = (string) @file_get_contents("/proc/$pid/stat");
        $fields = explode(' ', substr($stat, (int) strrpos($stat, ')') + 2));
        return array_sum(array_slice($fields, 11, 4)) / 100;
    }

    /** @return array<int, array{string, int, string}> state, parent and name of each process */
    private static function all(): array
    {
        $all = [];
        foreach (scandir('/proc') as $pid) {
            if (is_numeric($pid) && preg_match('/^\d+ \((.*)\) (\S) (\d+)/s', (string) @file_get_contents("/proc/$pid/stat"), $m)) {
                $all[(int) $pid] = [$m[2], (int) $m[3], $m[1]];
            }
        }
        return $all;
    }
}
