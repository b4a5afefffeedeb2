<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Event;
use Swoole\Timer;

/** The control socket, for the user of the pool alone, and the HTTP port. */
final class ControlServer
{
    private const MOST_CLIENTS = 64;
    /** How long clients wait in the kernel's queue while there is no place or descriptor for one more, in milliseconds. */
    private const PAUSE = 100;

    /** @var list<resource> */
    private array $servers = [];
    /** @var array<int, Connection> */
    private array $clients = [];

    /** @param \Closure(Connection, string): void $ask */
    public function __construct(private readonly string $socket, ?string $http, private readonly \Closure $ask)
    {
        // Of two that find a stale socket, the second would remove the new one of the first.
        $folder = @fopen(dirname($socket), 'r');
        for ($tries = 0; $folder !== false && !flock($folder, LOCK_EX | LOCK_NB); $tries++) {
            $tries < 100 || throw new Failure('the folder ' . dirname($socket) . ' is locked by another process (flock)', Status::SYSTEM);
            usleep(50_000);
        }
        if (file_exists($socket)) {
            if (filetype($socket) !== 'socket') {
                throw new Failure("'$socket' exists, and is no socket", Status::SYSTEM);
            }
            if (@stream_socket_client("unix://$socket", $code, $text, 1.0) !== false) {
                throw new Failure("a pool runs already at $socket", Status::RUNNING);
            }
            @unlink($socket);
        }
        // Before it is bound: nobody else may connect for a moment either.
        $mask = umask(0177);
        $server = @stream_socket_server("unix://$socket", $code, $text);
        umask($mask);
        if ($server === false) {
            throw new Failure("the socket '$socket' cannot be made: $text", Status::SYSTEM);
        }
        $this->servers[] = $server;
        if ($http !== null) {
            $server = @stream_socket_server("tcp://$http", $code, $text);
            if ($server === false) {
                $this->close();
                throw new Failure("cannot listen on $http: $text", Status::SYSTEM);
            }
            $this->servers[] = $server;
        }
    }

    /** In the master, when its loop runs. */
    public function watch(): void
    {
        foreach ($this->servers as $number => $server) {
            stream_set_blocking($server, false);
            Event::isset($server) || Event::add($server, fn () => $this->accept($server, $number === 0));
        }
    }

    /** @param resource $server */
    private function accept($server, bool $isLocal): void
    {
        // To close the connection of a client would tell it that the pool has ended.
        $stream = count($this->clients) < self::MOST_CLIENTS ? @stream_socket_accept($server, 0) : false;
        if ($stream === false) {
            // The loop would call this again at once.
            array_map(Event::del(...), $this->servers);
            Timer::after(self::PAUSE, $this->watch(...));
            return;
        }
        $client = new Connection($stream, $isLocal, $this->ask, function (Connection $client): void {
            unset($this->clients[spl_object_id($client)]);
        });
        $this->clients[spl_object_id($client)] = $client;
    }

    /** In a worker: closes its copies. */
    public function release(): void
    {
        array_map('fclose', $this->servers);
        array_map(static fn (Connection $client) => $client->release(), $this->clients);
        [$this->servers, $this->clients] = [[], []];
    }

    /** In the master, at the end. Clients that wait for the end stay, until a new start finds nothing in its way. */
    public function close(): void
    {
        @unlink($this->socket);
        array_map('fclose', $this->servers);
        $this->servers = [];
    }
}
