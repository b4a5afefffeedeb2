<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Process\Pool;

/** The pool, as scripts see it. */
final class SupervisedPool extends Pool
{
    private Board $board;

    public function showOn(Board $board): void
    {
        $this->board = $board;
    }

    /** In a worker: tells `pool status` what this worker does. */
    public function progress(string $text): void
    {
        if ($this->workerId >= 0) {
            $this->board->progress($this->workerId, $text);
        }
    }
}
