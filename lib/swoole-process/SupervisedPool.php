<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Process\Pool;

/** The pool, as scripts see it. */
final class SupervisedPool extends Pool
{
    private Scoreboard $scoreboard;

    public function reportTo(Scoreboard $scoreboard): void
    {
        $this->scoreboard = $scoreboard;
    }

    /** In a worker: tells `pool status` what this worker does. */
    public function progress(string $text): void
    {
        if ($this->workerId >= 0) {
            $this->scoreboard->progress($this->workerId, $text);
        }
    }

    /** In a worker: tells the metrics, and `pool status`, how many jobs wait in the queue. The last word of a worker counts. */
    public function queueDepth(int $jobs): void
    {
        $this->scoreboard->queue($jobs);
    }
}
