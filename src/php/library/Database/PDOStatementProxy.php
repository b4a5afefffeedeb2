<?php

declare(strict_types=1);

namespace Swoole\Database;

/** Stands for a statement. When its execution fails because the connection is gone, it is prepared and executed again. */
class PDOStatementProxy extends ObjectProxy
{
    /** @var \PDOStatement */
    protected $__object;

    protected array $setAttributeContext = [];

    protected array $setFetchModeContext = [];

    protected array $bindParamContext = [];

    protected array $bindColumnContext = [];

    protected array $bindValueContext = [];

    /** The connection that the statement is of, by its count. */
    protected int $parentRound;

    public function __construct(
        \PDOStatement $object,
        protected PDOProxy $parent,
        private string $made = 'prepare',
        private array $arguments = [],
    ) {
        parent::__construct($object);
        $this->parentRound = $parent->getRound();
    }

    public function __call(string $name, array $arguments)
    {
        try {
            return $this->__object->{$name}(...$arguments);
        } catch (\PDOException $failure) {
            $again = strtolower($name) === 'execute' && $this->made === 'prepare'
                && !$this->parent->inTransaction() && DetectsLostConnections::causedByLostConnection($failure);
            if (!$again) {
                throw $failure;
            }
            $this->prepareAgain();
            return $this->__object->{$name}(...$arguments);
        }
    }

    private function prepareAgain(): void
    {
        // Another statement may have connected again already.
        if ($this->parent->getRound() === $this->parentRound) {
            $this->parent->reconnect();
        }
        $this->parentRound = $this->parent->getRound();
        $this->__object = $this->parent->__getObject()->prepare(...$this->arguments);
        foreach ($this->setAttributeContext as $attribute => $value) {
            $this->__object->setAttribute($attribute, $value);
        }
        if ($this->setFetchModeContext !== []) {
            $this->__object->setFetchMode(...$this->setFetchModeContext);
        }
        foreach ($this->bindParamContext as $param => $rest) {
            $this->__object->bindParam($param, ...$rest);
        }
        foreach ($this->bindColumnContext as $column => $rest) {
            $this->__object->bindColumn($column, ...$rest);
        }
        foreach ($this->bindValueContext as $param => $rest) {
            $this->__object->bindValue($param, ...$rest);
        }
    }

    public function setAttribute(int $attribute, $value): bool
    {
        $this->setAttributeContext[$attribute] = $value;
        return $this->__object->setAttribute($attribute, $value);
    }

    public function setFetchMode(int $mode, ...$params): bool
    {
        $this->setFetchModeContext = func_get_args();
        return $this->__object->setFetchMode($mode, ...$params);
    }

    public function bindParam($parameter, &$variable, $data_type = \PDO::PARAM_STR, $length = 0, $driver_options = null): bool
    {
        $this->bindParamContext[$parameter] = [&$variable, $data_type, $length, $driver_options];
        return $this->__object->bindParam($parameter, $variable, $data_type, $length, $driver_options);
    }

    public function bindColumn($column, &$param, $type = \PDO::PARAM_STR, $maxlen = 0, $driverdata = null): bool
    {
        $this->bindColumnContext[$column] = [&$param, $type, $maxlen, $driverdata];
        return $this->__object->bindColumn($column, $param, $type, $maxlen, $driverdata);
    }

    public function bindValue($parameter, $value, $data_type = \PDO::PARAM_STR): bool
    {
        $this->bindValueContext[$parameter] = [$value, $data_type];
        return $this->__object->bindValue($parameter, $value, $data_type);
    }
}
