<?php

declare(strict_types=1);

namespace Swoole\Database;

/** Tells from the text of a failure whether the connection is gone. */
class DetectsLostConnections
{
    /** Parts of what servers, client libraries and PHP say then. */
    private const ERROR_MESSAGES = [
        'server has gone away',
        'no connection to the server',
        'Lost connection',
        'is dead or not enabled',
        'Error while sending',
        'decryption failed or bad record mac',
        'server closed the connection unexpectedly',
        'SSL connection has been closed unexpectedly',
        'Error writing data to the connection',
        'Resource deadlock avoided',
        'child connection forced to terminate due to client_idle_limit',
        'reset by peer',
        'Physical connection is not usable',
        'TCP Provider: Error code 0x68',
        'ORA-03113',
        'ORA-03114',
        'Packets out of order. Expected',
        'Adaptive Server connection failed',
        'Communication link failure',
        'connection is no longer usable',
        'Login timeout expired',
        'Connection refused',
        'Connection timed out',
        'Broken pipe',
        'running with the --read-only option so it cannot execute this statement',
        'The connection is broken and recovery is not possible',
        'The client was disconnected by the server because of inactivity',
        'Temporary failure in name resolution',
        'could not translate host name',
        'terminating connection due to administrator command',
        'SSL: Operation timed out',
    ];

    public static function causedByLostConnection(\Throwable $e): bool
    {
        foreach (self::ERROR_MESSAGES as $part) {
            if (stripos($e->getMessage(), $part) !== false) {
                return true;
            }
        }
        return false;
    }
}
