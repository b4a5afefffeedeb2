<?php

declare(strict_types=1);

namespace Swoole\Database;

/** Stands for a statement of mysqli. When its execution fails because the connection is gone, it is prepared and executed again. */
class MysqliStatementProxy extends ObjectProxy
{
    /** @var \mysqli_stmt */
    protected $__object;

    protected array $bindParamContext = [];

    protected array $bindResultContext = [];

    protected array $attrSetContext = [];

    /** The connection that the statement is of, by its count. */
    protected int $parentRound;

    public function __construct(\mysqli_stmt $object, protected ?string $queryString, protected MysqliProxy $parent)
    {
        parent::__construct($object);
        $this->parentRound = $parent->getRound();
    }

    public function __call(string $name, array $arguments)
    {
        $mayRepeat = strtolower($name) === 'execute' && !$this->parent->isInTransaction();
        return MysqliProxy::attempt(
            fn () => $this->__object->{$name}(...$arguments),
            fn (): int => $this->__object->errno,
            $mayRepeat ? $this->prepareAgain(...) : null,
        );
    }

    private function prepareAgain(): void
    {
        // Another statement may have connected again already.
        if ($this->parent->getRound() === $this->parentRound) {
            $this->parent->reconnect();
        }
        $this->parentRound = $this->parent->getRound();
        $this->__object = $this->parent->__getObject()->prepare((string) $this->queryString);
        foreach ($this->attrSetContext as $attribute => $value) {
            $this->__object->attr_set($attribute, $value);
        }
        if ($this->bindParamContext !== []) {
            $this->__object->bind_param(...$this->bindParamContext);
        }
        if ($this->bindResultContext !== []) {
            $this->__object->bind_result(...$this->bindResultContext);
        }
    }

    public function attr_set(int $attr, int $mode): bool
    {
        $this->attrSetContext[$attr] = $mode;
        return $this->__object->attr_set($attr, $mode);
    }

    public function bind_param($types, &...$arguments): bool
    {
        $this->bindParamContext = self::references($arguments);
        array_unshift($this->bindParamContext, $types);
        return $this->__object->bind_param($types, ...$arguments);
    }

    public function bind_result(&...$arguments): bool
    {
        $this->bindResultContext = self::references($arguments);
        return $this->__object->bind_result(...$arguments);
    }

    /** The variables themselves, and not their values. */
    private static function references(array &$variables): array
    {
        $references = [];
        foreach ($variables as &$variable) {
            $references[] = &$variable;
        }
        return $references;
    }
}
