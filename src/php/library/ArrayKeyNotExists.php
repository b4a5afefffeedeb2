<?php

declare(strict_types=1);

namespace Swoole\Exception;

/** An ArrayObject has no element of this key. */
class ArrayKeyNotExists extends \RuntimeException
{
    public function __construct(string|int $key)
    {
        parent::__construct("the key [$key] does not exist");
    }
}
