<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Timer;

/** Tells systemd the state of the service, as sd_notify(3) does. Without systemd it does nothing. */
final class Systemd
{
    /** @var resource|null */
    private $socket = null;
    private readonly int $watchdog;

    public function __construct()
    {
        $path = getenv('NOTIFY_SOCKET');
        if (is_string($path) && $path !== '') {
            // A name that begins with @ is in the abstract namespace.
            $address = $path[0] === '@' ? "\0" . substr($path, 1) : $path;
            $this->socket = @stream_socket_client("udg://$address") ?: null;
        }
        $pid = getenv('WATCHDOG_PID');
        $isMeant = $pid === false || $pid === (string) getmypid();
        $this->watchdog = $isMeant ? (int) getenv('WATCHDOG_USEC') : 0;
        // Workers are not the service.
        array_map('putenv', ['NOTIFY_SOCKET', 'WATCHDOG_PID', 'WATCHDOG_USEC']);
    }

    /** When the loop of the master runs: the watchdog is told that it does. */
    public function watch(): void
    {
        if ($this->socket !== null && $this->watchdog > 0) {
            Timer::tick(max(1, intdiv($this->watchdog, 2000)), fn () => $this->tell('WATCHDOG=1'));
        }
    }

    public function tell(string $state): void
    {
        if ($this->socket !== null) {
            @fwrite($this->socket, $state);
        }
    }

    public function reloading(): void
    {
        $this->tell("RELOADING=1\nMONOTONIC_USEC=" . intdiv(hrtime(true), 1000));
    }

    public function release(): void
    {
        $this->socket = null;
    }
}
