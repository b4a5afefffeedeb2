<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The folder with the sockets and pid files of a user's pools. */
final class Runtime
{
    public static function folder(): string
    {
        $user = posix_geteuid();
        $base = getenv('XDG_RUNTIME_DIR');
        return match (true) {
            is_string($base) && is_dir($base) && is_writable($base) => "$base/pool",
            $user === 0 && is_dir('/run') => '/run/pool',
            default => sys_get_temp_dir() . "/pool-$user",
        };
    }

    /** Makes the folder of a socket, if it is the runtime folder. Others must exist. */
    public static function prepare(string $socket): void
    {
        $folder = dirname($socket);
        if ($folder === self::folder() && !is_dir($folder) && !@mkdir($folder, 0700) && !is_dir($folder)) {
            throw new Failure("the folder '$folder' cannot be made", Status::SYSTEM);
        }
        if (!is_dir($folder) || !is_writable($folder)) {
            throw new Failure("the folder of the socket, '$folder', is not there or not writable", Status::SYSTEM);
        }
        // Another user must not have made it in /tmp.
        if ($folder === self::folder() && (fileowner($folder) !== posix_geteuid() || (fileperms($folder) & 0022) !== 0)) {
            throw new Failure("the folder '$folder' belongs to another user, or others may write there", Status::SYSTEM);
        }
    }

    /** The sockets of the pools that run, in the runtime folder. @return list<string> */
    public static function sockets(): array
    {
        // A killed master has left its own.
        $isServed = static fn (string $path): bool => @stream_socket_client("unix://$path", $code, $text, 1.0) !== false || $code !== 111;
        return array_values(array_filter(glob(self::folder() . '/*.sock') ?: [], $isServed));
    }
}
