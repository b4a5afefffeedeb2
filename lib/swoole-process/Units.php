<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** Values with units: 500ms, 5s, 10 min, 64K, 256M. */
final class Units
{
    private const TIMES = ['ms' => 0.001, '' => 1, 's' => 1, 'sec' => 1, 'm' => 60, 'min' => 60, 'h' => 3600, 'd' => 86400];
    private const SIZES = ['' => 1, 'b' => 1, 'k' => 1024, 'kb' => 1024, 'm' => 1048576, 'mb' => 1048576, 'g' => 1073741824, 'gb' => 1073741824];

    /** Seconds; null when the text is no time. */
    public static function time(string $text): ?float
    {
        return self::parse($text, self::TIMES);
    }

    /** Bytes; null when the text is no size. */
    public static function size(string $text): ?int
    {
        $size = self::parse($text, self::SIZES);
        return $size === null || $size >= PHP_INT_MAX ? null : (int) $size;
    }

    /** @param array<string, int|float> $units */
    private static function parse(string $text, array $units): ?float
    {
        if (preg_match('/^(\d+(?:\.\d+)?|\.\d+)\s*([a-z]*)$/i', trim($text), $parts) !== 1) {
            return null;
        }
        $factor = $units[strtolower($parts[2])] ?? null;
        return $factor === null ? null : (float) $parts[1] * $factor;
    }
}
