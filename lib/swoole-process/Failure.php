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

    /** Why the last call of PHP has failed, behind a colon: the end of its warning. */
    public static function reason(): string
    {
        $text = error_get_last()['message'] ?? '';
        return preg_match('/: ([^:]+)$/', $text, $parts) === 1 ? ": $parts[1]" : '';
    }
}
