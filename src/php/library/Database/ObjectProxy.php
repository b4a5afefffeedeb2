<?php

declare(strict_types=1);

namespace Swoole\Database;

/** Stands for a connection, or a statement of one. */
class ObjectProxy extends \Swoole\ObjectProxy
{
    public function __clone()
    {
        throw new \Error('Trying to clone an uncloneable database proxy object');
    }
}
