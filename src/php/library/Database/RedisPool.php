<?php

declare(strict_types=1);

namespace Swoole\Database;

use Swoole\ConnectionPool;

/** @method void put(\Redis|null $connection) */
class RedisPool extends ConnectionPool
{
    public function __construct(protected RedisConfig $config, int $size = self::DEFAULT_SIZE)
    {
        parent::__construct($this->connect(...), $size);
    }

    private function connect(): \Redis
    {
        $config = $this->config;
        $redis = new \Redis();
        $redis->connect(
            $config->getHost(),
            $config->getPort(),
            $config->getTimeout(),
            $config->getReserved() === '' ? null : $config->getReserved(),
            $config->getRetryInterval(),
            $config->getReadTimeout(),
        );
        if ($config->getAuth() !== '') {
            $redis->auth($config->getAuth());
        }
        if ($config->getDbIndex() !== 0) {
            $redis->select($config->getDbIndex());
        }
        foreach ($config->getOptions() as $option => $value) {
            $redis->setOption($option, $value);
        }
        return $redis;
    }
}
