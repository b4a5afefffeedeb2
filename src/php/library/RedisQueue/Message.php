<?php

declare(strict_types=1);

namespace Swoole\Process\RedisQueue;

use Swoole\Process\RedisQueue;

/** A message that this process has taken and has to settle: by ack(), release() or bury(). */
final class Message
{
    private bool $isSettled = false;

    /** @internal */
    public function __construct(
        private readonly RedisQueue $queue,
        /** @internal The place of the message in the queue. */
        public readonly string $entry,
        /** @internal The consumer that has it. */
        public readonly string $consumer,
        /** The id that push() has returned. */
        public readonly string $id,
        /** The value that was pushed. */
        public readonly mixed $body,
        /** How often the message was taken, this time included. */
        public readonly int $attempts,
        public readonly int $priority,
    ) {
    }

    /** The message was handled. False if its time was over before: another worker gets it, or has it. */
    public function ack(): bool
    {
        $this->isSettled = true;
        return $this->queue->settle($this, Scripts::ACK, []) === 1;
    }

    /** Gives it back, to be taken again after a time in seconds; null: after the backoff of the queue. */
    public function release(?float $delay = null, string $reason = 'it was released'): bool
    {
        $terms = $this->queue->terms($this, $delay, $reason);
        $this->isSettled = true;
        return $this->queue->settle($this, Scripts::RELEASE, $terms) > 0;
    }

    /** Moves it to the dead letters. */
    public function bury(string $reason = 'it was buried'): bool
    {
        $this->isSettled = true;
        return $this->queue->settle($this, Scripts::RELEASE, [1, 1, 0, $reason]) > 0;
    }

    /** Begins its time again. False if that was over: another worker gets the message, or has it. */
    public function touch(): bool
    {
        return $this->queue->settle($this, Scripts::TOUCH, [$this->consumer]) === 1;
    }

    /** @internal It is acknowledged in another way. */
    public function settled(): void
    {
        $this->isSettled = true;
    }

    /** Whether it was acknowledged, released or buried. */
    public function isSettled(): bool
    {
        return $this->isSettled;
    }
}
