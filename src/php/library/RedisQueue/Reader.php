<?php

declare(strict_types=1);

namespace Swoole\Process\RedisQueue;

/** @internal Takes replies of the protocol RESP2 out of bytes that arrive in parts of any size. */
final class Reader
{
    /** The longest line, and the longest string, which is that of the server. */
    private const LINE = 65536;
    private const STRING = 512 * 1024 * 1024;
    private const DEPTH = 8;

    private string $buffer = '';
    /** Where the next reply begins, and the place up to which it was read. */
    private int $begin = 0;
    private int $at = 0;
    /** The next reply is not whole as long as the buffer is shorter. */
    private int $needed = 1;

    public function feed(string $bytes): void
    {
        $this->buffer .= $bytes;
    }

    /** Takes the next reply. False if it is not whole yet. */
    public function next(mixed &$reply): bool
    {
        if (strlen($this->buffer) < $this->needed) {
            return false;
        }
        $this->at = $this->begin;
        if (!$this->read($reply, 0)) {
            $this->needed = max($this->needed, strlen($this->buffer) + 1);
            return false;
        }
        $this->begin = $this->at;
        if ($this->begin === strlen($this->buffer)) {
            $this->buffer = '';
            $this->begin = 0;
        } elseif ($this->begin > self::LINE) {
            $this->buffer = substr($this->buffer, $this->begin);
            $this->begin = 0;
        }
        $this->needed = $this->begin + 1;
        return true;
    }

    private function read(mixed &$value, int $depth): bool
    {
        $end = strpos($this->buffer, "\r\n", min($this->at, strlen($this->buffer)));
        if ($end === false) {
            if (strlen($this->buffer) - $this->at > self::LINE) {
                throw new ConnectionException('the server has sent a line without an end');
            }
            return false;
        }
        $kind = $this->buffer[$this->at];
        $line = substr($this->buffer, $this->at + 1, max(0, $end - $this->at - 1));
        $this->at = $end + 2;
        switch ($kind) {
            case '+':
                $value = $line;
                return true;
            case '-':
                $value = new ServerError($line);
                return true;
            case ':':
                $value = self::number($line, PHP_INT_MAX, PHP_INT_MIN);
                return true;
            case '$':
                $length = self::number($line, self::STRING, -1);
                if ($length < 0) {
                    $value = null;
                    return true;
                }
                if (strlen($this->buffer) < $this->at + $length + 2) {
                    $this->needed = $this->at + $length + 2;
                    return false;
                }
                $value = substr($this->buffer, $this->at, $length);
                $this->at += $length + 2;
                if (substr_compare($this->buffer, "\r\n", $this->at - 2, 2) !== 0) {
                    throw new ConnectionException('the server has sent a string without an end');
                }
                return true;
            case '*':
                return $this->readArray($value, self::number($line, PHP_INT_MAX, -1), $depth);
        }
        throw new ConnectionException('the server does not speak the protocol of Redis');
    }

    private function readArray(mixed &$value, int $count, int $depth): bool
    {
        if ($count < 0) {
            $value = null;
            return true;
        }
        if ($depth === self::DEPTH) {
            throw new ConnectionException('the server has sent too deep an array');
        }
        $elements = [];
        while (count($elements) < $count) {
            if (!$this->read($element, $depth + 1)) {
                return false;
            }
            $elements[] = $element;
        }
        $value = $elements;
        return true;
    }

    private static function number(string $text, int $most, int $least): int
    {
        $number = (int) $text;
        if ((string) $number !== $text || $number > $most || $number < $least) {
            throw new ConnectionException('the server has sent a wrong number');
        }
        return $number;
    }
}
