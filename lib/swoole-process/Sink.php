<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Event;

/** A stream that is written to without ever waiting: what does not fit waits here, up to a limit. */
final class Sink
{
    /** More than this is not kept. */
    private const LIMIT = 1 << 20;
    /** A pipe with any room takes so much at once. */
    private const PIECE = 4096;

    private string $rest = '';
    private bool $isWatched = false;
    private int $lost = 0;

    /** @param resource $stream */
    public function __construct(private $stream)
    {
    }

    public static function file(string $path): self
    {
        $stream = @fopen($path, 'ae');
        if ($stream === false) {
            throw new Failure("the file '$path' cannot be written" . Failure::reason(), Status::SYSTEM);
        }
        return new self($stream);
    }

    public function put(string $text): void
    {
        if (strlen($this->rest) + strlen($text) > self::LIMIT) {
            $this->lost++;
            return;
        }
        $this->rest .= $text;
        $this->flush();
    }

    /** Writes what fits, and lets the loop write the rest. */
    public function flush(): void
    {
        $this->write(0.0) ? $this->unwatch() : $this->watch();
    }

    /** Waits until everything is written, or until this time of the clock (hrtime), in seconds. Returns the number of lines that were not written. */
    public function drain(float $deadline): int
    {
        $this->unwatch();
        $this->write($deadline);
        return $this->lost + substr_count($this->rest, "\n");
    }

    /** Writes as long as the stream takes more before the deadline. Returns whether everything is written. */
    private function write(float $deadline): bool
    {
        while ($this->rest !== '') {
            [$read, $write, $except] = [null, [$this->stream], null];
            // Not stream_select(), which knows no descriptors above 1023. A large pool has more.
            if (@swoole_select($read, $write, $except, max(0.0, $deadline - hrtime(true) / 1e9)) !== 1) {
                return false;
            }
            $written = @fwrite($this->stream, substr($this->rest, 0, self::PIECE));
            if ($written === false || $written === 0) {
                // Nobody reads it any more, or the disk is full.
                $this->lost += substr_count($this->rest, "\n");
                $this->rest = '';
                return true;
            }
            $this->rest = substr($this->rest, $written);
            if ($this->rest === '' && $this->lost > 0) {
                $this->rest = "pool: lines lost: $this->lost (they could not be written)\n";
                $this->lost = 0;
            }
        }
        return true;
    }

    private function watch(): void
    {
        if (!$this->isWatched) {
            $this->isWatched = (bool) @Event::add($this->stream, null, $this->flush(...), SWOOLE_EVENT_WRITE);
        }
    }

    private function unwatch(): void
    {
        if ($this->isWatched) {
            // At the end there is no loop.
            @Event::del($this->stream);
            $this->isWatched = false;
        }
    }
}
