<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Event;

/** The log of the master. Lines of the extension, from all processes, come through a pipe. */
final class Log
{
    /** Settings of a pool, and the options of this program that set them. */
    private const NAMES = ['max_wait_time' => 'grace', 'max_restarts' => 'max-restarts', 'restart_window' => 'restart-window'];

    private Sink $sink;
    private readonly Pipe $lines;

    public function __construct(private readonly ?string $path, private readonly bool $isJson, private readonly string $pool)
    {
        $this->sink = $path === null ? new Sink(STDERR) : Sink::file($path);
        $this->lines = new Pipe();
    }

    /** Where the extension is to write its lines. */
    public function target(): string
    {
        return "/proc/self/fd/{$this->lines->number}";
    }

    /** In the master, when its loop runs. */
    public function watch(): void
    {
        Event::add($this->lines->reader, $this->forward(...));
    }

    /** @param array<string, mixed> $fields */
    public function write(string $level, string $text, array $fields = []): void
    {
        // What came before is to stand before.
        $this->forward();
        $this->put($level, $text, $fields, getmypid());
    }

    /** @param array<string, mixed> $fields */
    private function put(string $level, string $text, array $fields, int $pid): void
    {
        if ($this->isJson) {
            $line = ['time' => date('Y-m-d\TH:i:s.') . sprintf('%03d', (int) (fmod(microtime(true), 1) * 1000)) . date('P'), 'level' => $level, 'pool' => $this->pool, 'pid' => $pid, 'message' => $text];
            $this->sink->put(json_encode($line + $fields, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE) . "\n");
            return;
        }
        $this->sink->put(sprintf("%s %s %s[%d]: %s\n", date('Y-m-d H:i:s'), strtoupper($level), $this->pool, $pid, $text));
    }

    /** Lines that the extension has written: `[date *pid.0]<TAB>LEVEL<TAB>text`. */
    private function forward(): void
    {
        while (($lines = $this->lines->lines()) !== []) {
            foreach ($lines as $line) {
                $isLine = preg_match('/^\[[^\]]*\*(\d+)\.\d+\]\t(\w+)\t(.*)$/s', $line, $parts) === 1;
                $isLine ? $this->put(strtolower($parts[2]), strtr($parts[3], self::NAMES), [], (int) $parts[1]) : $this->put('notice', $line, [], getmypid());
            }
        }
    }

    public function reopen(): void
    {
        if ($this->path === null) {
            return;
        }
        try {
            $this->sink = Sink::file($this->path);
        } catch (Failure $failure) {
            // The old file is better than none.
            $this->write('error', $failure->getMessage());
        }
    }

    /** Waits for a slow reader. */
    public function finish(float $deadline): void
    {
        $this->sink->drain($deadline);
    }
}
