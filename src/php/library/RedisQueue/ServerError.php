<?php

declare(strict_types=1);

namespace Swoole\Process\RedisQueue;

/** @internal An error that the server has sent as its reply. */
final class ServerError
{
    public function __construct(public readonly string $text)
    {
    }

    public function is(string ...$codes): bool
    {
        return in_array(strtok($this->text, ' '), $codes, true);
    }
}
