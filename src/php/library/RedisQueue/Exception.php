<?php

declare(strict_types=1);

namespace Swoole\Process\RedisQueue;

/** A command of a queue has failed: the server refuses it, or an option is wrong. */
class Exception extends \Swoole\Exception
{
}
