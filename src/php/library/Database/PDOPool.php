<?php

declare(strict_types=1);

namespace Swoole\Database;

use Swoole\ConnectionPool;

/** @method void put(\PDO|PDOProxy|null $connection) */
class PDOPool extends ConnectionPool
{
    public function __construct(protected PDOConfig $config, int $size = self::DEFAULT_SIZE)
    {
        parent::__construct(
            fn (): \PDO => new \PDO(
                self::source($config),
                $config->getUsername(),
                $config->getPassword(),
                $config->getOptions(),
            ),
            $size,
            PDOProxy::class,
        );
    }

    /** A connection, as one that is in no transaction; false when none came back within `$timeout` seconds. */
    public function get(float $timeout = -1)
    {
        $connection = parent::get($timeout);
        if ($connection instanceof PDOProxy) {
            $connection->reset();
        }
        return $connection;
    }

    private static function source(PDOConfig $config): string
    {
        $driver = $config->getDriver();
        $parts = match ($driver) {
            'sqlite' => [$config->getDbname()],
            'oci' => [
                'dbname=' . ($config->hasUnixSocket()
                    ? $config->getUnixSocket()
                    : "{$config->getHost()}:{$config->getPort()}") . "/{$config->getDbname()}",
                "charset={$config->getCharset()}",
            ],
            'pgsql' => [
                'host=' . ($config->hasUnixSocket() ? $config->getUnixSocket() : $config->getHost()),
                ...($config->hasUnixSocket() ? [] : ["port={$config->getPort()}"]),
                "dbname={$config->getDbname()}",
            ],
            default => [
                ...($config->hasUnixSocket()
                    ? ["unix_socket={$config->getUnixSocket()}"]
                    : ["host={$config->getHost()}", "port={$config->getPort()}"]),
                "dbname={$config->getDbname()}",
                "charset={$config->getCharset()}",
            ],
        };
        return "$driver:" . implode(';', $parts);
    }
}
