<?php

declare(strict_types=1);

namespace Swoole;

/** A string whose places and lengths count characters. It needs PHP's extension mbstring. */
class MultibyteStringObject extends StringObject
{
    public function length(): int
    {
        return mb_strlen($this->string);
    }

    public function pos(string $needle, int $offset = 0, ?string $encoding = null): false|int
    {
        return mb_strpos($this->string, $needle, $offset, $encoding);
    }

    public function rpos(string $needle, int $offset = 0, ?string $encoding = null): false|int
    {
        return mb_strrpos($this->string, $needle, $offset, $encoding);
    }

    public function indexOf(string $needle, int $offset = 0, ?string $encoding = null): false|int
    {
        return $this->pos($needle, $offset, $encoding);
    }

    public function lastIndexOf(string $needle, int $offset = 0, ?string $encoding = null): false|int
    {
        return $this->rpos($needle, $offset, $encoding);
    }

    public function ipos(string $needle, ?string $encoding = null): false|int
    {
        return mb_stripos($this->string, $needle, 0, $encoding);
    }

    public function substr(int $offset, ?int $length = null, ?string $encoding = null): static
    {
        return new static(mb_substr($this->string, $offset, $length, $encoding));
    }

    public function chunk(int $length = 1): ArrayObject
    {
        return static::detectArrayType(mb_str_split($this->string, $length));
    }
}
