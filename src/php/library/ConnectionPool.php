<?php

declare(strict_types=1);

namespace Swoole;

use Swoole\Coroutine\Channel;

/** Connections that coroutines share: each is made when it is needed, up to a number, and given back after its use. */
class ConnectionPool
{
    public const DEFAULT_SIZE = 64;

    /** The connections that nobody uses; null once the pool is closed. */
    protected ?Channel $pool;

    /** @var callable */
    protected $constructor;

    protected int $size;

    /** How many connections there are: those in use, those in the pool, and those being made. */
    protected int $num = 0;

    /** @param string|null $proxy a class whose constructor takes the function that makes a connection */
    public function __construct(callable $constructor, int $size = self::DEFAULT_SIZE, protected ?string $proxy = null)
    {
        $this->pool = new Channel($this->size = $size);
        $this->constructor = $constructor;
    }

    /** Makes connections until there are as many as there may be. */
    public function fill(): void
    {
        while ($this->pool !== null && $this->num < $this->size) {
            $this->make();
        }
    }

    /** A connection; false when none came back within `$timeout` seconds. */
    public function get(float $timeout = -1)
    {
        if ($this->pool === null) {
            throw new \RuntimeException('Pool has been closed');
        }
        if ($this->num < $this->size && $this->pool->isEmpty()) {
            $this->make();
        }
        // The pool may have been closed while the connection was made.
        return $this->pool?->pop($timeout) ?? false;
    }

    /** Takes a connection back; null for one that is broken, in whose place another one is made. */
    public function put($connection): void
    {
        if ($this->pool === null) {
            return;
        }
        if ($connection === null) {
            $this->num--;
            $this->make();
        } else {
            $this->pool->push($connection);
        }
    }

    /** Frees the connections; those in use are freed when they come back. */
    public function close(): void
    {
        $this->pool?->close();
        $this->pool = null;
        $this->num = 0;
    }

    protected function make(): void
    {
        $this->num++;
        try {
            $connection = $this->proxy === null ? ($this->constructor)() : new $this->proxy($this->constructor);
        } catch (\Throwable $failure) {
            $this->num--;
            throw $failure;
        }
        $this->put($connection);
    }
}
