<?php

declare(strict_types=1);

namespace Swoole\Database;

/** Stands for a PDO. When a call fails because the connection is gone, outside of a transaction, it connects again and repeats it. */
class PDOProxy extends ObjectProxy
{
    /** @var \PDO */
    protected $__object;

    protected array $setAttributeContext = [];

    /** @var callable */
    protected $constructor;

    /** How often it has connected again. */
    protected int $round = 0;

    /** How many transactions were begun and have not ended. */
    protected int $inTransaction = 0;

    public function __construct(callable $constructor)
    {
        parent::__construct($constructor());
        $this->constructor = $constructor;
    }

    public function __call(string $name, array $arguments)
    {
        try {
            $result = $this->__object->{$name}(...$arguments);
        } catch (\PDOException $failure) {
            if ($this->inTransaction > 0 || !DetectsLostConnections::causedByLostConnection($failure)) {
                throw $failure;
            }
            $this->reconnect();
            $result = $this->__object->{$name}(...$arguments);
        }
        $result = match (strtolower($name)) {
            'prepare', 'query' => $result instanceof \PDOStatement
                ? new PDOStatementProxy($result, $this, strtolower($name), $arguments)
                : $result,
            default => $result,
        };
        return $result;
    }

    public function beginTransaction(): bool
    {
        $begun = $this->__call(__FUNCTION__, []);
        $this->inTransaction += (int) $begun;
        return $begun;
    }

    public function commit(): bool
    {
        return $this->endTransaction(__FUNCTION__);
    }

    public function rollBack(): bool
    {
        return $this->endTransaction(__FUNCTION__);
    }

    private function endTransaction(string $method): bool
    {
        try {
            return $this->__object->{$method}();
        } finally {
            $this->inTransaction = max(0, $this->inTransaction - 1);
        }
    }

    public function inTransaction(): bool
    {
        return $this->inTransaction > 0;
    }

    public function getRound(): int
    {
        return $this->round;
    }

    /** Connects again; attributes that were set stay. */
    public function reconnect(): void
    {
        $this->__object = ($this->constructor)();
        $this->round++;
        foreach ($this->setAttributeContext as $attribute => $value) {
            $this->__object->setAttribute($attribute, $value);
        }
        $this->inTransaction = 0;
    }

    public function setAttribute(int $attribute, $value): bool
    {
        $this->setAttributeContext[$attribute] = $value;
        return $this->__object->setAttribute($attribute, $value);
    }

    /** Forgets that a transaction was begun. */
    public function reset(): void
    {
        $this->inTransaction = 0;
    }
}
