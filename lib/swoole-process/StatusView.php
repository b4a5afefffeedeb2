<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The state of a pool as a table. */
final class StatusView
{
    /** @param array<string, mixed> $status */
    public static function render(array $status, int $width = 0): string
    {
        $age = self::age(microtime(true) - $status['started']);
        $restarts = array_sum($status['restarts']);
        $text = "pool $status[name] ($status[pid]) is $status[state] since $age, $restarts restarts\n";
        $rows = [['WORKER', 'STATE', 'PID', 'AGE', 'RESTARTS', 'MEMORY', 'JOBS', 'DOING']];
        foreach ($status['workers'] as $worker) {
            $rows[] = [
                (string) $worker['name'],
                $worker['state'] === 'running' && !$worker['up'] ? 'starting' : $worker['state'],
                (string) ($worker['pid'] ?? '-'),
                $worker['started'] === null ? '-' : self::age(microtime(true) - $worker['started']),
                (string) $worker['restarts'],
                $worker['memory'] === null ? '-' : round($worker['memory'] / 1048576, 1) . 'M',
                $status['jobs'] === null ? '-' : (string) $worker['jobs'],
                $worker['progress'],
            ];
        }
        $widths = array_map(static fn (int $column): int => max(array_map('strlen', array_column($rows, $column))), array_keys($rows[0]));
        foreach ($rows as $row) {
            $line = rtrim(implode('  ', array_map('str_pad', $row, $widths)));
            $text .= ($width > 0 ? substr($line, 0, $width) : $line) . "\n";
        }
        return $text;
    }

    private static function age(float $seconds): string
    {
        $seconds = max(0, (int) $seconds);
        return match (true) {
            $seconds < 60 => "{$seconds}s",
            $seconds < 3600 => intdiv($seconds, 60) . 'm' . $seconds % 60 . 's',
            $seconds < 86400 => intdiv($seconds, 3600) . 'h' . intdiv($seconds % 3600, 60) . 'm',
            default => intdiv($seconds, 86400) . 'd' . intdiv($seconds % 86400, 3600) . 'h',
        };
    }
}
