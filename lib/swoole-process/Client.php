<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** Asks the master of a pool at its control socket. */
final class Client
{
    public function __construct(private readonly string $socket)
    {
    }

    /** The answer; null when the master has ended without one. @return array<string, mixed>|string|null */
    public function ask(string $request): array|string|null
    {
        $stream = @stream_socket_client("unix://$this->socket", $code, $text, 5.0);
        if ($stream === false) {
            $why = $code === 13 ? 'it belongs to another user' : 'no pool runs there';
            throw new Failure("cannot connect to $this->socket: $why", Status::NOT_RUNNING);
        }
        // A reload, and a stop, take as long as the workers do.
        stream_set_timeout($stream, 86400);
        fwrite($stream, "$request\n");
        $answer = (string) stream_get_contents($stream);
        if ($answer === '') {
            return null;
        }
        $decoded = json_decode($answer, true);
        return is_array($decoded) ? $decoded : $answer;
    }
}
