<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** A pipe from the workers to the master. The two ends have their own modes: only reading does not wait. */
final class Pipe
{
    /** @var resource */
    public $reader;
    /** @var resource */
    private $writer;
    /** The number of the writing end. */
    public readonly int $number;
    private string $rest = '';

    public function __construct()
    {
        // PHP makes no anonymous pipes. A program may open /dev/stdout of this one, which it could not with a socket.
        $path = sys_get_temp_dir() . '/pool-' . bin2hex(random_bytes(12));
        if (!posix_mkfifo($path, 0600)) {
            throw new Failure('no pipe can be made: ' . posix_strerror(posix_get_last_error()), Status::SYSTEM);
        }
        $reader = @fopen($path, 'rne');
        $numbers = self::numbers($path);
        $writer = @fopen($path, 'we');
        $number = current(array_diff(self::numbers($path), $numbers));
        unlink($path);
        if ($reader === false || $number === false) {
            throw new Failure('no pipe can be opened, of which each worker needs two: raise the limit for open files (ulimit -n, LimitNOFILE= of systemd)', Status::SYSTEM);
        }
        stream_set_read_buffer($reader, 0);
        [$this->reader, $this->writer] = [$reader, $writer];
        $this->number = (int) $number;
    }

    /** The whole lines that have come. @return list<string> */
    public function lines(bool $atEnd = false): array
    {
        $this->rest .= (string) @fread($this->reader, 65536);
        $lines = explode("\n", $this->rest);
        $this->rest = (string) array_pop($lines);
        // A line without an end must not use up the memory.
        if ($this->rest !== '' && ($atEnd || strlen($this->rest) >= 65536)) {
            $lines[] = $this->rest;
            $this->rest = '';
        }
        return $lines;
    }

    /** The numbers of the descriptors that lead to this path. @return list<string> */
    private static function numbers(string $path): array
    {
        // Not by stat(): a ZTS build of PHP would look up the name that the link has.
        $leads = static fn (string $number): bool => is_numeric($number) && basename((string) @readlink("/proc/self/fd/$number")) === basename($path);
        return array_values(array_filter(@scandir('/proc/self/fd') ?: [], $leads));
    }
}
