<?php

declare(strict_types=1);

/** The functions of Swoole's library that are no methods of another class. */
class SwooleLibrary
{
    public static array $options = [];

    public static function setOptions(array $options): void
    {
        self::$options = $options;
    }

    public static function getOptions(): array
    {
        return self::$options;
    }

    public static function setOption(string $key, mixed $value): void
    {
        self::$options[$key] = $value;
    }

    public static function getOption(string $key): mixed
    {
        return self::$options[$key] ?? null;
    }

    public static function arrayDefaultValue(array $array, mixed $key, mixed $default): mixed
    {
        return array_key_exists($key, $array) ? $array[$key] : $default;
    }

    /** A table with the columns `name:type[:length],...`; the types are int, float and string, or their first letters. */
    public static function table(int $size, string $fields): Swoole\Table
    {
        $table = new Swoole\Table($size, 0.25);
        foreach (explode(',', $fields) as $field) {
            $parts = array_map(trim(...), explode(':', $field));
            $type = $parts[1] ?? '';
            match ($type) {
                'i', 'int' => $table->column($parts[0], Swoole\Table::TYPE_INT),
                'f', 'float' => $table->column($parts[0], Swoole\Table::TYPE_FLOAT),
                's', 'string' => $table->column($parts[0], Swoole\Table::TYPE_STRING, self::length($parts[2] ?? null)),
                default => throw new RuntimeException("unknown field type[$type]"),
            };
        }
        if (!$table->create()) {
            throw new RuntimeException('failed to create table');
        }
        return $table;
    }

    private static function length(?string $text): int
    {
        if ($text === null) {
            throw new RuntimeException('need to give string length');
        }
        return (int) $text > 0 ? (int) $text : throw new RuntimeException("invalid string length[$text]");
    }

    public static function isInContainer(): bool
    {
        $mounts = (string) @file_get_contents('/proc/self/mountinfo');
        return str_contains($mounts, 'kubepods') || str_contains($mounts, 'docker');
    }

    /** The processors that this process may use by the limits of its control group, rounded down; all of them without a limit. */
    public static function containerCpuNum(): int
    {
        $set = (int) getenv('SWOOLE_CPU_NUM');
        if ($set > 0) {
            return $set;
        }
        $all = swoole_cpu_num();
        if (!self::isInContainer()) {
            return $all;
        }
        $group = '/sys/fs/cgroup';
        $limit = is_readable("$group/cpu.max")
            ? explode(' ', trim((string) file_get_contents("$group/cpu.max")))
            : array_map(fn (string $name): string => (string) @file_get_contents("$group/cpu,cpuacct/cpu.cfs_$name"), ['quota_us', 'period_us']);
        [$quota, $period] = [(float) $limit[0], (float) ($limit[1] ?? 0)];
        $count = $quota > 0 && $period > 0 ? (int) floor($quota / $period) : 0;
        return $count >= 1 ? $count : $all;
    }
}
