<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The state of a pool as a table. */
final class StatusView
{
    private const HEAD = ['WORKER', 'STATE', 'PID', 'AGE', 'RESTARTS', 'MEMORY', 'JOBS', 'DOING'];

    /**
     * @param array<string, mixed> $status
     * @param array{int, int}|null $size the lines and columns that it may take; null: as many as it needs
     */
    public static function render(array $status, ?array $size = null): string
    {
        $age = self::age(microtime(true) - $status['started']);
        $restarts = array_sum($status['restarts']);
        $texts = ["pool $status[name] ($status[pid]) is $status[state] since $age, $restarts restarts" . ($status['queue'] === null ? '' : ", $status[queue] jobs wait") . ($status['template'] === null ? '' : ', template ' . ($status['template']['pid'] ?? 'boots'))];
        $workers = $status['workers'];
        $hidden = 0;
        if ($size !== null && count($workers) > max(1, $size[0] - 2)) {
            // Those that do not work are to be seen.
            usort($workers, static fn (array $a, array $b): int => (self::state($a) === 'running') <=> (self::state($b) === 'running'));
            $hidden = count($workers) - max(0, $size[0] - 3);
            $workers = array_slice($workers, 0, -$hidden);
        }
        $rows = [self::HEAD];
        foreach ($workers as $worker) {
            $rows[] = [
                (string) $worker['name'],
                self::state($worker),
                (string) ($worker['pid'] ?? '-'),
                $worker['started'] === null ? '-' : self::age(microtime(true) - $worker['started']),
                (string) $worker['restarts'],
                $worker['memory'] === null ? '-' : round($worker['memory'] / 1048576, 1) . 'M',
                $status['jobs'] === null ? '-' : (string) $worker['jobs'],
                Terminal::plain($worker['progress']),
            ];
        }
        $widths = array_map(static fn (int $column): int => max(array_map('strlen', array_column($rows, $column))), array_keys(self::HEAD));
        foreach ($rows as $row) {
            $texts[] = rtrim(implode('  ', array_map('str_pad', $row, $widths)));
        }
        if ($hidden > 0) {
            $states = array_count_values(array_map(self::state(...), $status['workers']));
            $texts[] = "$hidden more are not shown. All: " . implode(', ', array_map(static fn (string $state, int $count): string => "$count $state", array_keys($states), $states));
        }
        if ($size !== null) {
            $texts = array_map(static fn (string $text): string => Terminal::cut($text, $size[1]), array_slice($texts, 0, $size[0]));
        }
        return implode("\n", $texts) . "\n";
    }

    /** @param array<string, mixed> $worker */
    private static function state(array $worker): string
    {
        return $worker['state'] === 'running' && !$worker['up'] ? 'starting' : $worker['state'];
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
