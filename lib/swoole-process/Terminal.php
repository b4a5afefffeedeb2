<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** What is written to a terminal: its size, and texts by the columns that they take there. */
final class Terminal
{
    /** Characters that take two columns. */
    private const WIDE = '\x{1100}-\x{115F}\x{2E80}-\x{303E}\x{3041}-\x{A4CF}\x{AC00}-\x{D7A3}\x{F900}-\x{FAFF}\x{FE30}-\x{FE6F}'
        . '\x{FF00}-\x{FF60}\x{FFE0}-\x{FFE6}\x{1F300}-\x{1F64F}\x{1F680}-\x{1F6FF}\x{1F900}-\x{1FAFF}\x{20000}-\x{3FFFD}';

    /** @param resource $stream */
    public static function is($stream): bool
    {
        return stream_isatty($stream) && !in_array(getenv('TERM'), ['dumb', ''], true);
    }

    /** Its lines and columns. @param resource $stream @return array{int, int} */
    public static function size($stream): array
    {
        [$lines, $columns] = array_map('intval', explode(' ', trim(self::stty($stream, 'size')))) + [0, 0];
        // 0 is a terminal that does not know.
        return [$lines ?: 24, $columns ?: 80];
    }

    /** What stty(1) says. @param resource $stream */
    public static function stty($stream, string ...$words): string
    {
        $process = @proc_open(['stty', ...$words], [$stream, ['pipe', 'w'], ['file', '/dev/null', 'w']], $pipes);
        if ($process === false) {
            return '';
        }
        $text = (string) stream_get_contents($pipes[1]);
        proc_close($process);
        return $text;
    }

    /** A text of others without what a terminal would obey, as valid UTF-8. */
    public static function plain(string $text): string
    {
        $text = preg_match('//u', $text) === 1 ? $text : (string) preg_replace('/[\x80-\xff]/', '?', $text);
        return (string) preg_replace('/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u', '?', $text);
    }

    /** The columns of a plain text. */
    public static function width(string $text): int
    {
        // Marks stand over the character before them.
        return (int) preg_match_all('/[^\p{Mn}\p{Me}]/u', $text) + (int) preg_match_all('/[' . self::WIDE . ']/u', $text);
    }

    /** The beginning of a plain text that takes so many columns. */
    public static function cut(string $text, int $width): string
    {
        $cut = '';
        foreach (preg_split('/(?=[^\p{Mn}\p{Me}])/u', $text, -1, PREG_SPLIT_NO_EMPTY) ?: [] as $character) {
            $width -= self::width($character);
            if ($width < 0) {
                break;
            }
            $cut .= $character;
        }
        return $cut;
    }
}
