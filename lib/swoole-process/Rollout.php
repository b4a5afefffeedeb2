<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/**
 * A reload: one worker after the other is replaced, the next one when the new process is up. When a new process fails
 * before that, the others keep theirs.
 */
final class Rollout
{
    private ?int $current = null;
    private ?int $old = null;
    /** How many it has asked to be replaced. */
    public int $asked = 0;

    /**
     * @param list<int> $left the workers to replace
     * @param list<Connection> $clients who wait for its end
     */
    public function __construct(private array $left, public array $clients)
    {
    }

    /**
     * Goes on as far as it can.
     *
     * @param array<int, array<string, mixed>> $workers the state of each worker
     * @param \Closure(array<string, mixed>): bool $isUp
     * @return bool whether it is through
     */
    public function advance(SupervisedPool $pool, array $workers, \Closure $isUp): bool
    {
        if ($this->current !== null) {
            $worker = $workers[$this->current] ?? null;
            // A worker that is no longer there, or has ended well, is waited for no more.
            $isThrough = $worker === null || $worker['state'] === 'ended' || ($worker['pid'] !== $this->old && $isUp($worker));
            if (!$isThrough) {
                return false;
            }
            $this->current = null;
        }
        while ($this->left !== []) {
            $id = array_shift($this->left);
            if (isset($workers[$id]) && $workers[$id]['state'] !== 'ended') {
                [$this->current, $this->old] = [$id, $workers[$id]['pid']];
                $pool->restart($id);
                $this->asked++;
                return false;
            }
        }
        return true;
    }

    /** Whether this is the end of a new process. */
    public function isAbout(int $worker, int $pid): bool
    {
        return $worker === $this->current && $pid !== $this->old;
    }
}
