<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** Asks the master of a pool at its control socket. */
final class Client
{
    /** How long the master may take for an answer, in seconds. */
    private const PATIENCE = 10;
    private const EAGAIN = 11;
    private const EACCES = 13;

    public function __construct(private readonly string $socket)
    {
    }

    /** What the master tells of its pool. @return array<string, mixed> */
    public function status(): array
    {
        $status = $this->ask('status');
        return is_array($status) ? $status : throw new Failure('the pool has ended', Status::NOT_RUNNING);
    }

    /** The answer; null when the master has ended without one. @return array<string, mixed>|string|null */
    public function ask(string $request): array|string|null
    {
        $stream = @stream_socket_client("unix://$this->socket", $code, $text, self::PATIENCE);
        if ($stream === false) {
            throw new Failure("cannot connect to $this->socket: " . match ($code) {
                self::EACCES => 'it belongs to another user',
                self::EAGAIN => 'the master does not answer',
                default => 'no pool runs there',
            }, Status::NOT_RUNNING);
        }
        // A reload, and a stop, take as long as the workers do.
        stream_set_timeout($stream, in_array($request, ['reload', 'stop'], true) ? 86400 : self::PATIENCE);
        fwrite($stream, "$request\n");
        $answer = (string) stream_get_contents($stream);
        if (stream_get_meta_data($stream)['timed_out']) {
            throw new Failure("the master at $this->socket does not answer: it is stopped, or the machine is overloaded", Status::FAILED);
        }
        if ($answer === '') {
            return null;
        }
        $decoded = json_decode($answer, true);
        return is_array($decoded) ? $decoded : $answer;
    }
}
