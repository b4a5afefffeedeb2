<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Event;
use Swoole\Timer;

/** A client of the control socket or the HTTP port: one request, one answer. */
final class Connection
{
    /** What a client may send. */
    private const LIMIT = 8192;
    /** How long a client may take, in milliseconds. */
    private const PATIENCE = 10000;

    private string $request = '';
    private bool $isHttp = false;
    private bool $isAsked = false;
    private string $answer = '';
    private bool $isAnswered = false;
    private int $timer;

    /**
     * @param resource $stream
     * @param \Closure(self, string): void $ask handles a request
     * @param \Closure(self): void $forget is told of the end
     */
    public function __construct(private $stream, private readonly bool $isLocal, private readonly \Closure $ask, private readonly \Closure $forget)
    {
        stream_set_blocking($stream, false);
        Event::add($stream, $this->read(...));
        $this->timer = (int) Timer::after(self::PATIENCE, $this->close(...));
    }

    /** Sends the answer, and closes the connection. @param array<string, mixed>|string $answer */
    public function answer(array|string $answer, int $code = 200): void
    {
        if ($this->isAnswered || $this->stream === null) {
            return;
        }
        $this->isAnswered = true;
        Timer::clear($this->timer);
        $this->timer = (int) Timer::after(self::PATIENCE, $this->close(...));
        $text = is_array($answer) ? json_encode($answer, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE) . "\n" : $answer;
        if ($this->isHttp) {
            $type = is_array($answer) ? 'application/json' : 'text/plain; version=0.0.4; charset=utf-8';
            $reason = [200 => 'OK', 404 => 'Not Found', 405 => 'Method Not Allowed'][$code] ?? 'Bad Request';
            $text = "HTTP/1.1 $code $reason\r\nContent-Type: $type\r\nContent-Length: " . strlen($text) . "\r\nConnection: close\r\n\r\n$text";
        }
        $this->answer = $text;
        $this->write();
    }

    /** In a worker. */
    public function release(): void
    {
        if ($this->stream !== null) {
            fclose($this->stream);
            $this->stream = null;
        }
    }

    public function close(): void
    {
        if ($this->stream === null) {
            return;
        }
        Timer::clear($this->timer);
        @Event::del($this->stream);
        $this->release();
        ($this->forget)($this);
    }

    private function read(): void
    {
        $piece = @fread($this->stream, self::LIMIT);
        if ($piece === '' || $piece === false) {
            $this->close();
            return;
        }
        if ($this->isAsked) {
            return;
        }
        $this->request .= $piece;
        $this->isHttp = preg_match('/^[A-Z]+ \S+ HTTP\//', $this->request) === 1;
        if (!str_contains($this->request, $this->isHttp ? "\r\n\r\n" : "\n")) {
            strlen($this->request) < self::LIMIT || $this->close();
            return;
        }
        $this->isAsked = true;
        if ($this->isHttp) {
            [$method, $path] = explode(' ', $this->request);
            if ($method !== 'GET') {
                $this->answer("only GET is allowed\n", 405);
                return;
            }
            match (parse_url($path, PHP_URL_PATH)) {
                '/metrics' => ($this->ask)($this, 'metrics'),
                '/status' => ($this->ask)($this, 'status'),
                default => $this->answer("there are /metrics and /status\n", 404),
            };
        } elseif ($this->isLocal) {
            // A reload, a stop: their answers take time.
            Timer::clear($this->timer);
            ($this->ask)($this, strstr($this->request, "\n", true));
        } else {
            $this->close();
        }
    }

    private function write(): void
    {
        $written = @fwrite($this->stream, $this->answer);
        if ($written === false) {
            $this->close();
            return;
        }
        $this->answer = substr($this->answer, $written);
        if ($this->answer === '') {
            $this->close();
        } else {
            Event::set($this->stream, $this->read(...), $this->write(...), SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE);
        }
    }
}
