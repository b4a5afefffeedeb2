<?php

declare(strict_types=1);

namespace Swoole\Process\RedisQueue;

/** The server does not answer: it cannot be reached, or the connection has broken. */
class ConnectionException extends Exception
{
}
