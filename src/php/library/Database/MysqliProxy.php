<?php

declare(strict_types=1);

namespace Swoole\Database;

/** Stands for a mysqli. When a call fails because the connection is gone, it connects again and repeats it. */
class MysqliProxy extends ObjectProxy
{
    /** The codes of the client library for a connection that is gone, or refused. */
    public const IO_ERRORS = [2002, 2006, 2013];

    /** @var \mysqli */
    protected $__object;

    protected string $charsetContext = '';

    protected array $setOptContext = [];

    protected array $changeUserContext = [];

    /** @var callable */
    protected $constructor;

    /** How often it has connected again. */
    protected int $round = 0;

    private bool $inTransaction = false;

    public function __construct(callable $constructor)
    {
        parent::__construct($constructor());
        $this->constructor = $constructor;
    }

    public function __call(string $name, array $arguments)
    {
        $method = strtolower($name);
        $result = self::attempt(
            fn () => $this->__object->{$name}(...$arguments),
            fn (): int => $this->__object->errno,
            $this->inTransaction ? null : $this->reconnect(...),
        );
        $this->inTransaction = match (true) {
            $method === 'begin_transaction' => true,
            $method === 'commit' || $method === 'rollback' => false,
            default => $this->inTransaction,
        };
        return $method === 'prepare' && $result instanceof \mysqli_stmt
            ? new MysqliStatementProxy($result, array_values($arguments)[0], $this)
            : $result;
    }

    /**
     * What the call gives; once more after `$again` when the connection is gone.
     *
     * @internal
     */
    public static function attempt(\Closure $call, \Closure $error, ?\Closure $again): mixed
    {
        $failure = null;
        try {
            $result = $call();
        } catch (\mysqli_sql_exception $failure) {
            $result = false;
        }
        if ($result !== false) {
            return $result;
        }
        $code = $failure?->getCode() ?? $error();
        if ($again !== null && in_array($code, self::IO_ERRORS, true)) {
            $again();
            return $call();
        }
        if ($failure !== null) {
            throw $failure;
        }
        return in_array($code, self::IO_ERRORS, true)
            ? throw new MysqliException('the connection is gone within a transaction', $code)
            : $result;
    }

    public function getRound(): int
    {
        return $this->round;
    }

    public function isInTransaction(): bool
    {
        return $this->inTransaction;
    }

    /** Connects again; options, the character set and the user that were set stay. */
    public function reconnect(): void
    {
        $this->__object = ($this->constructor)();
        $this->round++;
        foreach ($this->setOptContext as $option => $value) {
            $this->__object->options($option, $value);
        }
        if ($this->charsetContext !== '') {
            $this->__object->set_charset($this->charsetContext);
        }
        if ($this->changeUserContext !== []) {
            $this->__object->change_user(...$this->changeUserContext);
        }
    }

    public function options(int $option, $value): bool
    {
        $this->setOptContext[$option] = $value;
        return $this->__object->options($option, $value);
    }

    public function set_opt(int $option, $value): bool
    {
        return $this->options($option, $value);
    }

    public function set_charset(string $charset): bool
    {
        $this->charsetContext = $charset;
        return $this->__object->set_charset($charset);
    }

    public function change_user(string $user, string $password, ?string $database): bool
    {
        $this->changeUserContext = [$user, $password, $database];
        return $this->__object->change_user($user, $password, $database);
    }
}
