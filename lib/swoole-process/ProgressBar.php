<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Atomic;
use Swoole\Atomic\Long;
use Swoole\Lock;

/**
 * The progress of a batch of jobs. It is made before the fork, and counts in memory that processes share: whichever of them
 * has done a job draws it. On a terminal it is one line that is drawn again. Elsewhere it is a line from time to time.
 */
final class ProgressBar
{
    /** The time between two pictures, in milliseconds. */
    private const PAUSE = 100;
    private const PAUSE_OF_LINES = 10000;
    private const LONGEST_BAR = 40;

    private readonly Long $done;
    private readonly Long $failures;
    /** When it may be drawn again. */
    private readonly Long $next;
    private readonly Atomic $isFinished;
    /** Held by the process that draws. */
    private readonly Lock $lock;
    private readonly bool $isTerminal;
    private readonly int $columns;
    private readonly int $began;
    private readonly int $owner;

    /**
     * @param int|null $total the number of jobs; null if it is not known
     * @param resource $stream
     */
    public function __construct(private readonly ?int $total = null, private readonly string $title = '', private $stream = STDERR)
    {
        [$this->done, $this->failures, $this->isFinished, $this->lock] = [new Long(), new Long(), new Atomic(), new Lock()];
        $this->isTerminal = Terminal::is($stream);
        $this->columns = $this->isTerminal ? Terminal::size($stream)[1] : 0;
        $this->began = self::now();
        $this->owner = (int) getmypid();
        $this->next = new Long($this->began + ($this->isTerminal ? self::PAUSE : self::PAUSE_OF_LINES));
        if ($this->isTerminal) {
            $this->draw();
        }
    }

    /** Goes through jobs, and counts each one when the next is asked for. */
    public static function over(iterable $jobs, string $title = ''): \Generator
    {
        $bar = new self(is_countable($jobs) ? count($jobs) : null, $title);
        foreach ($jobs as $key => $job) {
            yield $key => $job;
            $bar->advance();
        }
        $bar->finish();
    }

    /** So many jobs are done. */
    public function advance(int $jobs = 1): void
    {
        $this->done->add($jobs);
        [$now, $next] = [self::now(), $this->next->get()];
        // One of all processes draws.
        if ($now >= $next && $this->next->cmpset($next, $now + ($this->isTerminal ? self::PAUSE : self::PAUSE_OF_LINES))) {
            $this->draw();
        }
    }

    /** So many jobs are done, but have failed. */
    public function fail(int $jobs = 1): void
    {
        $this->failures->add($jobs);
        $this->advance($jobs);
    }

    public function done(): int
    {
        return $this->done->get();
    }

    public function failures(): int
    {
        return $this->failures->get();
    }

    /** Draws it now, for a batch whose jobs take long: `Timer::tick(1000, $bar->draw(...))`. */
    public function draw(): void
    {
        // Another process that draws is enough.
        if (@$this->lock->lock(LOCK_EX | LOCK_NB)) {
            $this->isFinished->get() === 0 && $this->show();
            $this->lock->unlock();
        }
    }

    /** Writes a line above it. */
    public function say(string $line): void
    {
        $isMine = @$this->lock->lock(LOCK_EX, 1.0);
        $this->write($this->isTerminal ? "\r\e[K$line\n" : "$line\n");
        $this->isTerminal && $this->isFinished->get() === 0 && $this->show();
        $isMine && $this->lock->unlock();
    }

    /** In the process that made it: shows the result, and ends the line. */
    public function finish(): void
    {
        if (getmypid() !== $this->owner || $this->isFinished->get() === 1) {
            return;
        }
        // A process that has done the last job may be drawing.
        $isMine = @$this->lock->lock(LOCK_EX, 1.0);
        $this->isFinished->set(1);
        $this->show();
        $isMine && $this->lock->unlock();
    }

    /** An exception must not leave the cursor in the middle of a line. */
    public function __destruct()
    {
        $this->finish();
    }

    private function show(): void
    {
        [$done, $seconds, $isLast] = [$this->done->get(), (self::now() - $this->began) / 1000, $this->isFinished->get() === 1];
        $facts = [$this->total === null ? "$done done" : "$done/$this->total"];
        if ($this->failures->get() > 0) {
            $facts[] = "{$this->failures->get()} failed";
        }
        if ($done > 0 && $seconds > 0) {
            $rate = $done / $seconds;
            $facts[] = $rate >= 1 ? round($rate, $rate < 100 ? 1 : 0) . '/s' : round($rate * 60, 1) . '/min';
        }
        $facts[] = match (true) {
            $isLast => 'in ' . self::clock($seconds),
            $this->total === null => self::clock($seconds),
            $done > 0 => self::clock(max(0, $this->total - $done) / $done * $seconds) . ' left',
            default => '-:-- left',
        };
        $share = $this->total === null ? null : ($this->total > 0 ? min(1.0, $done / $this->total) : 1.0);
        // 100 % is all of them.
        $percent = $share === null ? '' : sprintf($this->isTerminal ? '%3d%% ' : '%d%% ', floor($share * 100));
        [$title, $facts] = [$this->title === '' ? '' : "$this->title ", implode(', ', $facts)];
        if (!$this->isTerminal) {
            $this->write("$title$percent$facts\n");
            return;
        }
        $cells = min(self::LONGEST_BAR, $this->columns - Terminal::width("$title$percent$facts") - 4);
        $bar = '';
        if ($share !== null && $cells > 0) {
            $full = (int) floor($share * $cells);
            $bar = '[' . str_pad(str_repeat('=', $full) . ($full < $cells ? '>' : ''), $cells) . '] ';
        }
        // The terminal cuts what does not fit: its width may have changed.
        $this->write("\e[?7l\r$title$percent$bar$facts\e[K\e[?7h" . ($isLast ? "\n" : ''));
    }

    private function write(string $text): void
    {
        @fwrite($this->stream, $text);
    }

    private static function clock(float $seconds): string
    {
        $seconds = (int) round($seconds);
        return $seconds < 3600
            ? sprintf('%d:%02d', intdiv($seconds, 60), $seconds % 60)
            : sprintf('%d:%02d:%02d', intdiv($seconds, 3600), intdiv($seconds, 60) % 60, $seconds % 60);
    }

    private static function now(): int
    {
        return intdiv(hrtime(true), 1_000_000);
    }
}
