<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** A failure that the user is told in one line. Its code is the exit status. */
final class Failure extends \RuntimeException
{
    public function __construct(string $message, int $status = Status::CONFIG)
    {
        parent::__construct($message, $status);
    }
}
